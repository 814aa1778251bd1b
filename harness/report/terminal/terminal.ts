import type { RunRecord } from '../../model/record.ts';
import type { Coverage } from '../../model/verdict.ts';
import { caseGroups } from '../case-groups.ts';
import {
  countsWords,
  coverageMarks,
  isHazard,
  outcomeLabelOf,
  outcomeLabels,
  milliseconds,
  placeWords,
  subjectWords,
  throttledWords,
} from '../labels.ts';
import { coloursFor } from '../../core/text/colours.ts';
import { hanging, padded, whole } from '../../core/text/columns.ts';
import { groupBy } from '../../core/group-by.ts';
import { printable, shortened } from '../../core/text/printable.ts';
import { coveragePaint, outcomePaint, type Page, reportsLine } from './terminal-page.ts';
import { causeList, failures } from './terminal-failure.ts';

/** How {@link terminalReport} writes. */
export interface TerminalOptions {
  /** The width of the terminal, in columns. */
  readonly columns: number;
  /** Whether ANSI colours are used. */
  readonly colour: boolean;
  /** Every case, all advice in full, curl lines. */
  readonly verbose: boolean;
  /** Only what is red, and the closing line. */
  readonly quiet: boolean;
  /** The folder that the reports were written to. */
  readonly reports?: string;
}

