import { expect, it } from 'vitest';
import type { CaseRecord } from '../../model/record.ts';
import { finding, record } from '../../testing/sample-run.ts';
import { applyWaivers, waivedIn } from './apply.ts';
import type { Waiver } from './waiver.ts';

const today = '2026-11-23';
const known = ['op/202/no-content', 'op/404/json/a', 'op/404/json/b', 'op/probe/auth/no-key'];

function waiver(over: Partial<Waiver> = {}): Waiver {
  return {
    case: 'op/404/json/a',
    check: 'status',
    reason: 'the gateway answers first',
    issue: 'https://example.com/7',
    since: '2026-01-01',
    expires: '2026-12-31',
    place: 'waivers.yaml:2',
    ...over,
  };
}

const failing = (id: string, ...checks: readonly string[]): CaseRecord =>
  record({ id, status: 'fail', findings: checks.map((check) => finding({ check })) });

const apply = (cases: readonly CaseRecord[], ...waivers: readonly Waiver[]): ReturnType<typeof applyWaivers> =>
  applyWaivers({ cases, waivers, known, today });

it('says while a run goes on what it will say at the end', () => {
  const cases = [
    failing('op/404/json/a', 'status'),
    failing('op/404/json/b', 'status'),
    failing('op/404/json/a', 'status', 'schema'),
    { ...failing('op/404/json/a', 'status'), error: { code: 'E_X', message: 'unknown' } },
    record({ id: 'op/404/json/a', status: 'pass' }),
  ];
  for (const waivers of [[waiver()], [waiver({ expires: '2026-01-01' })], []]) {
    const isWaived = waivedIn({ waivers, known, today });
    expect(cases.map(isWaived)).toEqual(cases.map((one) => apply([one], ...waivers).cases[0]?.waived !== undefined));
  }
});

it('waives a failure that it covers, and says why and until when', () => {
  const { cases, problems } = apply([failing('op/404/json/a', 'status')], waiver());
  expect(cases[0]?.waived).toEqual({
    reason: 'the gateway answers first',
    issue: 'https://example.com/7',
    expires: '2026-12-31',
    place: 'waivers.yaml:2',
  });
  expect(cases[0]?.status).toBe('fail');
  expect(problems).toEqual([]);
});

it('does not waive an error beside a failure that it covers', () => {
  const error = { code: 'E_DRIVER_LINES', message: 'two lines' };
  const { cases, problems } = apply([{ ...failing('op/404/json/a', 'status'), error }], waiver());
  expect(cases[0]).toMatchObject({ status: 'error', error });
  expect(cases[0]?.waived).toBeUndefined();
  expect(problems).toEqual([]);
});

it('does not call a waiver outdated by a case whose result is unknown', () => {
  const crashed = record({ id: 'op/404/json/a', status: 'error', error: { code: 'E_X', message: 'crashed' } });
  expect(apply([crashed], waiver()).problems).toEqual([]);
});

it.for([
  ['another case', waiver(), failing('op/404/json/b', 'status')],
  ['another check', waiver({ check: 'schema' }), failing('op/404/json/a', 'status')],
  ['a part of what was found', waiver(), failing('op/404/json/a', 'status', 'schema')],
  ['a part of what was found, the later one', waiver(), failing('op/404/json/a', 'schema', 'status')],
  ['what has expired', waiver({ expires: '2026-11-22' }), failing('op/404/json/a', 'status')],
  [
    'a crash',
    waiver({ check: 'transport' }),
    record({ id: 'op/404/json/a', status: 'error', error: { code: 'E_X', message: 'crashed' } }),
  ],
  ['a skip', waiver(), record({ id: 'op/404/json/a', status: 'skip', reason: 'no state' })],
] as const)('does not waive %s', ([, one, found]) => {
  expect(apply([found], one).cases).toEqual([found]);
});

it('waives a case whose findings are covered by several waivers', () => {
  const one = failing('op/404/json/a', 'status', 'schema', 'schema');
  const { cases, problems } = apply([one], waiver({ check: 'schema', reason: 'the second reason' }), waiver());
  expect(cases[0]?.waived?.reason).toBe('the gateway answers first the second reason');
  expect(problems).toEqual([]);
});

it('still counts on its last day', () => {
  const { cases, problems } = apply([failing('op/404/json/a', 'status')], waiver({ expires: today }));
  expect(cases[0]?.waived).toBeDefined();
  expect(problems).toEqual([]);
});

it('a glob waives every case that fails so', () => {
  const cases = [
    failing('op/404/json/a', 'status'),
    failing('op/404/json/b', 'status'),
    failing('op/202/no-content', 'status'),
  ];
  const done = apply(cases, waiver({ case: 'op/404/**' }));
  expect(done.cases.map((one) => one.waived !== undefined)).toEqual([true, true, false]);
  expect(done.problems).toEqual([]);
});

