import { expect, it } from 'vitest';
import { casesOf } from '../cases/cases.ts';
import { operationOf, removeItem, suiteOf } from '../testing/shop-suite.ts';
import { packageVersion } from '../core/package-files.ts';
import type { Expectation } from '../model/case.ts';
import type { RunRecord } from '../model/record.ts';
import type { Verdict } from '../model/verdict.ts';
import { finding } from '../testing/sample-run.ts';
import type { Waiver } from './waivers/waiver.ts';
import { recordRun } from './run-record.ts';
import { promiseInWords, stateInWords } from './promise-words.ts';
import { answer, caseNamed, errored, failed, noAnswer, passed, skipped } from '../testing/verdicts.ts';

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

it('a case that passed keeps its promise, its place and what was sent', () => {
  const body = '{"error":"none"}';
  const verdict = passed('/404/application-json/no-such-item', [answer(404, body, [['X', 'y']])], {
    advice: [finding({ severity: 'advice' })],
  });
  const [one] = recorded([verdict]).cases;
  expect(one).toMatchObject({
    id: 'remove_item/404/application-json/no-such-item',
    kind: 'declared',
    response: '404',
    promise: '404, application/json, such as no-such-item',
    state: 'no such item',
    at: caseNamed('/404/application-json/no-such-item').at,
    excerptLine: 1,
    example: { error: 'none' },
    status: 'pass',
    findings: [],
    advice: [{ severity: 'advice' }],
    ms: 12.3,
    exchanges: [
      {
        step: 'remove_item',
        response: { status: 404, headers: [['X', 'y']], body: { text: body }, bodyBytes: 16 },
        notes: [],
        ms: 3.1,
      },
    ],
  });
  expect(one?.curl).toContain('curl');
  expect(one?.excerpt[0]).toBe('{');
  expect(one).not.toHaveProperty('error');
  expect(one).not.toHaveProperty('reason');
});

it('each verdict has what belongs to it, and no more', () => {
  const run = recorded([
    failed('/202/no-content', [answer(500)]),
    errored('/401/application-json/no-such-item'),
    { ...skipped('/409/application-json/no-such-item'), exempt: 'not on live' } as Verdict,
    failed('/auth/no-key', [noAnswer]),
  ]);
  expect(
    run.cases.map(({ status, findings, error, reason, exempt }) => [
      status,
      findings.length,
      error?.code,
      reason,
      exempt,
    ]),
  ).toEqual([
    ['fail', 1, undefined, undefined, undefined],
    ['error', 0, 'E_X', undefined, undefined],
    ['skip', 0, undefined, 'there is no state', 'not on live'],
    ['fail', 1, undefined, undefined, undefined],
  ]);
  expect(run.cases[3]?.exchanges[0]).toEqual({
    step: 'with the key left out',
    request: noAnswer.request,
    fault: noAnswer.fault,
    notes: [],
    ms: 1,
  });
  expect(run.cases[3]).not.toHaveProperty('response');
  expect(run.cases[1]).not.toHaveProperty('curl');
});

it.for([
  ['text', [0x68, 0xc3, 0xa4], { text: 'hä' }],
  ['text with a byte order mark', [0xef, 0xbb, 0xbf, 0x68], { text: '\ufeffh' }],
  ['no text', [0x68, 0xff], { base64: 'aP8=' }],
  ['nothing', [], { text: '' }],
] as const)('a body of %s is kept byte for byte', ([, bytes, body]) => {
  const exchange = answer(202);
  const response = exchange.response;
  if (response === undefined) throw new Error('no response');
  const verdict = passed('/202/no-content', [{ ...exchange, response: { ...response, body: Uint8Array.from(bytes) } }]);
  expect(recorded([verdict]).cases[0]?.exchanges[0]?.response).toMatchObject({ body, bodyBytes: bytes.length });
});

it('the curl line is that of the promised step, not of a look', () => {
  const look = { ...answer(200), request: { method: 'GET', url: 'http://127.0.0.1:1/look', headers: [] } };
  const [first, second] = [
    { step: 'before: GET', exchange: look },
    { step: 'delete', exchange: answer(202) },
  ];
  const verdict = passed('/effect/goes', [], { exchanges: [first, second] });
  expect(recorded([verdict]).cases[0]?.curl).toContain('DELETE');
  const only = passed('/effect/goes', [], { exchanges: [first] });
  expect(recorded([only]).cases[0]?.curl).toContain('/look');
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

const [accepted, unauthorized, missing] = operation.responses;
if (accepted === undefined || unauthorized === undefined || missing === undefined) throw new Error('no responses');
const [media] = missing.media;
if (media === undefined) throw new Error('no media');
const [example] = media.examples;
if (example === undefined) throw new Error('no example');

it.for([
  ['202, no content', { kind: 'declared', response: accepted }],
  ['404, application/json', { kind: 'declared', response: missing, media }],
  ['404, application/json, such as no-such-item', { kind: 'declared', response: missing, media, example }],
  ['202 or 404', { kind: 'one-of', responses: [accepted, missing] }],
  ['404, or another refusal', { kind: 'one-of-or-4xx', responses: [missing] }],
  ['neither success nor server fault', { kind: 'rejected' }],
  ['no server fault', { kind: 'not-5xx' }],
] as const satisfies readonly (readonly [string, Expectation])[])('a promise in words: %s', ([words, promised]) => {
  expect(promiseInWords(promised)).toBe(words);
});

it.for([
  ['/202/no-content', 'an item'],
  ['/401/application-json/no-such-item', 'no such item, key wrong'],
  ['/auth/wrong-key', 'no such item'],
  ['/effect/goes', 'an item'],
  ['/auth/key-not-remembered', 'an item, no such item'],
] as const)('the state of %s in words: %s', ([end, words]) => {
  expect(stateInWords(caseNamed(end))).toBe(words);
});
