import { expect, it } from 'vitest';
import type { CaseRecord, ExchangeRecord, RunRecord } from '../model/record.ts';
import { exchange, finding, record, sampleRun } from '../testing/sample-run.ts';
import { comparedCases, compareRuns, type Drift } from './compare.ts';

const runOf = (...cases: readonly CaseRecord[]): RunRecord => sampleRun({ cases });

const json = (value: unknown): string => JSON.stringify(value);

/** One case in two runs that differ in one exchange. */
function driftOf(before: ExchangeRecord, after: ExchangeRecord): readonly Omit<Drift, 'case'>[] {
  const drifts = compareRuns(
    runOf(record({ id: 'a', exchanges: [before] })),
    runOf(record({ id: 'a', exchanges: [after] })),
  );
  expect(drifts.every((drift) => drift.case === 'a')).toBe(true);
  return drifts.map(({ what, before: was, after: is }) => ({ what, before: was, after: is }));
}

it('a run has not drifted from itself', () => {
  expect(compareRuns(sampleRun(), sampleRun())).toEqual([]);
});

it.for([
  [
    'a status',
    exchange(404, '', '{}'),
    exchange(410, '', '{}'),
    { what: 'delete: status', before: '404', after: '410' },
  ],
  [
    'a broken connection',
    exchange(404, '', '{}'),
    { ...exchange(404, '', '{}'), fault: { kind: 'reset', message: 'x' } },
    { what: 'delete: status', before: '404', after: '404 (reset)' },
  ],
  [
    'a header that matters',
    exchange(404, '', '', [['Retry-After', '1']]),
    exchange(404, '', '', [['retry-after', '2']]),
    { what: 'delete: headers', before: 'retry-after: 1', after: 'retry-after: 2' },
  ],
  [
    'a header that went',
    exchange(404, '', '', [['Allow', 'GET']]),
    exchange(404, '', ''),
    { what: 'delete: headers', before: 'allow: GET', after: 'none' },
  ],
  [
    'a property that went',
    exchange(404, '', json({ a: 1, b: 'x' })),
    exchange(404, '', json({ a: 1 })),
    { what: 'delete: body', before: '{a: number, b: string}', after: '{a: number}' },
  ],
  [
    'a type',
    exchange(404, '', json({ a: null })),
    exchange(404, '', json({ a: [true] })),
    { what: 'delete: body', before: '{a: null}', after: '{a: [boolean]}' },
  ],
  [
    'a code',
    exchange(404, '', json({ error: { code: 'A' } })),
    exchange(404, '', json({ error: { code: 'B' } })),
    { what: 'delete: body', before: '{error: {code: "A"}}', after: '{error: {code: "B"}}' },
  ],
  [
    'a status in the body',
    exchange(404, '', json({ status: 404 })),
    exchange(404, '', json({ status: 400 })),
    { what: 'delete: body', before: '{status: 404}', after: '{status: 400}' },
  ],
  [
    'a body that is JSON no more',
    exchange(404, '', '{}'),
    exchange(404, '', '<p>'),
    { what: 'delete: body', before: '{}', after: 'text that is no JSON' },
  ],
] as const satisfies readonly (readonly [string, ExchangeRecord, ExchangeRecord, Omit<Drift, 'case'>])[])(
  '%s drifts',
  ([, before, after, want]) => {
    expect(driftOf(before, after)).toEqual([want]);
    expect(driftOf(after, before)).toEqual([{ ...want, before: want.after, after: want.before }]);
  },
);

it('a body that is gone, or no text, drifts', () => {
  const text = exchange(404, '', json({}));
  const empty = {
    ...exchange(404, '', ''),
    response: { ...exchange(404, '', '').response, headers: text.response?.headers ?? [] },
  };
  const response = text.response;
  if (response === undefined) throw new Error('no response');
  const bytes = { ...text, response: { ...response, body: { base64: 'gA==' } } };
  expect(driftOf(text, bytes)).toEqual([{ what: 'delete: body', before: '{}', after: 'bytes that are no text' }]);
  expect(driftOf(text, empty as ExchangeRecord)).toEqual([{ what: 'delete: body', before: '{}', after: 'empty' }]);
});

