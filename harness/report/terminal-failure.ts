import type { CaseRecord, Finding, RunRecord } from '../model.ts';
import { againWords } from './again.ts';
import { cameWords, fateOf, fates, placeWords } from './case-words.ts';
import { hanging, padded } from './columns.ts';
import { printable, shortened } from './printable.ts';
import type { Page } from './terminal-page.ts';

/** A server that is wrong everywhere must not push the first failure out of the window. */
const mostShown = 20;

/** Each red case: what was promised, what came, where the document says so, and the command that shows it again. */
export function failures(run: RunRecord, page: Page): string {
  const red = run.cases.filter((record) => ['fail', 'error'].includes(fateOf(record)));
  if (red.length === 0) return '';
  const title = red.every((record) => record.status === 'error') ? 'Could not tell' : 'Failures';
  const shown = page.verbose ? red : red.slice(0, mostShown);
  const rest = red.length - shown.length;
  return [
    page.colours.strong(title),
    ...shown.map((record) => failure(run, record, page)),
    ...(rest === 0 ? [] : [`  ${rest} more; --verbose prints them, and every report has them.`]),
  ].join('\n\n');
}

function failure(run: RunRecord, record: CaseRecord, page: Page): string {
  const { colours, columns } = page;
  const line = (label: string, text: string): string =>
    hanging(`    ${colours.faint(padded(label, 9))} `, printable(text), columns);
  const lines = [
    hanging(`  ${colours.bad(fates[record.status].mark)} `, colours.strong(printable(record.id)), columns),
    line('promised', record.promise),
    line('came', shortened(cameWords(record), 400)),
  ];
  for (const finding of record.findings) lines.push(...findingLines(finding, page, line));
  if (record.error !== undefined) {
    lines.push(
      hanging(`    ${colours.bad('!')} `, printable(`${record.error.code}: ${record.error.message}`), columns),
    );
    if (record.error.hint !== undefined) lines.push(line('hint', record.error.hint));
  }
  const places = new Set([record.at, ...record.findings.map((finding) => finding.at)].map(placeWords));
  for (const place of places) lines.push(line('document', place));
  lines.push(command(againWords(run, record), page));
  if (page.verbose && record.curl !== undefined) lines.push(`    ${printable(record.curl)}`);
  return lines.join('\n');
}

function findingLines(finding: Finding, page: Page, line: (label: string, text: string) => string): readonly string[] {
  const sentence = printable(shortened(`${finding.check}: ${finding.message}`, 600));
  return [
    hanging(`    ${page.colours.bad('×')} `, sentence, page.columns),
    line('expected', shortened(finding.expected, 400)),
    line('actual', shortened(`${finding.actual} (${finding.where})`, 400)),
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
