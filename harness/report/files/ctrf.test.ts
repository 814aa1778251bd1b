import { validate } from 'ctrf';
import { expect, test } from 'vitest';
import { ctrfReport } from './ctrf.ts';
import { greenRun, sampleRun } from '../../testing/sample-run.ts';

interface Report {
  readonly results: {
    readonly summary: Readonly<Record<string, number>>;
    readonly tests: readonly { readonly name: string; readonly status: string; readonly rawStatus: string }[];
  };
}

test('is what the format itself calls valid', () => {
  expect(validate(JSON.parse(ctrfReport([sampleRun(), greenRun()])))).toMatchObject({ valid: true });
});

test('each outcome has a status, and `rawStatus` distinguishes what the format has no word for', () => {
  const { results } = JSON.parse(ctrfReport([sampleRun()])) as Report;
  expect(results.tests.map(({ name, status, rawStatus }) => [name, status, rawStatus])).toEqual([
    ['delete_backup/202/no-content', 'passed', 'passed'],
    ['delete_backup/404/application-json/backup-not-found', 'failed', 'failed'],
    ['delete_backup/500/application-json/internal-server-error', 'skipped', 'skipped'],
    ['delete_backup/probe/auth/key-in-query', 'passed', 'passed'],
    ['delete_backup/probe/methods/trace', 'other', 'error'],
    ['delete_backup/probe/ids/upper-case', 'other', 'waived'],
  ]);
});

test('the summary is the sum of its tests', () => {
  const { results } = JSON.parse(ctrfReport([sampleRun(), greenRun()])) as Report;
  const of = (status: string): number => results.tests.filter((each) => each.status === status).length;
  expect(results.summary).toMatchObject({
    tests: results.tests.length,
    passed: of('passed'),
    failed: of('failed'),
    skipped: of('skipped'),
    pending: 0,
    other: of('other'),
  });
});
