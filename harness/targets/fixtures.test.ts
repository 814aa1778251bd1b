import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, get, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { casesOf } from '../cases/cases.ts';
import { fillRequest } from '../cases/fill.ts';
import { loadSuite } from '../cases/suite.ts';
import { HarnessError, messageOf } from '../errors.ts';
import { shipped } from '../installed.ts';
import type { Case, Exchange, Operation, Target, WireRequest } from '../model.ts';
import { readDocument } from '../spec/document.ts';
import { findOperation } from '../spec/operation.ts';
import { type Fixture, readFixture, writeFixture } from './fixture-file.ts';
import { fixtureOf } from './fixture-of.ts';
import { fixturesTarget } from './fixtures.ts';
import { mockTarget } from './mock.ts';

const folder = mkdtempSync(join(tmpdir(), 'pcc-fixtures-'));
const recorded = new Map<string, Exchange>();
let operation: Operation;
let cases: readonly Case[];
let server: Server;
let hits = 0;
let origin = '';

beforeAll(async () => {
  const document = await readDocument(shipped('specs', 'db_control_2025-04.oas.yaml'));
  operation = findOperation(document, 'delete_backup');
  cases = casesOf(operation, loadSuite(shipped('suites', 'delete_backup'))).filter((each) => each.kind === 'declared');
  server = createServer((_, response) => {
    hits += 1;
    response.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  origin = typeof address === 'object' && address !== null ? `http://127.0.0.1:${address.port}` : '';
  const mock = await mockTarget({ document });
  for (const each of cases) {
    const { exchange, values } = await perform(mock, each);
    recorded.set(each.id, exchange);
    // Recorded from the listening server, as far as the file knows: it is the one that must not be reached.
    const from = exchange.request.url.slice(0, exchange.request.url.indexOf('/backups'));
    const fixture = fixtureOf({
      case: each,
      exchange,
      values,
      recordedFrom: from,
      when: '2026-01-02T03:04:05.000Z',
      suiteVersion: '1.0.0',
      secrets: [mock.key],
    });
    writeFixture(folder, {
      ...fixture,
      recorded: { ...fixture.recorded, from: origin },
      nock: [{ ...fixture.nock[0], scope: origin }],
    });
  }
  await mock.close();
});

afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await new Promise((resolve) => server.close(resolve));
});

async function perform(
  target: Target,
  its: Case,
): Promise<{ readonly exchange: Exchange; readonly values: Record<string, string> }> {
  const values: Record<string, string> = {};
  for (const need of its.needs) {
    const arranged = await target.arrange(need.state, { consumes: need.consumes, caseId: its.id });
    for (const [own, used] of Object.entries(need.as)) values[used] = arranged.values[own] ?? '';
  }
  const exchange = await target.send(requestOf(its, values, target.key), { caseId: its.id });
  return { exchange, values };
}

function requestOf(its: Case, values: Readonly<Record<string, string>>, key: string): WireRequest {
  const [step] = its.steps;
  if (step?.kind !== 'send') throw new Error('a declared case has one send');
  const request = fillRequest({ plan: step.request, values, key, operation });
  if ('reason' in request) throw new Error(request.reason);
  return request;
}

function caseOf(part: string): Case {
  const found = cases.find(({ id }) => id.includes(part));
  if (found === undefined) throw new Error(`no case ${part}`);
  return found;
}

async function failure(promise: Promise<unknown>): Promise<HarnessError> {
  const thrown: unknown = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (thrown instanceof HarnessError) return thrown;
  throw new Error(`no HarnessError but ${String(thrown)}`);
}

/** A copy of the fixtures with one of them changed. */
async function changed(part: string, change: (fixture: Fixture) => Fixture): Promise<HarnessError> {
  const its = caseOf(part);
  const own = mkdtempSync(join(tmpdir(), 'pcc-changed-'));
  const fixture = readFixture(folder, its.id);
  if (fixture === undefined) throw new Error('not recorded');
  writeFixture(own, change(fixture));
  const target = await fixturesTarget({ folder: own, operation });
  try {
    return await failure(perform(target, its));
  } finally {
    await target.close();
    rmSync(own, { recursive: true, force: true });
  }
}

test('every declared case is replayed with the answer that was recorded, header pairs and bytes included', async () => {
  const target = await fixturesTarget({ folder, operation });
  try {
    for (const each of cases) {
      const { exchange } = await perform(target, each);
      const was = recorded.get(each.id);
      expect(exchange.response?.status).toBe(was?.response?.status);
      expect(Buffer.from(exchange.response?.body ?? []).toString()).toBe(
        Buffer.from(was?.response?.body ?? []).toString(),
      );
      const lasting = was?.response?.headers.filter(([name]) => !/^(date|connection|keep-alive|transfer-)/i.test(name));
      expect(exchange.response?.headers.filter(([name]) => !/^transfer-/i.test(name))).toEqual(
        lasting?.filter(([name]) => !/^x-request-id$/i.test(name)),
      );
      expect(exchange.fault).toBeUndefined();
    }
  } finally {
    await target.close();
  }
  expect(cases.length).toBe(5);
  expect(hits).toBe(0);
});

