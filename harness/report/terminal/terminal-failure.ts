import type { CaseRecord, RunRecord } from '../../model/record.ts';
import type { CaseError, Finding } from '../../model/verdict.ts';
import { reproduceWords } from '../reproduce-command.ts';
import { causeHeadline, causesCounted, causeWords, type ShownCause, shownCauses } from '../causes-of-run.ts';
import {
  cameWords,
  counted,
  findingWords,
  outcomeLabelOf,
  outcomeLabels,
  placeWords,
  promisedWords,
} from '../labels.ts';
import { hanging, padded, whole } from '../../core/text/columns.ts';
import { printable, shortened } from '../../core/text/printable.ts';
import type { Page } from './terminal-page.ts';

/** A server that is wrong everywhere must not push the first cause out of the window. */
const mostShown = 20;
const mostNamed = 5;

/** Each cause with the case that shows it: what was promised, what came, where the document says so, and the command that reproduces it. */
export function failures(run: RunRecord, page: Page): string {
  if (page.verbose) return everyFailure(run, page);
  const causes = shownCauses(run);
  if (causes.length === 0) return '';
  const shown = causes.slice(0, mostShown);
  const rest = causes.length - shown.length;
  return [
    page.colours.strong(titleOf(causes.map(({ record }) => record))),
    ...shown.map((cause, number) => causeInFull(run, cause, number + 1, page)),
    ...(rest === 0
      ? []
      : [`  ${counted(rest, 'more cause')}; --verbose prints every case, and every report has them.`]),
  ].join('\n\n');
}

/** The list that ends the report: what has to be corrected, most helpful first. */
export function causeList(run: RunRecord, page: Page): string {
  const causes = shownCauses(run);
  if (causes.length === 0) return '';
  const counts = causes.map(({ cause }) => cause.cases.length);
  const digits = String(Math.max(...counts)).length;
  const nouns = counts.every((count) => count === 1) ? 'case'.length : 'cases'.length;
  const rows = causes.slice(0, mostShown).map((one, number) => {
    const mark = page.colours.bad(outcomeLabels[one.cause.status].mark);
    const [size = '', words = ''] = counted(one.cause.cases.length, 'case').split(' ');
    const label = `${String(number + 1).padStart(3)} ${mark} ${size.padStart(digits)} ${padded(words, nouns)}  `;
    return hanging(label, printable(shortened(causeWords(one), 200)), page.columns);
  });
  const title = page.colours.strong(causesCounted(causes));
  const order = causes.length > 1 ? ', in the order in which corrections help most' : '';
  return [hanging('', `${title}${order}`, page.columns), ...rows].join('\n');
}

function titleOf(records: readonly CaseRecord[]): string {
  return records.every((record) => record.status === 'error') ? 'Errors: the result is unknown' : 'Failures';
}

function causeInFull(run: RunRecord, one: ShownCause, number: number, page: Page): string {
  const { record, findings, others } = one;
  const { colours } = page;
  const line = labelled(page);
  const head = printable(shortened(causeHeadline(one), 400));
  const [first = record.findings[0]] = findings;
  return [
    hanging(`  ${colours.bad(outcomeLabels[record.status].mark)} ${number}. `, colours.strong(head), page.columns),
    line('case', `${record.id} (${record.title.replace(/\.$/, '')})`),
    line('promised', promisedWords(record, first)),
    line('came', shortened(cameWords(record, first), 400)),
    ...differences(record, findings, page),
    ...(others.length > 0 ? [line('also in', othersWords(others))] : []),
    command(reproduceWords(run, record), page),
  ].join('\n');
}

function everyFailure(run: RunRecord, page: Page): string {
  const red = run.cases.filter((record) => ['fail', 'error'].includes(outcomeLabelOf(record)));
  if (red.length === 0) return '';
  const line = labelled(page);
  const blocks = red.map((record) =>
    [
      hanging(
        `  ${page.colours.bad(outcomeLabels[record.status].mark)} `,
        page.colours.strong(printable(record.id)),
        page.columns,
      ),
      line('promised', promisedWords(record)),
      line('came', shortened(cameWords(record), 400)),
      ...differences(record, record.findings, page),
      command(reproduceWords(run, record), page),
      ...(record.curl === undefined ? [] : [`    ${printable(record.curl)}`]),
    ].join('\n'),
  );
  return [page.colours.strong(titleOf(red)), ...blocks].join('\n\n');
}

function labelled({ colours, columns }: Page): (label: string, text: string) => string {
  return (label, text) => hanging(`    ${colours.faint(padded(label, 9))} `, printable(text), columns);
}

/** As {@link labelled}, for a `file:line`. */
function placed({ colours, columns }: Page): (label: string, text: string) => string {
  return (label, text) => hanging(`    ${colours.faint(padded(label, 9))} `, whole(printable(text)), columns);
}

function differences(record: CaseRecord, findings: readonly Finding[], page: Page): readonly string[] {
  return [
    ...findings.flatMap((finding) => findingLines(finding, page)),
    ...(record.error === undefined ? [] : errorLines(record.error, page)),
    ...(record.findings.length === 0 ? [placed(page)('document', placeWords(record.at))] : []),
  ];
}

function errorLines({ code, message, hint }: CaseError, page: Page): readonly string[] {
  return [
    hanging(`    ${page.colours.bad('!')} `, printable(`${code}: ${message}`), page.columns),
    ...(hint === undefined ? [] : [labelled(page)('hint', hint)]),
  ];
}

function findingLines(finding: Finding, page: Page): readonly string[] {
  const line = labelled(page);
  const place = placed(page);
  const sentence = printable(shortened(findingWords(finding), 600));
  return [
    hanging(`    ${page.colours.bad('×')} `, sentence, page.columns),
    line('expected', shortened(finding.expected, 400)),
    line('actual', shortened(`${finding.actual} (${finding.where})`, 400)),
    place('document', placeWords(finding.at)),
    ...(finding.hint === undefined ? [] : [line('hint', finding.hint)]),
  ];
}

function othersWords(others: readonly string[]): string {
  const named = others.slice(0, mostNamed);
  const rest = others.length - named.length;
  return `${named.join(', ')}${rest === 0 ? '' : ` and ${rest} others`}`;
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
