import type { CaseRecord, RunRecord } from '../../model/record.ts';
import { reproduceCommand } from '../reproduce-command.ts';
import {
  cameWords,
  counted,
  countsWords,
  outcomeLabelOf,
  outcomeLabels,
  placeWords,
  subjectWords,
  wayOfFailing,
} from '../labels.ts';
import { groupBy } from '../../core/group-by.ts';
import { markdownBlock, markdownCode, markdownRow, markdownText } from './markdown-text.ts';
import { matrixOf, type Matrix, type Row } from '../matrix.ts';
import { shortened } from '../../core/printable.ts';

/**
 * A short summary for `$GITHUB_STEP_SUMMARY` and for comments of a pull request, which hold 65,536 characters: the
 * outcome of each run, the matrix, the failures with one line each, and the commands that reproduce them.
 */
export function markdownSummary(runs: readonly RunRecord[]): string {
  const matrix = matrixOf(runs);
  const latest = matrix.columns.map(({ run }) => run);
  return `${[...latest.map(outcome), table(matrix), failures(latest), waived(latest), reproduction(latest)]
    .filter((section) => section !== '')
    .join('\n\n')}\n`;
}

const mostListed = 25;

function outcome(run: RunRecord): string {
  const { counts } = run;
  const mark = run.outcome.exit === 0 ? outcomeLabels.pass.mark : outcomeLabels.fail.mark;
  const title = `### ${mark} ${markdownCode(run.operation.id)} against ${markdownCode(subjectWords(run))}`;
  const because = `**exit ${run.outcome.exit}**: ${markdownText(run.outcome.because)}`;
  const problems = run.outcome.problems
    .slice(0, mostListed)
    .map((problem) => `- ${markdownText(shortened(problem, 500))}`);
  return [title, `${because}  \n${countsWords(counts)}`, ...(problems.length === 0 ? [] : [problems.join('\n')])].join(
    '\n\n',
  );
}

function table({ columns, rows }: Matrix): string {
  if (rows.length === 0) return '';
  const several = new Set(rows.map((row) => row.operation)).size > 1;
  return [
    markdownRow(['', ...columns.map((column) => markdownCode(column.label))]),
    markdownRow(['---', ...columns.map(() => '---')]),
    ...rows.map((row) =>
      markdownRow([rowName(row, several), ...row.cells.map((cell) => (cell ? `${cell.mark} ${cell.words}` : ''))]),
    ),
  ].join('\n');
}

function rowName(row: Row, several: boolean): string {
  const name = row.kind === 'response' ? markdownCode(row.name) : markdownText(row.name);
  return several ? `${markdownText(row.operation)} ${name}` : name;
}

interface Found {
  readonly run: RunRecord;
  readonly record: CaseRecord;
}

function found(runs: readonly RunRecord[], of: (record: CaseRecord) => boolean): readonly Found[] {
  return runs.flatMap((run) => run.cases.filter(of).map((record) => ({ run, record })));
}

function isRed(record: CaseRecord): boolean {
  return outcomeLabelOf(record) === 'fail' || outcomeLabelOf(record) === 'error';
}

function failures(runs: readonly RunRecord[]): string {
  const red = found(runs, isRed);
  if (red.length === 0) return '';
  const ways = [...groupBy(red, ({ run, record }) => subjectWords(run) + wayOfFailing(record)).values()];
  const rows = ways.slice(0, mostListed).flatMap(([first, ...others]) => {
    if (first === undefined) return [];
    const { run, record } = first;
    const who = runs.length > 1 ? ` (${markdownCode(subjectWords(run))})` : '';
    const same = others.length === 0 ? '' : `; the same in ${counted(others.length, 'more case')}`;
    return [`- ${outcomeLabels[record.status].mark} ${markdownCode(record.id)}${who}: ${redLine(record)}${same}`];
  });
  return ['#### Failures', [...rows, ...restOf(ways.length)].join('\n')].join('\n\n');
}

function redLine(record: CaseRecord): string {
  if (record.error !== undefined && record.findings.length === 0)
    return markdownCode(shortened(`${record.error.code}: ${record.error.message}`, 300));
  const [first, ...others] = record.findings;
  if (first === undefined) return markdownCode(shortened(cameWords(record), 300));
  const beside = record.error === undefined ? '' : `, beside ${record.error.code}`;
  const more = (others.length === 0 ? '' : ` (and ${others.length} more)`) + beside;
  const expected = markdownCode(shortened(first.expected, 120));
  const actual = markdownCode(shortened(first.actual, 120));
  return `${markdownText(first.check)}: expected ${expected}, came ${actual}${more}, ${markdownCode(placeWords(first.at))}`;
}

function waived(runs: readonly RunRecord[]): string {
  const known = found(runs, (record) => outcomeLabelOf(record) === 'waived');
  if (known.length === 0) return '';
  const rows = known.slice(0, mostListed).map(({ record }) => {
    const { reason = '', issue = '', expires = '' } = record.waived ?? {};
    return `- ${markdownCode(record.id)}: ${markdownText(shortened(reason, 200))} (${markdownText(issue)}, until ${markdownText(expires)})`;
  });
  return ['#### Waived', [...rows, ...restOf(known.length)].join('\n')].join('\n\n');
}

function restOf(count: number): readonly string[] {
  return count > mostListed ? [`- … and ${count - mostListed} more, see the HTML report`] : [];
}

function reproduction(runs: readonly RunRecord[]): string {
  const red = found(runs, isRed);
  if (red.length === 0) return '';
  const ways = [...groupBy(red, ({ run, record }) => subjectWords(run) + wayOfFailing(record)).values()];
  const commands = ways
    .slice(0, mostListed)
    .flatMap(([first]) => (first ? [reproduceCommand(first.run, first.record)] : []));
  const block = markdownBlock('sh', [...new Set(commands)]);
  return `<details><summary>Reproduce a failure</summary>\n\n${block}\n\n</details>`;
}