test('while a fixtures target is open nothing reaches the network, and after it everything does', async () => {
  const target = await fixturesTarget({ folder, operation });
  const second = await fixturesTarget({ folder, operation });
  const blocked = await Promise.all([fetchStatus(), getStatus()]);
  await second.close();
  const stillBlocked = await fetchStatus();
  await target.close();
  expect([...blocked, stillBlocked]).toEqual([
    expect.stringMatching(/./),
    expect.stringMatching(/Disallowed/),
    expect.any(String),
  ]);
  expect(hits).toBe(0);
  expect([await fetchStatus(), await getStatus()]).toEqual([200, 200]);
  expect(hits).toBe(2);
  hits = 0;
});

async function fetchStatus(): Promise<number | string> {
  return fetch(origin).then(({ status }) => status, messageOf);
}

function getStatus(): Promise<number | string> {
  return new Promise((resolve) => {
    get(`${origin}/`, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    }).on('error', (error) => resolve(error.message));
  });
}

test('a missing fixture names the case and the command that records it', async () => {
  const its = caseOf('/404/');
  const empty = mkdtempSync(join(tmpdir(), 'pcc-empty-'));
  const target = await fixturesTarget({ folder: empty, operation });
  const error = await failure(perform(target, its));
  await target.close();
  rmSync(empty, { recursive: true, force: true });
  expect([error.code, error.kind, error.exit]).toEqual(['E_FIXTURE_MISSING', 'harness', 3]);
  expect(error.message).toContain('delete_backup/404/application-json/backup-not-found has no fixture');
  expect(error.hint).toBe(
    "Record it with `pinecone-contract record --target URL --case 'delete_backup/404/application-json/backup-not-found'`.",
  );
  expect(hits).toBe(0);
});

test.for([
  ['another method', (was) => ({ ...was, nock: [{ ...was.nock[0], method: 'POST' }] }), 'method was POST'],
  ['another path', (was) => ({ ...was, nock: [{ ...was.nock[0], path: '/v2/backups/x' }] }), 'path was /v2/backups/x'],
  ['another header', (was) => ({ ...was, nock: [{ ...was.nock[0], reqheaders: { 'x-old': '1' } }] }), 'x-old: 1'],
  ['another credential', (was) => ({ ...was, credentials: ['api-key: empty'] }), 'credentials was api-key: empty'],
  ['another promise', (was) => ({ ...was, promise: { ...was.promise, example: 'f00' } }), 'no longer promises the 404'],
  ['another case', (was) => ({ ...was, case: was.case, states: [] }), 'without the state "no such backup"'],
] as const satisfies readonly (readonly [string, (was: Fixture) => Fixture, string])[])(
  'a fixture of %s is stale',
  async ([, change, words]) => {
    const error = await changed('/404/', change);
    expect([error.code, error.kind]).toEqual(['E_FIXTURE_STALE', 'harness']);
    expect(error.message).toContain(words);
    expect(error.hint).toContain('record --target URL --case');
    expect(hits).toBe(0);
  },
);

test('a file that is no fixture is named', async () => {
  const its = caseOf('/404/');
  const own = mkdtempSync(join(tmpdir(), 'pcc-broken-'));
  const target = await fixturesTarget({ folder: own, operation });
  const errors: HarnessError[] = [];
  for (const text of ['{', '{"case": 7}']) {
    writeFileSync(join(own, '404.application-json.backup-not-found.json'), text);
    errors.push(await failure(perform(target, its)));
  }
  await target.close();
  rmSync(own, { recursive: true, force: true });
  expect(errors.map(({ code }) => code)).toEqual(['E_FIXTURE_BROKEN', 'E_FIXTURE_BROKEN']);
  expect(errors[1]?.message).toContain('404.application-json.backup-not-found.json is no fixture: ');
});

test('several fixtures targets at once do not disturb each other', async () => {
  const targets = await Promise.all(Array.from({ length: 4 }, () => fixturesTarget({ folder, operation })));
  const statuses = await Promise.all(
    targets.flatMap((target) => cases.map(async (each) => (await perform(target, each)).exchange.response?.status)),
  );
  await Promise.all(targets.map((target) => target.close()));
  expect(statuses).toEqual(targets.flatMap(() => [202, 401, 404, 412, 500]));
});

test('files are named after the case, and hold neither key nor volatile header', () => {
  expect(readdirSync(folder).sort()).toEqual([
    '202.no-content.json',
    '401.application-json.unauthorized.json',
    '404.application-json.backup-not-found.json',
    '412.application-json.pending-restore.json',
    '500.application-json.internal-server-error.json',
  ]);
  const all = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8'));
  expect(all.join('\n')).not.toMatch(/pcsk_|"(date|x-request-id|connection)"/i);
});
