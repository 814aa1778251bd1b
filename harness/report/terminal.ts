import type { CaseRecord, Coverage, CoverageStatus, Finding, RunRecord } from '../model.ts';
import { againWords } from './again.ts';
import { cameWords, counted, fateOf, fates, groupOf, milliseconds, placeWords, subjectWords } from './case-words.ts';
import type { CaseFate } from './case-words.ts';
import { coloursFor, type Colours, type Paint } from './colour.ts';
import { hanging, padded } from './columns.ts';
import { grouped } from './grouped.ts';
import { printable, shortened } from './printable.ts';

export interface TerminalOptions {
  readonly columns: number;
  readonly colour: boolean;
  /** Every case, all advice in full, curl lines. */
  readonly verbose: boolean;
  /** Only what is red, and the closing line. */
  readonly quiet: boolean;
  /** The folder that the reports were written to. */
  readonly reports?: string;
}

interface Page {
  readonly columns: number;
  readonly verbose: boolean;
  readonly colours: Colours;
}

/** What a person sees at the end of a run. */
export function terminalReport(run: RunRecord, options: TerminalOptions): string {
  const page: Page = {
    columns: Math.max(40, options.columns),
    verbose: options.verbose,
    colours: coloursFor(options.colour),
  };
  const sections = options.quiet
    ? [problems(run, page), failures(run, page), closing(run, page, options.reports)]
    : [
        heading(run, page),
        declared(run, page),
        groups(run, page),
        options.verbose ? everyCase(run, page) : '',
        waived(run, page),
        skips(run, page),
        advice(run, page),
        problems(run, page),
        failures(run, page),
        closing(run, page, options.reports),
      ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function heading(run: RunRecord, page: Page): string {
  const { operation, document } = run;
  const first = `${operation.id} (${operation.method} ${operation.path}) against ${subjectWords(run)}`;
  const second = `${document.title} ${document.version}, ${document.source}`;
  return [
    hanging('', page.colours.strong(printable(first)), page.columns),
    hanging('', page.colours.faint(printable(second)), page.columns),
  ].join('\n');
}

const coverageMarks: Readonly<Record<CoverageStatus, string>> = {
  proved: fates.pass.mark,
  violated: fates.fail.mark,
  unproved: '?',
  exempt: fates.skip.mark,
  waived: fates.waived.mark,
};

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

function coveragePaint(status: CoverageStatus, colours: Colours): Paint {
  switch (status) {
    case 'proved':
      return colours.good;
    case 'violated':
      return colours.bad;
    case 'unproved':
    case 'waived':
      return colours.warn;
    case 'exempt':
      return colours.faint;
    default:
      return status satisfies never;
  }
}

function fatePaint(fate: CaseFate, colours: Colours): Paint {
  switch (fate) {
    case 'pass':
      return colours.good;
    case 'fail':
    case 'error':
      return colours.bad;
    case 'waived':
      return colours.warn;
    case 'skip':
      return colours.faint;
    default:
      return fate satisfies never;
  }
}

function groups(run: RunRecord, page: Page): string {
  const others = run.cases.filter((record) => record.kind !== 'declared');
  if (others.length === 0) return '';
  const byGroup = grouped(others, (record) => groupOf(run, record));
  const names = Math.max(...[...byGroup.keys()].map((name) => name.length));
  const rows = [...byGroup].map(([name, records]) => {
    const numbers = grouped(records, fateOf);
    const passed = numbers.get('pass')?.length ?? 0;
    const rest = (['fail', 'error', 'waived', 'skip'] as const)
      .flatMap((fate) => {
        const number = numbers.get(fate)?.length ?? 0;
        return number === 0 ? [] : [fatePaint(fate, page.colours)(`${number} ${fates[fate].word}`)];
      })
      .join(', ');
    const mark = worst(numbers);
    const label = `  ${fatePaint(mark, page.colours)(fates[mark].mark)} ${padded(name, names)}  `;
    return hanging(label, `${passed} of ${records.length}${rest === '' ? '' : `  ${rest}`}`, page.columns);
  });
  const title = run.subject.kind === 'sdk' ? 'SDK cases' : 'Probes';
  return [page.colours.strong(title), ...rows].join('\n');
}

function worst(numbers: ReadonlyMap<CaseFate, unknown>): CaseFate {
  return (['fail', 'error', 'waived', 'skip'] as const).find((fate) => numbers.has(fate)) ?? 'pass';
}

function everyCase(run: RunRecord, page: Page): string {
  const rows = run.cases.map((record) => {
    const fate = fateOf(record);
    const mark = fatePaint(fate, page.colours)(fates[fate].mark);
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
    if (fateOf(record) !== 'waived' || record.waived === undefined) return [];
    const { reason, issue, expires } = record.waived;
    const why = page.colours.faint(printable(`${reason} (${issue}, until ${expires})`));
    const mark = page.colours.warn(fates.waived.mark);
    return [hanging(`  ${mark} `, printable(record.id), page.columns), hanging('    ', why, page.columns)];
  });
  return rows.length === 0 ? '' : [page.colours.strong('Waived: known failures'), ...rows].join('\n');
}

function skips(run: RunRecord, page: Page): string {
  const skipped = run.cases.filter((record) => record.status === 'skip');
  if (skipped.length === 0) return '';
  const rows = [...grouped(skipped, (record) => record.reason ?? 'no reason given')].map(([reason, records]) =>
    hanging(`  ${fates.skip.mark} ${String(records.length).padStart(3)} ×  `, printable(reason), page.columns),
  );
  return [page.colours.strong('Skipped'), ...rows].join('\n');
}

function advice(run: RunRecord, page: Page): string {
  const found = run.cases.flatMap((record) => record.advice.map((finding) => ({ id: record.id, finding })));
  if (found.length === 0) return '';
  const rows = [...grouped(found, ({ finding }) => `${finding.check}: ${finding.message}`)].map(([text, alike]) => {
    const ids = alike.map(({ id }) => id);
    const shown = page.verbose
      ? ids.join(', ')
      : `${ids[0] ?? ''}${ids.length > 1 ? ` and ${ids.length - 1} more` : ''}`;
    return [
      hanging('  * ', printable(shortened(text, 300)), page.columns),
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

function failures(run: RunRecord, page: Page): string {
  const red = run.cases.filter((record) => ['fail', 'error'].includes(fateOf(record)));
  if (red.length === 0) return '';
  const title = red.every((record) => record.status === 'error') ? 'Could not tell' : 'Failures';
  return [page.colours.strong(title), ...red.map((record) => failure(run, record, page))].join('\n\n');
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
  if (page.verbose && record.curl !== undefined) lines.push(`    ${record.curl}`);
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

function closing(run: RunRecord, page: Page, reports: string | undefined): string {
  const { counts, outcome } = run;
  const parts = [
    counted(counts.cases, 'case'),
    `${counts.pass} passed`,
    `${counts.fail} failed`,
    ...(counts.error > 0 ? [counted(counts.error, 'error')] : []),
    ...(counts.waived > 0 ? [`${counts.waived} waived`] : []),
    ...(counts.skip > 0 ? [`${counts.skip} skipped`] : []),
    ...(counts.advice > 0 ? [`${counts.advice} advice`] : []),
  ];
  const paint = outcome.exit === 0 ? page.colours.good : page.colours.bad;
  const lines = [
    hanging('', paint(parts.join(', ')), page.columns),
    hanging('', paint(printable(`exit ${outcome.exit}: ${outcome.because}`)), page.columns),
    hanging('', page.colours.faint(`seed ${run.seed}, ${milliseconds(run.ms)}`), page.columns),
  ];
  if (reports !== undefined) lines.push(hanging('', `reports in ${printable(reports)}`, page.columns));
  return lines.join('\n');
}