it.for([
  ['values', json({ id: 'a', n: 1 }), json({ n: 2, id: 'b' })],
  ['the order and number of like items', json([{ a: 1 }, 'x', { a: 2 }]), json(['y', { a: 3 }])],
  ['the wording of a message', json({ error: { message: 'No' } }), json({ error: { message: 'Never' } })],
] as const)('%s are no drift', ([, before, after]) => {
  expect(driftOf(exchange(404, '', before), exchange(404, '', after))).toEqual([]);
});

it('headers that differ by nature are no drift, nor is their order', () => {
  const headers = (date: string) =>
    [
      ['Date', date],
      ['X-Request-Id', date],
    ] as const;
  const telling = [
    ['Location', '/x'],
    ['Allow', 'GET'],
  ] as const;
  expect(
    driftOf(
      exchange(404, '', '', [...headers('1'), ...telling]),
      exchange(404, '', '', [...[...telling].reverse(), ...headers('2')]),
    ),
  ).toEqual([]);
});

it('verdicts and findings drift, wherever they were found', () => {
  const before = record({ id: 'a', advice: [finding({ check: 'banner', severity: 'advice' })] });
  const after = record({
    id: 'a',
    status: 'fail',
    findings: [finding({ check: 'schema' }), finding({ check: 'schema' }), finding({ check: 'body-status' })],
  });
  expect(compareRuns(runOf(before), runOf(after))).toEqual([
    { case: 'a', what: 'verdict', before: 'pass', after: 'fail' },
    { case: 'a', what: 'findings', before: 'banner (advice)', after: 'body-status (violation), schema (violation)' },
  ]);
  expect(compareRuns(runOf(record({ id: 'a' })), runOf(before))[0]).toMatchObject({ before: 'none' });
});

it('exchanges are compared step by step, and one that is missing is drift', () => {
  const step = (name: string, status: number): ExchangeRecord => ({ ...exchange(status, '', ''), step: name });
  const before = record({ id: 'a', exchanges: [step('one', 202), step('two', 404)] });
  expect(
    compareRuns(runOf(before), runOf(record({ id: 'a', exchanges: [step('two', 404), step('one', 202)] }))),
  ).toEqual([]);
  expect(compareRuns(runOf(before), runOf(record({ id: 'a', exchanges: [step('one', 202)] })))).toEqual([
    { case: 'a', what: 'two: exchange', before: 'present', after: 'absent' },
  ]);
});

it.for([
  ['skip', { status: 'skip', reason: 'x', exchanges: [] }],
  ['error', { status: 'error', exchanges: [] }],
] as const)('a case that one run could not try is no drift: %s', ([, over]) => {
  const tried = runOf(record({ id: 'a' }));
  const other = runOf(record({ id: 'a', ...over }));
  expect(compareRuns(tried, other)).toEqual([]);
  expect(compareRuns(other, tried)).toEqual([]);
  expect([comparedCases(tried, other), comparedCases(other, tried)]).toEqual([0, 0]);
});

it('a declared case that only one run has is drift; a probe is not', () => {
  const both = runOf(record({ id: 'a' }), record({ id: 'p', kind: 'probe' }));
  const none = runOf();
  expect(compareRuns(both, none)).toEqual([{ case: 'a', what: 'case', before: 'present', after: 'absent' }]);
  expect(compareRuns(none, both)).toEqual([{ case: 'a', what: 'case', before: 'absent', after: 'present' }]);
});

it('counts the cases that both tried', () => {
  const before = runOf(record({ id: 'a' }), record({ id: 'b', status: 'fail' }), record({ id: 'c' }));
  const after = runOf(record({ id: 'b' }), record({ id: 'c', status: 'skip' }), record({ id: 'd' }));
  expect(comparedCases(before, after)).toBe(1);
});
