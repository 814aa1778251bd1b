import type { CaseRecord, RunRecord } from '../../model/record.ts';
import type { Finding } from '../../model/verdict.ts';
import { reproduceWords } from '../reproduce-command.ts';
import { cameWords, counted, outcomeLabelOf, outcomeLabels, placeWords, wayOfFailing } from '../labels.ts';
import { groupBy } from '../../core/group-by.ts';
import { hanging, padded } from '../../core/columns.ts';
import { printable, shortened } from '../../core/printable.ts';
import type { Page } from './terminal-page.ts';

/** A server that is wrong everywhere must not push the first failure out of the window. */
const mostShown = 20;
const mostNamed = 5;

/**
 * Each red case: what was promised, what came, where the document says so, and the command that reproduces it. Cases
 * that fail in the same way are shown once.
 */
export function failures(run: RunRecord, page: Page): string {
  const red = run.cases.filter((record) => ['fail', 'error'].includes(outcomeLabelOf(record)));
  if (red.length === 0) return '';
  const groups = [...groupBy(red, page.verbose ? (record) => record.id : wayOfFailing).values()];
  const title = red.every((record) => record.status === 'error') ? 'Errors: the result is unknown' : 'Failures';
  const shown = page.verbose ? groups : groups.slice(0, mostShown);
  const rest = groups.slice(shown.length).flat().length;
  return [
    page.colours.strong(title),
    ...shown.map((records) => failure(run, records, page)),
    ...(rest === 0 ? [] : [`  ${rest} more; --verbose prints them, and every report has them.`]),
  ].join('\n\n');
}

function failure(run: RunRecord, sameFailure: readonly CaseRecord[], page: Page): string {
  const [record, ...others] = sameFailure;
  if (record === undefined) return '';
  const { colours, columns } = page;
  const line = (label: string, text: string): string =>
    hanging(`    ${colours.faint(padded(label, 9))} `, printable(text), columns);
  const lines = [
    hanging(`  ${colours.bad(outcomeLabels[record.status].mark)} `, colours.strong(printable(record.id)), columns),
    line('promised', record.promise),
    line('came', shortened(cameWords(record), 400)),
  ];
  for (const finding of record.findings) lines.push(...findingLines(finding, page, line));
  if (record.error !== undefined) {
    const text = printable(`${record.error.code}: ${record.error.message}`);
    lines.push(hanging(`    ${colours.bad('!')} `, text, columns));
    if (record.error.hint !== undefined) lines.push(line('hint', record.error.hint));
  }
  if (record.findings.length === 0) lines.push(line('document', placeWords(record.at)));
  if (others.length > 0) lines.push(line('same in', othersWords(others)));
  lines.push(command(reproduceWords(run, record), page));
  if (page.verbose && record.curl !== undefined) lines.push(`    ${printable(record.curl)}`);
  return lines.join('\n');
}

function othersWords(others: readonly CaseRecord[]): string {
  const named = others.slice(0, mostNamed).map((record) => record.id);
  const rest = others.length - named.length;
  return `${counted(others.length, 'more case')}: ${named.join(', ')}${rest === 0 ? '' : ` and ${rest} others`}`;
}

function findingLines(finding: Finding, page: Page, line: (label: string, text: string) => string): readonly string[] {
  const sentence = printable(shortened(`${finding.check}: ${finding.message}`, 600));
  return [
    hanging(`    ${page.colours.bad('×')} `, sentence, page.columns),
    line('expected', shortened(finding.expected, 400)),
    line('actual', shortened(`${finding.actual} (${finding.where})`, 400)),
    line('document', placeWords(finding.at)),
    ...(finding.hint === undefined ? [] : [line('hint', finding.hint)]),
  ];
}

/** A command that can be copied as it stands: broken only between its words, with a backslash. */
function command(words: readonly string[], page: Page): string {
  const lines = ['    $'];
  for (const word of words) {
    const last = lines[lines.length - 1] ?? '';
    if (lines.length > 0 && last.length + word.length + 3 > page.columns && last.trim() !== '$') {
      lines[lines.length - 1] = `${last} \\`;
      lines.push(`        ${word}`);
    } else {
      lines[lines.length - 1] = `${last} ${word}`;
    }
  }
  return lines.join('\n');
}