it.for([
  [
    'expired',
    waiver({ expires: '2026-11-22' }),
    [failing('op/404/json/a', 'status')],
    'expired on 2026-11-22: fix the failure, or extend the waiver and say why',
  ],
  [
    'matches nothing',
    waiver({ case: 'op/404/json/c' }),
    [],
    'matches no case: remove it, or correct the id (pinecone-contract cases)',
  ],
  [
    'is passed',
    waiver(),
    [record({ id: 'op/404/json/a' })],
    'is no longer needed for op/404/json/a, where that check passes: remove it',
  ],
  [
    'is about a check that no longer fails',
    waiver(),
    [failing('op/404/json/a', 'schema')],
    'is no longer needed for op/404/json/a, where that check passes: remove it',
  ],
  [
    'is a glob of which nothing fails any more',
    waiver({ case: 'op/404/**' }),
    [record({ id: 'op/404/json/b' }), record({ id: 'op/404/json/a', status: 'skip', reason: 'x' })],
    'is no longer needed for op/404/json/b, where that check passes: name only the cases that fail',
  ],
] as const)('a waiver that %s is a problem', ([, one, cases, words]) => {
  expect(apply(cases, one).problems).toEqual([`waivers.yaml:2: the waiver of status in ${one.case} ${words}`]);
});

it.for([
  ['was not selected', []],
  ['was skipped', [record({ id: 'op/404/json/a', status: 'skip', reason: 'no state' })]],
  ['ended in an error', [record({ id: 'op/404/json/a', status: 'error', error: { code: 'E', message: 'x' } })]],
] as const)('a waiver whose case %s is none', ([, cases]) => {
  expect(apply(cases, waiver()).problems).toEqual([]);
});

it('a glob of which one case passes is too wide', () => {
  const cases = [record({ id: 'op/404/json/a' }), failing('op/404/json/b', 'status')];
  expect(apply(cases, waiver({ case: 'op/404/**' })).problems).toEqual([
    'waivers.yaml:2: the waiver of status in op/404/** is no longer needed for op/404/json/a, where that check passes: name only the cases that fail',
  ]);
});

it('waives only the failure whose actual value it names', () => {
  const one = record({
    id: 'op/404/json/a',
    status: 'fail',
    findings: [finding({ check: 'status', actual: '500 X' })],
  });
  expect(apply([one], waiver({ actual: '500' })).cases[0]?.waived).toBeDefined();
  expect(apply([one], waiver({ actual: '503' })).cases[0]?.waived).toBeUndefined();
  expect(apply([one], waiver({ actual: '503' })).problems).toHaveLength(1);
});

it('two waivers of one check with other actual values do not overlap', () => {
  const finds = (actual: string): ReturnType<typeof finding> => finding({ check: 'status', actual });
  const one = record({ id: 'op/404/json/a', status: 'fail', findings: [finds('500'), finds('403')] });
  expect(apply([one], waiver({ actual: '500' }), waiver({ actual: '403' })).problems).toEqual([]);
});

it('a hundred waivers and twenty thousand cases are matched glob by glob, once', () => {
  const ids = Array.from({ length: 20_000 }, (_, place) => `op/404/json/${place}`);
  const waivers = Array.from({ length: 100 }, (_, place) => waiver({ case: `op/404/json/{${place},x${place}}` }));
  const cases = ids.map((id, place) => (place < 100 ? failing(id, 'status') : record({ id })));
  const done = applyWaivers({ cases, waivers, known: ids, today });
  expect(done.cases.filter((one) => one.waived !== undefined)).toHaveLength(100);
  expect(done.problems).toEqual([]);
});

it.for([
  [20, []],
  [21, ['waivers.yaml:2: the waiver of status in op/** matches 21 cases, more than 20: name the cases']],
] as const)('a glob that matches %i cases', ([count, problems]) => {
  const ids = Array.from({ length: count }, (_, place) => `op/${place}`);
  const one = waiver({ case: 'op/**' });
  expect(applyWaivers({ cases: [], waivers: [one], known: ids, today }).problems).toEqual(problems);
});

it.for([
  ['the same', {}, ['waivers.yaml:9: overlaps waivers.yaml:2: both waive status in op/404/json/a; keep one']],
  [
    'a glob around it',
    { case: '**/404/**' },
    ['waivers.yaml:9: overlaps waivers.yaml:2: both waive status in op/404/json/a; keep one'],
  ],
  ['another check', { check: 'schema' }, []],
  ['another case', { case: 'op/404/json/b' }, []],
] as const)('two waivers overlap: %s', ([, over, problems]) => {
  const cases = [failing('op/404/json/a', 'status', 'schema'), failing('op/404/json/b', 'status')];
  expect(apply(cases, waiver(), waiver({ ...over, place: 'waivers.yaml:9' })).problems).toEqual(problems);
});
