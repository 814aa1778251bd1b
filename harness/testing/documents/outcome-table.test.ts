import { expect, it } from 'vitest';
import { greenRun, sampleRun } from '../sample-run.ts';
import { brokenBounds, outcomeOf, outcomeTable } from './outcome-table.ts';

const held = outcomeOf('held', [greenRun()], 0);

it('a document of which everything is proved breaks no bound', () => {
  expect(brokenBounds(held)).toEqual([]);
  expect(brokenBounds({ ...held, exit: 4 })).toEqual([]);
});

it('counts what runs found', () => {
  const { coverage, counts } = sampleRun();
  const violated = coverage.filter(({ status }) => status === 'violated').length;
  expect(violated).toBeGreaterThan(0);
  expect(outcomeOf('red', [greenRun(), sampleRun()], 1)).toMatchObject({
    operations: 2,
    held: 1,
    violated,
    errors: counts.error,
    falseAlarms: counts.fail,
  });
});

it.each([
  [{ proved: held.responses - 1, unproved: 1 }, 'of the declared responses are proved, not 90 %'],
  [{ operations: 0, responses: 0, proved: 0 }, '0 % of the declared responses are proved'],
  [{ violated: 1 }, '1 declared responses are violated'],
  [{ errors: 2 }, '2 cases ended in an error'],
  [{ falseAlarms: 3 }, '3 cases failed'],
  [{ withoutRemedy: 1 }, '1 unproved responses have no remedy'],
  [{ exit: 2 }, 'the exit code is 2'],
  [{ exit: null }, 'the exit code is that of a killed process'],
])('a document with %o breaks a bound', (over, words) => {
  expect(brokenBounds({ ...held, ...over })).toEqual([expect.stringContaining(words)]);
});

it('an unproved response without a word on what to do is counted', () => {
  const run = greenRun();
  const coverage = run.coverage.map((each) => ({ ...each, status: 'unproved' as const, how: '' }));
  expect(outcomeOf('bare', [{ ...run, coverage }], 4).withoutRemedy).toBe(coverage.length);
});

it('the table has a row for each document and one for all', () => {
  const lines = outcomeTable([held, { ...held, name: 'other', exit: null }]).split('\n');
  expect(lines).toHaveLength(5);
  expect(lines[0]).toMatch(/^\| document \| operations \| held \| responses \| proved \|/);
  expect(lines[3]).toMatch(/^\| other \|.*\| killed \|$/);
  expect(lines[4]).toContain(`| all 2 | ${2 * held.operations} |`);
});
