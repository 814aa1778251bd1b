import { expect, test } from 'vitest';
import type { RunRecord } from '../model/record.ts';
import { finding, greenRun, record } from '../testing/sample-run.ts';
import { countsOf } from './outcome.ts';
import { mergeShards } from './merge-shards.ts';

function shard(index: number, of: number, over: Partial<RunRecord> = {}): RunRecord {
  const cases = [1, 2].map((n) => record({ id: `delete_backup/probe/a/${n * of + index}`, kind: 'probe' }));
  return greenRun({ shard: `${index}/${of}`, seed: index, cases, counts: countsOf(cases), coverage: [], ...over });
}

test('runs without a shard stay as they are', () => {
  const runs = [greenRun(), greenRun({ strict: true })];
  expect(mergeShards(runs)).toEqual(runs);
});

test('shards of one run become it, in the order of its cases, whatever the order of the files', () => {
  const [run, ...others] = mergeShards([shard(3, 3), shard(1, 3), shard(2, 3)]);
  expect(others).toEqual([]);
  expect(run?.cases.map(({ id }) => id.split('/').at(-1))).toEqual(['4', '5', '6', '7', '8', '9']);
  expect(run?.counts).toMatchObject({ cases: 6, pass: 6 });
  expect(run?.outcome).toEqual({ exit: 0, because: 'the contract held', problems: [] });
  expect(run).not.toHaveProperty('shard');
});

test('the time is that from the first start to the last end', () => {
  const [run] = mergeShards([
    shard(1, 2, { started: '2026-01-01T00:00:10.000Z', ms: 1000 }),
    shard(2, 2, { started: '2026-01-01T00:00:05.000Z', ms: 2000 }),
  ]);
  expect(run).toMatchObject({ started: '2026-01-01T00:00:05.000Z', ms: 6000 });
});

const apart: readonly (readonly [what: string, over: Partial<RunRecord>])[] = [
  ['subject', { subject: { kind: 'live', name: 'http://a.example' } }],
  ['operation', { operation: { id: 'list', method: 'GET', path: '/' } }],
  ['document', { document: { ...greenRun().document, sha256: 'cd'.repeat(32) } }],
  ['suite', { suite: { name: 'delete_backup', version: '2' } }],
];

test.for(apart)('shards of another %s are not mixed in', ([, over]) => {
  const runs = mergeShards([shard(1, 2), shard(2, 2, over)]);
  expect(runs).toHaveLength(2);
  expect(runs.map(({ outcome }) => outcome.exit)).toEqual([3, 3]);
});

test('a number of shards that differs is another run', () => {
  expect(mergeShards([shard(1, 2), shard(2, 3)])).toHaveLength(2);
});

test('a shard that is there twice is of two runs', () => {
  const at = (hour: number): Partial<RunRecord> => ({ started: `2026-01-01T0${hour}:00:00.000Z` });
  const runs = mergeShards([shard(1, 2, at(1)), shard(1, 2, at(3)), shard(2, 2, at(4)), shard(2, 2, at(2))]);
  expect(runs.map(({ started, outcome }) => [started.slice(11, 13), outcome.exit])).toEqual([
    ['01', 0],
    ['03', 0],
  ]);
});

test('cases that a shard did not run are missed in the whole, too', () => {
  const [run] = mergeShards([
    shard(1, 2, { selection: { selected: 2, of: 10 } }),
    shard(2, 2, {
      selection: { selected: 5, of: 10 },
      cases: [record({ id: 'delete_backup/a', status: 'fail', findings: [finding()] })],
    }),
  ]);
  expect(run?.selection).toEqual({ selected: 7, of: 10 });
  expect(run?.outcome.because).toBe('1 case violated the contract; 4 cases did not run');
});

test('a missing shard is reported, and does not hide a violation', () => {
  const [missing] = mergeShards([shard(1, 3)]);
  expect(missing?.outcome).toEqual({
    exit: 3,
    because: 'shard 2/3, 3/3 is missing',
    problems: ['shard 2/3, 3/3 is missing: its cases are not in this report'],
  });
  const red = [record({ id: 'delete_backup/probe/a/9', kind: 'probe', status: 'fail' })];
  expect(mergeShards([shard(1, 2, { cases: red })])[0]?.outcome).toMatchObject({ exit: 1 });
});

test('problems of the shards are reported once, leftovers stay leftovers', () => {
  const outcome = { exit: 1, because: 'x', problems: ['w: is stale', 'left behind: b1'] } as const;
  const [run] = mergeShards([shard(1, 2, { outcome }), shard(2, 2, { outcome })]);
  expect(run?.outcome).toEqual({
    exit: 3,
    because: '1 resource could not be cleaned up',
    problems: ['w: is stale', 'left behind: b1'],
  });
});
