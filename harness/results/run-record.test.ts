import { expect, it } from 'vitest';
import { casesOf } from '../cases/cases.ts';
import { operationOf, removeItem, suiteOf } from '../testing/shop-suite.ts';
import { packageVersion } from '../core/package-files.ts';
import type { RunRecord } from '../model/record.ts';
import type { Verdict } from '../model/verdict.ts';
import { finding } from '../testing/sample-run.ts';
import type { Waiver } from './waivers/waiver.ts';
import { recordRun } from './run-record.ts';
import { answer, errored, failed, noAnswer, passed, skipped } from '../testing/verdicts.ts';

const operation = operationOf(removeItem);
const suite = suiteOf();
const cases = casesOf(operation, suite);
const canary = 'pcsk_Canary-0123456789_abcdef';

function recorded(verdicts: readonly Verdict[], over: Partial<Parameters<typeof recordRun>[0]> = {}): RunRecord {
  return recordRun({
    operation,
    suite,
    cases,
    verdicts,
    subject: { kind: 'live', name: 'http://127.0.0.1:1' },
    secrets: [canary],
    waivers: [],
    leftovers: [],
    interrupted: false,
    strict: false,
    seed: 7,
    started: new Date('2026-11-23T01:02:03.004Z'),
    ms: 12.6,
    ...over,
  });
}

it('says what ran against what, when and how', () => {
  const run = recorded([passed('/202/no-content', [answer(202)])]);
  expect(run).toMatchObject({
    schema: 'pinecone-contract/run@1',
    tool: { name: 'pinecone-contract', version: packageVersion },
    subject: { kind: 'live', name: 'http://127.0.0.1:1' },
    operation: { id: 'remove_item', method: 'DELETE', path: '/items/{item_id}' },
    document: { source: 'shop.json', title: 'Shop', version: '7' },
    suite: { name: 'shop', version: '1.0.0' },
    started: '2026-11-23T01:02:03.004Z',
    ms: 13,
    seed: 7,
    strict: false,
    counts: { cases: 1, pass: 1 },
    coverage: [{ response: '202', status: 'proved', how: 'an item' }],
    outcome: { exit: 0, problems: [] },
  });
  expect(run).not.toHaveProperty('shard');
  expect(recorded([], { shard: '1/3' }).shard).toBe('1/3');
});

it('can be written as JSON and read again', () => {
  const run = recorded([passed('/202/no-content', [answer(202)]), skipped('/effect/goes')]);
  expect(JSON.parse(JSON.stringify(run))).toEqual(run);
});

it('puts the verdicts in the order of the cases, whatever came first', () => {
  const ends = ['/auth/no-key', '/404/application-json/no-such-item', '/202/no-content', '/path/collection'];
  const run = recorded(ends.map((end) => passed(end)));
  expect(run.cases.map((one) => one.id.slice('remove_item'.length))).toEqual([
    '/202/no-content',
    '/404/application-json/no-such-item',
    '/probe/auth/no-key',
    '/probe/path/collection',
  ]);
});

const base64 = Buffer.from(`key ${canary}!`).toString('base64');
const leak = `a ${canary} b ${encodeURIComponent(canary)} c ${base64} d ${canary.slice(0, 12)}`;

it('the key is in no record, whatever the server did with it', () => {
  const advice = finding({ message: leak, expected: leak, actual: leak, hint: leak, where: `body /${canary}` });
  const response = answer(500, leak, [[canary, leak]]);
  const binary = {
    ...answer(500),
    response: { ...answer(500).response, body: Buffer.concat([Buffer.from([0xff]), Buffer.from(canary)]) },
  };
  const verdicts: readonly Verdict[] = [
    failed(
      '/202/no-content',
      [{ ...response, request: { ...response.request, url: `http://h/${canary}` } }],
      { advice: [advice] },
      advice,
    ),
    errored('/401/application-json/no-such-item', leak),
    skipped('/404/application-json/no-such-item', leak),
    failed('/409/application-json/no-such-item', [
      { ...noAnswer, fault: { kind: 'reset', message: leak }, notes: [{ kind: 'bad-header-line', message: leak }] },
    ]),
    passed('/auth/no-key', [binary as typeof noAnswer]),
  ];
  const run = recorded(verdicts, { leftovers: [`index ${canary}`] });
  const text = JSON.stringify(run);
  expect(text).not.toContain(canary.slice(0, 12));
  expect(text).not.toContain(base64.slice(8, 24));
  expect(text).toContain('<api-key>');
  expect(text).not.toContain(Buffer.from(canary).toString('base64').slice(4, 20));
  expect(run.counts).toMatchObject({ cases: 5, fail: 2, error: 1, skip: 1, pass: 1 });
});

it.for(['status', 'violation', 'check', 'cases', '1', 'e', '"', '\\'])(
  'a key that is the word %j leaves the record whole',
  (secret) => {
    const verdicts = [failed('/202/no-content', [answer(500, `"${secret}"`)]), errored('/auth/no-key', secret)];
    const run = recorded(verdicts, { secrets: [secret] });
    expect(run.counts).toEqual(recorded(verdicts).counts);
    expect(run.cases[0]?.findings[0]).toMatchObject({ check: 'status', severity: 'violation' });
    expect(run.cases[0]?.exchanges[0]?.response?.status).toBe(500);
  },
);

it('waivers, leftovers, strictness and interruption decide the outcome', () => {
  const waiver: Waiver = {
    case: 'remove_item/202/no-content',
    check: 'status',
    reason: 'known since spring',
    issue: 'https://example.com/1',
    since: '2026-01-01',
    expires: '2026-11-23',
    place: 'waivers.yaml:2',
  };
  const verdicts = [failed('/202/no-content', [answer(500)])];
  expect(recorded(verdicts).outcome.exit).toBe(1);
  expect(recorded(verdicts, { waivers: [waiver] })).toMatchObject({
    outcome: { exit: 0 },
    counts: { waived: 1, fail: 0 },
  });
  const tomorrow = new Date('2026-11-24T00:00:00Z');
  expect(recorded(verdicts, { waivers: [waiver], started: tomorrow }).outcome).toMatchObject({
    exit: 1,
    problems: [expect.stringContaining('expired on 2026-11-23')],
  });
  expect(recorded([passed('/202/no-content')], { leftovers: ['index a'] }).outcome).toMatchObject({
    exit: 3,
    problems: ['left behind: index a'],
  });
  const advised = passed('/202/no-content', [], { advice: [finding({ severity: 'advice' })] });
  expect(recorded([advised], { strict: true }).outcome.exit).toBe(1);
  expect(recorded([advised]).outcome.exit).toBe(0);
  expect(recorded([advised], { interrupted: true }).outcome.exit).toBe(130);
});

it('a refused key is settled before anything is counted', () => {
  const run = recorded([
    failed('/202/no-content', [answer(401)]),
    failed('/409/application-json/no-such-item', [answer(401)]),
  ]);
  expect(run.counts).toMatchObject({ fail: 0, error: 2 });
  expect(run.outcome.exit).toBe(3);
  expect(run.cases[0]?.error?.code).toBe('E_KEY_REFUSED');
});
