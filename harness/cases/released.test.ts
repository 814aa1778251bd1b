import { expect, it } from 'vitest';
import { readDocument } from '../openapi/document/document.ts';
import { findOperation } from '../openapi/operation/operation.ts';
import { packageFile } from '../core/package-files.ts';
import { casesOf } from './cases.ts';
import { renderRequest } from './render-request.ts';
import { loadSuite } from './suite.ts';
import { sendsOf } from './sends-of.ts';
import type { Case } from '../model/case.ts';

const document = await readDocument(packageFile('specs', 'db_control_2025-04.oas.yaml'));
const operation = findOperation(document, 'delete_backup');
const cases = casesOf(operation, loadSuite(packageFile('suites', 'delete_backup')));

/** Waivers, fixtures and other people's reports point at these: add to the list, but never change or remove an id. */
const released = [
  'delete_backup/202/no-content',
  'delete_backup/401/application-json/unauthorized',
  'delete_backup/404/application-json/backup-not-found',
  'delete_backup/412/application-json/pending-restore',
  'delete_backup/500/application-json/internal-server-error',
  'delete_backup/probe/auth/no-key',
  'delete_backup/probe/auth/empty-key',
  'delete_backup/probe/auth/wrong-key',
  'delete_backup/probe/auth/truncated-key',
  'delete_backup/probe/auth/extended-key',
  'delete_backup/probe/auth/other-case-key',
  'delete_backup/probe/auth/over-long-key',
  'delete_backup/probe/auth/key-in-query',
  'delete_backup/probe/auth/key-in-cookie',
  'delete_backup/probe/auth/key-as-bearer',
  'delete_backup/probe/auth/header-name-case',
  'delete_backup/probe/auth/doubled-key',
  'delete_backup/probe/auth/nothing-happens',
  'delete_backup/probe/auth/key-not-remembered',
  'delete_backup/probe/auth/before-existence',
  'delete_backup/probe/auth/before-precondition',
  'delete_backup/probe/identity/upper',
  'delete_backup/probe/identity/prefix',
  'delete_backup/probe/identity/prefixed',
  'delete_backup/probe/identity/extended',
  'delete_backup/probe/identity/leading-space',
  'delete_backup/probe/identity/trailing-space',
  'delete_backup/probe/identity/trailing-dot',
  'delete_backup/probe/identity/trailing-nul',
  'delete_backup/probe/identity/trailing-newline',
  'delete_backup/probe/identity/semicolon-parameter',
  'delete_backup/probe/identity/comma-list',
  'delete_backup/probe/identity/quoted',
  'delete_backup/probe/identity/double-encoded',
  'delete_backup/probe/identity/wide',
  'delete_backup/probe/identity/encoded-slash',
  'delete_backup/probe/identity/broken-escape',
  'delete_backup/probe/identity/cut-escape',
  'delete_backup/probe/identity/unicode',
  'delete_backup/probe/identity/quotes',
  'delete_backup/probe/identity/markup',
  'delete_backup/probe/identity/braces',
  'delete_backup/probe/identity/dots',
  'delete_backup/probe/identity/nul',
  'delete_backup/probe/identity/control-characters',
  'delete_backup/probe/identity/percent-sign',
  'delete_backup/probe/identity/plus-and-space',
  'delete_backup/probe/identity/long',
  'delete_backup/probe/identity/one-character-more',
  'delete_backup/probe/identity/generated',
  'delete_backup/probe/identity/dot-segments',
  'delete_backup/probe/identity/wildcard',
  'delete_backup/probe/identity/percent-encoded',
  'delete_backup/probe/effect/goes',
  'delete_backup/probe/effect/leaves-the-list',
  'delete_backup/probe/effect/second-delete-after-it-went',
  'delete_backup/probe/effect/second-delete-at-once',
  'delete_backup/probe/effect/two-deletes-together',
  'delete_backup/probe/effect/locked-stays',
  'delete_backup/probe/effect/unknown-harms-nobody',
  'delete_backup/probe/method/POST',
  'delete_backup/probe/method/PUT',
  'delete_backup/probe/method/PATCH',
  'delete_backup/probe/method/PURGE',
  'delete_backup/probe/method/HEAD',
  'delete_backup/probe/method/OPTIONS',
  'delete_backup/probe/method/override',
  'delete_backup/probe/path/trailing-slash',
  'delete_backup/probe/path/doubled-slash',
  'delete_backup/probe/path/leading-slashes',
  'delete_backup/probe/path/letter-case',
  'delete_backup/probe/path/more-segments',
  'delete_backup/probe/path/dot-segment',
  'delete_backup/probe/path/collection',
  'delete_backup/probe/request/body',
  'delete_backup/probe/request/unknown-query',
  'delete_backup/probe/request/unknown-header',
  'delete_backup/probe/request/body-on-unknown',
  'delete_backup/probe/request/force',
  'delete_backup/probe/request/accept-html',
  'delete_backup/probe/request/accept-nothing',
  'delete_backup/probe/request/accept-broken',
  'delete_backup/probe/request/accept-language',
  'delete_backup/probe/request/version-missing',
  'delete_backup/probe/request/version-unknown',
  'delete_backup/probe/request/version-nonsense',
  'delete_backup/probe/request/version-doubled',
  'delete_backup/probe/auth/still-deletable',
  'delete_backup/probe/auth/before-500',
  'delete_backup/probe/auth/odd-requests',
  'delete_backup/probe/effect/locked-together',
  'delete_backup/probe/effect/spared-by-500',
  'delete_backup/probe/identity/still-deletable',
  'delete_backup/probe/effect/neighbour-can-be-deleted',
  'delete_backup/probe/effect/second-delete-in-the-end',
  'delete_backup/probe/method/still-deletable',
  'delete_backup/probe/path/still-deletable',
  'delete_backup/probe/request/named-one-still-deletable',
  'delete_backup/probe/request/foreign-origin',
  'delete_backup/probe/identity/query-after',
  'delete_backup/probe/identity/fragment-after',
  'delete_backup/probe/identity/slash-after',
  'delete_backup/probe/identity/dot-slash',
  'delete_backup/probe/identity/invalid-utf-8',
  'delete_backup/probe/identity/reserved-words',
  'delete_backup/probe/request/debug',
  'delete_backup/probe/request/body-broken',
  'delete_backup/probe/request/body-untyped',
  'delete_backup/probe/auth/near-keys',
  'delete_backup/probe/auth/key-elsewhere',
  'delete_backup/probe/auth/instead-of-a-key',
  'delete_backup/probe/identity/look-alikes',
  'delete_backup/probe/identity/very-long',
  'delete_backup/probe/method/others',
  'delete_backup/probe/method/letter-case',
  'delete_backup/probe/identity/one-wildcard',
  'delete_backup/probe/effect/lasts',
  'delete_backup/probe/request/conditions',
  'delete_backup/probe/request/other-credentials',
  'delete_backup/probe/request/accept-others',
  'delete_backup/probe/request/version-empty',
  'delete_backup/probe/request/version-unstable',
];

