import type { CaseRecord, RunRecord } from '../../model/record.ts';
import type { Finding } from '../../model/verdict.ts';
import { causesCounted, causeWords, type ShownCause, shownCauses } from '../causes-of-run.ts';
import { reproduceCommand, scriptCommand } from '../reproduce-command.ts';
import {
  cameWords,
  counted,
  countsWords,
  hazardsFirst,
  isHazard,
  outcomeLabelOf,
  outcomeLabels,
  placeWords,
  subjectWords,
  throttledWords,
} from '../labels.ts';
import { markdownBlock, markdownCode, markdownRow, markdownText } from './markdown-text.ts';
import { matrixOf, type Matrix, type Row } from '../matrix.ts';
import { shortened } from '../../core/text/printable.ts';

/**
 * A short summary for `$GITHUB_STEP_SUMMARY` and for comments of a pull request, which hold 65,536 characters: the
 * outcome of each run, its causes, the matrix, and the commands that reproduce them.
 */
export function markdownSummary(runs: readonly RunRecord[]): string {
  const matrix = matrixOf(runs);
  const latest = matrix.columns.map(({ run }) => run);
  return `${[...latest.map(outcome), causes(latest), table(matrix), waived(latest), reproduction(latest)]
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
  const throttled = throttledWords(run);
  const words = [because, countsWords(counts), ...(throttled === undefined ? [] : [throttled])];
  return [title, words.join('  \n'), ...(problems.length === 0 ? [] : [problems.join('\n')])].join('\n\n');
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
  return runs.flatMap((run) => hazardsFirst(run.cases.filter(of)).map((record) => ({ run, record })));
}

interface FoundCause {
  readonly run: RunRecord;
  readonly one: ShownCause;
}

function allCauses(runs: readonly RunRecord[]): readonly FoundCause[] {
  return runs.flatMap((run) => shownCauses(run).map((one) => ({ run, one })));
}

function causes(runs: readonly RunRecord[]): string {
  const sections = runs.flatMap((run) => {
    const all = shownCauses(run);
    if (all.length === 0) return [];
    const who = runs.length > 1 ? ` (${markdownCode(subjectWords(run))})` : '';
    const rows = all.slice(0, mostListed).map((one, number) => `${number + 1}. ${causeLine(one)}`);
    return [[`#### ${causesCounted(all)}${who}`, [...rows, ...restOf(all.length)].join('\n')].join('\n\n')];
  });
  return sections.join('\n\n');
}

function causeLine(one: ShownCause): string {
  const { record, cause, findings } = one;
  const size = cause.cases.length === 1 ? '' : `**${counted(cause.cases.length, 'case')}**: `;
  const words = markdownText(shortened(causeWords(one), 300));
  const first = `${outcomeLabels[record.status].mark} ${size}${words}`;
  return `${first}<br>${markdownCode(record.id)}: ${differenceLine(record, findings)}`;
}

function differenceLine(record: CaseRecord, [first, ...others]: readonly Finding[]): string {
  if (first === undefined) return markdownCode(record.error?.code ?? shortened(cameWords(record), 300));
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
    const hazard = record.findings.some(isHazard) ? '**hazard**: ' : '';
    return `- ${hazard}${markdownCode(record.id)}: ${markdownText(shortened(reason, 200))} (${markdownText(issue)}, until ${markdownText(expires)})`;
  });
  return ['#### Waived', [...rows, ...restOf(known.length)].join('\n')].join('\n\n');
}

function restOf(count: number): readonly string[] {
  return count > mostListed ? [`- … and ${count - mostListed} more, see the HTML report`] : [];
}

function reproduction(runs: readonly RunRecord[]): string {
  const commands = allCauses(runs)
    .slice(0, mostListed)
    .flatMap(({ run, one }) => [reproduceCommand(run, one.record), scriptCommand(run, one.record) ?? []].flat());
  if (commands.length === 0) return '';
  const block = markdownBlock('sh', [...new Set(commands)]);
  return `<details><summary>Reproduce a failure</summary>\n\n${block}\n\n</details>`;
}
