import type { ExitCode, RunRecord } from '../../model/record.ts';
import { coloursFor } from '../../core/text/colours.ts';
import { padded } from '../../core/text/columns.ts';
import { printable } from '../../core/text/printable.ts';
import { counted } from '../labels.ts';
import { terminalReport, type TerminalOptions } from './terminal.ts';

/** What a run of all operations found. */
interface AllRuns {
  readonly runs: readonly RunRecord[];
  /** Operations that cannot be tested, one line each with the reason. */
  readonly refused: readonly string[];
  readonly exit: ExitCode;
}

/** What a person sees at the end of a run of all operations: a line for each, and in full what is red. */
export function allReport({ runs, refused, exit }: AllRuns, options: TerminalOptions): string {
  const colours = coloursFor(options.colour);
  const red = runs.filter(({ counts }) => counts.fail > 0 || counts.error > 0);
  const details = red.map((run) => terminalReport(run, { ...options, quiet: true }).trimEnd());
  const open = runs.filter((run) => !red.includes(run) && run.outcome.exit !== 0);
  const width = Math.max(9, ...runs.map(({ operation }) => operation.id.length));
  const rows = runs.map((run) => {
    const paint = run.outcome.exit === 0 ? colours.good : run.outcome.exit === 4 ? colours.warn : colours.bad;
    return `${paint(padded(printable(run.operation.id), width))}  ${rowOf(run)}`;
  });
  const sections = [
    ...(options.quiet
      ? []
      : [[`${padded('operation', width)}  proved  pass  fail error  skip  outcome`, ...rows].join('\n')]),
    ...(options.quiet || open.length === 0 ? [] : [open.map(unprovedOf).join('\n')]),
    ...details,
    ...(refused.length === 0 ? [] : [`Not tested:\n${refused.map((line) => `  ${printable(line)}`).join('\n')}`]),
    closing(runs, refused, exit),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

function rowOf({ coverage, counts, outcome }: RunRecord): string {
  const proved = coverage.filter(({ status }) => status === 'proved').length;
  const number = (value: number, width: number): string => String(value).padStart(width);
  const cells = [`${proved}/${coverage.length}`.padStart(6), number(counts.pass, 4), number(counts.fail, 4)];
  return `${cells.join('  ')}  ${number(counts.error, 4)}  ${number(counts.skip, 4)}  ${printable(outcome.because)}`;
}

/** What nothing proved, and what to write and where. */
function unprovedOf({ operation, coverage }: RunRecord): string {
  return coverage
    .filter(({ status }) => status === 'unproved')
    .map(({ response, how }) => printable(`${operation.id} ${response} unproved: ${how}`))
    .join('\n');
}

function closing(runs: readonly RunRecord[], refused: readonly string[], exit: ExitCode): string {
  const responses = runs.flatMap(({ coverage }) => coverage);
  const proved = responses.filter(({ status }) => status === 'proved').length;
  const exempt = responses.filter(({ status }) => status === 'exempt').length;
  const sum = (of: (run: RunRecord) => number): number => runs.reduce((total, run) => total + of(run), 0);
  const share = responses.length === 0 ? 0 : Math.floor((100 * proved) / responses.length);
  const without = refused.length === 0 ? '' : `, ${refused.length} not tested`;
  return [
    `${counted(runs.length, 'operation')}${without}: ${proved} of ${responses.length} declared responses proved (${share} %), ${exempt} exempt`,
    `${counted(
      sum(({ cases }) => cases.length),
      'case',
    )}: ${sum(({ counts }) => counts.pass)} passed, ${sum(({ counts }) => counts.fail)} failed, ${sum(({ counts }) => counts.error)} errors, ${sum(({ counts }) => counts.skip)} skipped`,
    `exit ${exit}`,
  ].join('\n');
}