/** The report of one run as text for a terminal: outcome, causes, matrix of responses, how to see a failure again. */
export function terminalReport(run: RunRecord, options: TerminalOptions): string {
  const page: Page = {
    columns: Math.max(40, options.columns),
    verbose: options.verbose,
    colours: coloursFor(options.colour),
  };
  const sections = options.quiet
    ? [failures(run, page), problems(run, page), causeList(run, page), closing(run, page, options.reports)]
    : [
        heading(run, page),
        declared(run, page),
        groups(run, page),
        options.verbose ? everyCase(run, page) : '',
        waived(run, page),
        skips(run, page),
        advice(run, page),
        failures(run, page),
        problems(run, page),
        causeList(run, page),
        closing(run, page, options.reports),
      ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function heading(run: RunRecord, page: Page): string {
  const { operation, document } = run;
  const first = `${operation.id} (${operation.method} ${operation.path}) against ${subjectWords(run)}`;
  const second = `${printable(`${document.title} ${document.version}`)}, ${whole(printable(document.source))}`;
  return [
    hanging('', page.colours.strong(printable(first)), page.columns),
    hanging('', page.colours.faint(second), page.columns),
  ].join('\n');
}

function declared(run: RunRecord, page: Page): string {
  if (run.coverage.length === 0) return '';
  const proved = run.coverage.filter((each) => each.status === 'proved').length;
  const keys = Math.max(3, ...run.coverage.map((each) => printable(each.response).length));
  const row = (each: Coverage): string => {
    const paint = coveragePaint(each.status, page.colours);
    const key = padded(printable(each.response), keys);
    return hanging(
      `  ${paint(coverageMarks[each.status])} ${key}  ${paint(padded(each.status, 8))}  `,
      printable(each.how),
      page.columns,
    );
  };
  const title = page.colours.strong('Declared responses');
  return [`${title}  ${proved} of ${run.coverage.length} proved`, ...run.coverage.map(row)].join('\n');
}

function groups(run: RunRecord, page: Page): string {
  const rows = caseGroups(run);
  if (rows.length === 0) return '';
  const names = Math.max(...rows.map((group) => group.name.length));
  const title = run.subject.kind === 'sdk' ? 'SDK cases' : 'Probes';
  const lines = rows.map((group) => {
    const others = group.others.map(({ outcome, count }) =>
      outcomePaint(outcome, page.colours)(`  ${count} ${outcomeLabels[outcome].word}`),
    );
    const mark = outcomePaint(group.worst, page.colours)(outcomeLabels[group.worst].mark);
    const numbers = `${group.passed} of ${group.cases.length}${others.join('')}`;
    return hanging(`  ${mark} ${padded(group.name, names)}  `, numbers, page.columns);
  });
  return [page.colours.strong(title), ...lines].join('\n');
}

function everyCase(run: RunRecord, page: Page): string {
  const rows = run.cases.map((record) => {
    const outcome = outcomeLabelOf(record);
    const mark = outcomePaint(outcome, page.colours)(outcomeLabels[outcome].mark);
    return hanging(
      `  ${mark} `,
      `${printable(record.id)} ${page.colours.faint(milliseconds(record.ms))}`,
      page.columns,
    );
  });
  return [page.colours.strong('Cases'), ...rows].join('\n');
}

function waived(run: RunRecord, page: Page): string {
  const rows = run.cases.flatMap((record) => {
    if (outcomeLabelOf(record) !== 'waived' || record.waived === undefined) return [];
    const { reason, issue, expires } = record.waived;
    const why = page.colours.faint(printable(`${reason} (${issue}, until ${expires})`));
    const mark = page.colours.warn(outcomeLabels.waived.mark);
    const hazard = record.findings.some(isHazard) ? 'hazard: ' : '';
    return [
      hanging(`  ${mark} `, printable(`${hazard}${record.id}`), page.columns),
      hanging('    ', why, page.columns),
    ];
  });
  return rows.length === 0 ? '' : [page.colours.strong('Waived: known failures'), ...rows].join('\n');
}

function skips(run: RunRecord, page: Page): string {
  const skipped = run.cases.filter((record) => record.status === 'skip');
  if (skipped.length === 0) return '';
  const rows = [...groupBy(skipped, (record) => record.reason ?? 'no reason given')].map(([reason, records]) =>
    hanging(`  ${outcomeLabels.skip.mark} ${String(records.length).padStart(3)} ×  `, printable(reason), page.columns),
  );
  return [page.colours.strong('Skipped'), ...rows].join('\n');
}

function advice(run: RunRecord, page: Page): string {
  const found = run.cases.flatMap((record) => record.advice.map((finding) => ({ id: record.id, finding })));
  if (found.length === 0) return '';
  const rows = [...groupBy(found, ({ finding }) => `${finding.check}: ${finding.message}`)].map(([text, same]) => {
    const ids = same.map(({ id }) => id);
    const shown = page.verbose
      ? ids.join(', ')
      : `${ids[0] ?? ''}${ids.length > 1 ? ` and ${ids.length - 1} more` : ''}`;
    const [place, ...others] = new Set(same.map(({ finding }) => placeWords(finding.at)));
    return [
      hanging('  * ', printable(shortened(text, 300)), page.columns),
      ...(place === undefined || others.length > 0
        ? []
        : [hanging('    ', page.colours.faint(whole(place)), page.columns)]),
      hanging('    ', page.colours.faint(printable(shown)), page.columns),
    ].join('\n');
  });
  const strictly = run.strict ? 'red, because this run is strict' : 'does not fail the run';
  return [`${page.colours.strong('Advice')}  ${strictly}`, ...rows].join('\n');
}

function problems(run: RunRecord, page: Page): string {
  if (run.outcome.problems.length === 0) return '';
  const rows = run.outcome.problems.map((problem) =>
    hanging(`  ${page.colours.bad('!')} `, printable(problem), page.columns),
  );
  return [page.colours.strong('Problems of the run'), ...rows].join('\n');
}

function closing(run: RunRecord, page: Page, reports: string | undefined): string {
  const { counts, outcome } = run;
  const paint = outcome.exit === 0 ? page.colours.good : page.colours.bad;
  const lines = [
    hanging('', paint(countsWords(counts)), page.columns),
    hanging('', paint(printable(`exit ${outcome.exit}: ${outcome.because}`)), page.columns),
    hanging('', page.colours.faint(`seed ${run.seed}, ${milliseconds(run.ms)}`), page.columns),
  ];
  const throttled = throttledWords(run);
  if (throttled !== undefined) lines.splice(1, 0, hanging('', page.colours.warn(throttled), page.columns));
  if (reports !== undefined) lines.push(reportsLine(reports, page));
  return lines.join('\n');
}
