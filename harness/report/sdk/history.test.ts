import { expect, test } from 'vitest';
import type { CaseRecord, RunRecord } from '../../model/record.ts';
import { finding, record, runOf } from '../../testing/sample-run.ts';
import { badgeOf, releasesMarkdown, releaseSteps } from './history-text.ts';

const broken = (id: string, ...checks: readonly string[]): CaseRecord =>
  record({ id, kind: 'sdk', status: 'fail', findings: checks.map((check) => finding({ check })) });
const held = (id: string): CaseRecord => record({ id, kind: 'sdk', status: 'pass' });
const skipped = (id: string): CaseRecord => record({ id, kind: 'sdk', status: 'skip', reason: 'no such option' });
const release = (version: string, cases: readonly CaseRecord[], name = 'python'): RunRecord => ({
  ...runOf(cases),
  subject: { kind: 'sdk', name, version },
});
const ids = ['a', 'b', 'c', 'd'].map((name) => `sdk/delete_backup/id/${name}`);
const [a = '', b = '', c = '', d = ''] = ids;

const first = release('9.0.1', [broken(a, 'sdk/path', 'sdk/query'), broken(b, 'sdk/path'), held(c), held(d)]);
const second = release('10.2.0', [held(a), held(b), broken(c, 'sdk/status'), skipped(d)]);

test('releases stand in the order of their versions, and each says what got better and worse in the same cases', () => {
  expect(releaseSteps([second, first], 120)).toEqual([
    'python 9.0.1 → 10.2.0: 2 of 4 → 2 of 3 cases held',
    '  better: sdk/path in 2 cases, sdk/query in 1 case',
    '  worse:  sdk/status in 1 case',
  ]);
});

test('releases of different SDKs are not compared, and one that was not judged is left out', () => {
  const other = release('1.0.0', [held(a)], 'js');
  const unjudged = release('11.0.0', [skipped(a), skipped(b)]);
  expect(releaseSteps([first, other, unjudged], 120)).toEqual([]);
  expect(releasesMarkdown([first, other, unjudged])).not.toContain('11.0.0');
});

test('the table for a README has a row for each release', () => {
  const rows = releasesMarkdown([second, first]).split('\n');
  expect(rows[0]).toBe('## python');
  expect(rows.filter((row) => /^\| \d/.test(row)).map((row) => row.split(' | ')[0])).toEqual(['| 9.0.1', '| 10.2.0']);
  expect(rows.at(-2)).toContain('`sdk/path` in 2 cases, `sdk/query` in 1 case | `sdk/status` in 1 case |');
});

test('a badge is green only where every case held, and grey where nothing was judged', () => {
  const green = { ...release('1', [held(a)]), outcome: { exit: 0, because: '', problems: [] } } as const;
  const known = { ...release('1', [held(a), broken(b, 'sdk/path')]), outcome: green.outcome };
  const cases: readonly (readonly [RunRecord, string, string])[] = [
    [green, '1/1', 'brightgreen'],
    [known, '1/2', 'yellow'],
    [{ ...known, counts: { ...known.counts, hazards: 1 } }, '1/2, 1 hazard', 'orange'],
    [{ ...known, outcome: { ...green.outcome, exit: 1 } }, '1/2', 'red'],
    [{ ...green, outcome: { ...green.outcome, exit: 3 } }, '1/1', 'lightgrey'],
    [{ ...release('1', [skipped(a)]), outcome: green.outcome }, 'not judged', 'lightgrey'],
  ];
  for (const [run, message, color] of cases) {
    expect(badgeOf(run)).toEqual({ schemaVersion: 1, label: 'contract: python 1', message, color });
  }
});
