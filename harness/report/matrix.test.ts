import { expect, test } from 'vitest';
import type { RunRecord } from '../model/record.ts';
import { latestRuns, matrixOf } from './matrix.ts';
import { greenRun, record, sampleRun } from '../testing/sample-run.ts';

test('responses come first, then groups; each subject has its cell, or none', () => {
  const { columns, rows } = matrixOf([greenRun(), sampleRun()]);
  expect(columns.map(({ label }) => label)).toEqual(['mock', 'http://127.0.0.1:5080']);
  expect(rows.map(({ name, cells }) => [name, ...cells.map((cell) => cell && `${cell.state}: ${cell.words}`)])).toEqual(
    [
      ['202', 'proved: proved', 'proved: proved'],
      ['404', 'proved: proved', 'violated: violated'],
      ['500', undefined, 'exempt: exempt'],
      ['auth', 'passed: 2 of 2', 'passed: 1 of 1'],
      ['methods', 'passed: 1 of 1', 'error: 0 of 1'],
      ['ids', undefined, 'waived: 0 of 1'],
    ],
  );
});

test('a group of which nothing ran says so', () => {
  const cases = ['a', 'b'].map((name) =>
    record({ id: `delete_backup/probe/auth/${name}`, kind: 'probe', status: 'skip', reason: 'only recorded requests' }),
  );
  expect(matrixOf([greenRun({ cases, coverage: [] })]).rows[0]?.cells[0]).toMatchObject({
    state: 'skipped',
    words: '2 skipped',
  });
});

test('the latest run of a subject is shown, the others are its history, newest first', () => {
  const [a, b, c] = ['01', '02', '03'].map((day) => greenRun({ started: `2026-03-${day}T00:00:00.000Z` })) as [
    RunRecord,
    RunRecord,
    RunRecord,
  ];
  const { columns } = matrixOf([b, c, a]);
  expect(columns).toEqual([{ label: 'mock', run: c, earlier: [b, a] }]);
  expect(latestRuns([b, c, a])).toEqual([c]);
});

const sameSubject: readonly (readonly [what: string, over: Partial<RunRecord>, labels: readonly string[]])[] = [
  ['releases of one SDK', { subject: { kind: 'sdk', name: 'mock', version: '2' } }, ['mock', 'mock 2']],
  [
    'versions of the document',
    { document: { ...greenRun().document, version: '2026-04' } },
    ['mock, 2025-04', 'mock, 2026-04'],
  ],
  ['operations', { operation: { id: 'list', method: 'GET', path: '/' } }, ['mock, delete_backup', 'mock, list']],
];

test.for(sameSubject)('%s are columns of their own, with labels that distinguish them', ([, over, labels]) => {
  expect(matrixOf([greenRun(), greenRun(over)]).columns.map(({ label }) => label)).toEqual(labels);
});

test('the groups of SDK cases are those behind the operation', () => {
  const cases = ['sdk/delete_backup/id/dot', 'sdk/delete_backup/retry/503'].map((id) => record({ id, kind: 'sdk' }));
  const run = greenRun({ cases, coverage: [] });
  expect(matrixOf([run]).rows.map(({ name }) => name)).toEqual(['id', 'retry']);
});
