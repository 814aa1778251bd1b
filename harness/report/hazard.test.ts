import { beforeAll, expect, test } from 'vitest';
import type { CaseRecord, RunRecord } from '../model/record.ts';
import { finding, record, runOf } from '../testing/sample-run.ts';
import { ctrfReport } from './files/ctrf.ts';
import { githubAnnotations } from './files/github.ts';
import { junitXml } from './files/junit.ts';
import { markdownSummary } from './files/markdown.ts';
import { htmlReport } from './html/html.ts';
import { sdkComplaints, sdkMarkdown, sdkTable } from './sdk/matrix.ts';
import { terminalReport } from './terminal/terminal.ts';

const hazard: CaseRecord = record({
  id: 'sdk/delete_backup/retry/500-then-404',
  kind: 'sdk',
  status: 'fail',
  findings: [finding({ severity: 'hazard', check: 'sdk/hidden-error', message: 'The user is told a lie.' })],
});
const waived = { reason: 'known', issue: 'waivers.yaml:2', expires: '2027-01-01' };

const known = Array.from({ length: 40 }, (_, number) =>
  record({ id: `sdk/delete_backup/id/${number}`, kind: 'sdk', status: 'fail', findings: [finding()], waived }),
);
const sdk = (cases: readonly CaseRecord[]): RunRecord => ({
  ...runOf(cases),
  subject: { kind: 'sdk', name: 'js', version: '9.0.0' },
});
const page = { columns: 200, colour: false, verbose: false, quiet: false };
const reports: readonly [name: string, of: (run: RunRecord) => string][] = [
  ['the terminal', (run) => terminalReport(run, page)],
  ['JUnit', (run) => junitXml([run])],
  ['the summary', (run) => markdownSummary([run])],
  ['the annotations', (run) => githubAnnotations([run], { root: '/' })],
];

let red: RunRecord;
let green: RunRecord;
beforeAll(() => {
  red = sdk([hazard]);
  green = sdk([...known, { ...hazard, waived }]);
});

test.each(reports)('%s names a hazard', (_, of) => {
  expect(of(red)).toMatch(/hazard: (sdk\/hidden-error: )?The user is told a lie/);
});

test.each(reports)('%s names a hazard that is waived, also among many waived failures', (_, of) => {
  expect(of(green)).toMatch(/hazard\W+[^\n]*500-then-404|500-then-404[^]*waived hazard/);
});

test('so do CTRF and the page', () => {
  expect(ctrfReport([red])).toContain('hazard: sdk/hidden-error: The user is told a lie.');
  expect(htmlReport([red])).toMatch(/"severity":"hazard"/);
});

test('the matrix marks it, known or not, and counts it', () => {
  expect(sdkMarkdown([red])).toContain('| `sdk/delete_backup/retry/500-then-404` | ✗▲ |');
  expect(sdkMarkdown([green])).toContain('| `sdk/delete_backup/retry/500-then-404` | w▲ |');
  expect(sdkTable([green])).toMatch(/retry +client +hazards +waived[^\n]*\njs 9\.0\.0 +2025-04 +0\/40 +0\/1 +1 +41/);
  expect(sdkComplaints(red)[0]).toContain('hazard: sdk/hidden-error');
});

test('it fails the run, and is counted where it is waived', () => {
  expect(red.counts).toMatchObject({ fail: 1, hazards: 1 });
  expect(green.counts).toMatchObject({ fail: 0, waived: 41, hazards: 1 });
});