it('every id that was released is still there, and every other one is released', () => {
  expect(cases.map((one) => one.id).sort()).toEqual([...released].sort());
});

it('an id is unique, also where letter case does not count', () => {
  expect(new Set(cases.map((one) => one.id.toLowerCase())).size).toBe(cases.length);
});

it('the same document gives the same cases', () => {
  expect(casesOf(operation, loadSuite(packageFile('suites', 'delete_backup')))).toEqual(cases);
});

it('every name in a plan is a value that the needs of its case give', () => {
  for (const one of cases) {
    const given = new Set(one.needs.flatMap((need) => Object.values(need.as)));
    const generated = one.steps.flatMap((step) => (step.kind === 'property' ? [step.generates] : []));
    const used = one.steps.flatMap((step) => {
      if (step.kind === 'observe') return [step.what];
      const sends = sendsOf(step);
      return sends.flatMap(({ request }) =>
        [
          ...JSON.stringify([request.path, request.query, request.headers, request.body]).matchAll(
            /\{(\w+)(?:\|[\w-]+)?\}/g,
          ),
        ].map(([, name = '']) => name),
      );
    });
    const known = [...given, ...generated];
    expect(
      used.filter((name) => !known.includes(name)),
      one.id,
    ).toEqual([]);
  }
});

it('every request can be written for the ids that servers have', () => {
  for (const one of cases) {
    for (const id of ['ready-1', '670e8400-e29b-41d4-a716-44665544abcd']) {
      const names = [...one.needs.flatMap((need) => Object.values(need.as)), 'generated_id'];
      const values = Object.fromEntries(names.map((name) => [name, id]));
      for (const send of one.steps.flatMap(sendsOf)) {
        const request = renderRequest({ plan: send.request, values, key: 'Key-1', operation });
        expect(request, one.id).not.toHaveProperty('reason');
        expect('path' in request && request.path, one.id).toMatch(/^\/[\x21-\x7e]*$/);
      }
    }
  }
});

it('a case may use up exactly what it may delete', () => {
  for (const one of cases) {
    const named = (needs: Case['needs']): readonly string[] => needs.flatMap((need) => Object.values(need.as));
    const deletable = named(one.needs.filter((need) => need.state === 'a backup that can be deleted'));
    const deleted = one.steps.flatMap(sendsOf).flatMap(({ request, expectation }) => {
      const [, name = ''] = /\/\{(\w+)(?:\|encoded|\|dot-segment)?\}$/.exec(request.path) ?? [];
      const may =
        expectation.kind === 'declared'
          ? expectation.response.key === '202'
          : expectation.kind !== 'rejected' || one.severity === 'advice';
      return request.method.toUpperCase() === 'DELETE' && request.credential === 'valid' && may ? [name] : [];
    });
    expect([...new Set(deleted.filter((name) => deletable.includes(name)))].sort(), one.id).toEqual(
      named(one.needs.filter((need) => need.consumes)).toSorted(),
    );
  }
});

it('what could destroy more than was asked for is marked as hazardous', () => {
  expect(cases.filter((one) => one.hazard !== undefined).map((one) => one.id)).toEqual([
    'delete_backup/probe/identity/one-wildcard',
    'delete_backup/probe/identity/reserved-words',
    'delete_backup/probe/identity/dot-segments',
    'delete_backup/probe/identity/wildcard',
    'delete_backup/probe/path/collection',
  ]);
});

it('every case says what must hold, and each in other words than the next', () => {
  for (const one of cases) {
    expect(one.title).toMatch(/^\S.*\S$/);
    expect(one.requirement).toMatch(/^[A-Z4].*\.$|: /);
    expect(one.steps.length).toBeGreaterThan(0);
    expect(one.at.line).toBeGreaterThan(1);
  }
  expect(new Set(cases.map((one) => one.title)).size).toBe(cases.length);
});
