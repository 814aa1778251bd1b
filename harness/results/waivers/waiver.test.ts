import { join } from 'node:path';
import { expect, it } from 'vitest';
import { finding, record } from '../../testing/sample-run.ts';
import { folderOf, refusal } from '../../testing/documents/document-folder.ts';
import { shippedSuite } from '../../cases/suite.ts';
import { proposedWaivers } from './propose.ts';
import { readWaivers, waiversOfVersion, type Waiver } from './waiver.ts';

const good = `waivers:
  - case: op/404/**
    check: status
    reason: the gateway answers first
    issue: https://example.com/7
    since: '2026-01-01'
    expires: '2026-12-31'
`;

const read = (text: string): ReturnType<typeof readWaivers> =>
  readWaivers(join(folderOf({ 'waivers.yaml': text }), 'waivers.yaml'));

it('reads waivers and knows the line of each', () => {
  const [first, second, ...more] = read(good + good.split('\n').slice(1).join('\n').replace('404', '401'));
  expect(first).toMatchObject({ case: 'op/404/**', check: 'status', expires: '2026-12-31' });
  expect(first?.place).toMatch(/waivers\.yaml:2$/);
  expect(second?.place).toMatch(/waivers\.yaml:8$/);
  expect(more).toEqual([]);
});

it.for([
  ['no reason', good.replace(/ {4}reason.*\n/, '')],
  ['a reason that says nothing', good.replace('the gateway answers first', 'flaky')],
  ['no issue', good.replace(/ {4}issue.*\n/, '')],
  ['an issue that is no link', good.replace('https://example.com/7', 'ABC-7')],
  ['no end', good.replace(/ {4}expires.*\n/, '')],
  ['an end that is no day', good.replace('2026-12-31', '2026-13-31')],
  ['a check that can be none', good.replace('check: status', 'check: Status Code')],
  ['a slip of the pen', good.replace('since', 'form')],
  ['no list', 'waivers: {}'],
  ['nothing at all', ''],
] as const)('refuses %s', async ([, text]) => {
  expect(await refusal(() => read(text))).toMatch(/^E_DATA exit 2\n.*waivers\.yaml/);
});

it('a file that is not there is no waivers only where nobody named it', async () => {
  const file = join(folderOf({}), 'waivers.yaml');
  expect(readWaivers(file, { optional: true })).toEqual([]);
  expect(await refusal(() => readWaivers(file), file)).toMatch(/^E_FILE exit 2\n… cannot be read: /);
});

it('the waivers that ship are none, or are in order', () => {
  const folder = shippedSuite('delete_backup')?.folder ?? '';
  expect(Array.isArray(readWaivers(join(folder, 'waivers.yaml')))).toBe(true);
});

const dates = { today: '2026-11-23', expires: '2026-12-23' };

it('proposes one waiver for each check that failed in a case, for a person to complete', () => {
  const text = proposedWaivers(
    [
      record({
        id: 'op/404/a',
        status: 'fail',
        findings: ['status', 'schema', 'status'].map((check) => finding({ check })),
      }),
      record({ id: 'op/404/b' }),
      record({ id: 'op/404/c', status: 'error' }),
      record({
        id: 'op/404/d',
        status: 'fail',
        findings: [finding()],
        waived: { reason: 'known', issue: 'https://example.com/1', expires: '2027-01-01' },
      }),
    ],
    dates,
  );
  expect(text).toMatchInlineSnapshot(`
    "# Write a reason and an issue for each; a waiver without them is refused.
    waivers:
      - case: op/404/a
        check: status
        reason: ""
        issue: ""
        since: 2026-11-23
        expires: 2026-12-23
      - case: op/404/a
        check: schema
        reason: ""
        issue: ""
        since: 2026-11-23
        expires: 2026-12-23
    "
  `);
});

it('refuses its own proposal until it is completed, and takes it then', async () => {
  const text = proposedWaivers([record({ id: 'op/404/a', status: 'fail', findings: [finding()] })], dates);
  expect(await refusal(() => read(text))).toMatch(/^E_DATA/);
  const complete = text
    .replace('reason: ""', 'reason: the gateway answers first')
    .replace('issue: ""', 'issue: https://example.com/7');
  expect(read(complete)).toMatchObject([
    { case: 'op/404/a', check: 'status', since: '2026-11-23', expires: '2026-12-23' },
  ]);
});

it('proposes nothing where nothing failed', () => {
  expect(read(proposedWaivers([record({ id: 'op/404/a' })], dates))).toEqual([]);
});

it('a waiver that is limited to other API versions neither waives nor is out of date', () => {
  const waiver = (api?: string): Waiver => ({
    case: 'delete_backup/401/**',
    check: 'status',
    reason: 'known for long',
    issue: 'https://example.com/1',
    since: '2026-01-01',
    expires: '2027-01-01',
    place: 'waivers.yaml:1',
    ...(api === undefined ? {} : { api }),
  });
  const all = [waiver(), waiver('>=2026-07'), waiver('<2026-07')];
  expect(waiversOfVersion(all, '2026-07')).toEqual([all[0], all[1]]);
  expect(waiversOfVersion(all, '2025-04')).toEqual([all[0], all[2]]);
  expect(waiversOfVersion(all, '1.0.0')).toEqual(all);
});
