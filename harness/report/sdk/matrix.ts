import type { CaseRecord, RunRecord } from '../../model/record.ts';
import type { Finding } from '../../model/verdict.ts';
import { padded, widthOf } from '../../core/text/columns.ts';
import { groupBy } from '../../core/group-by.ts';
import { shortened } from '../../core/text/printable.ts';
import { shellWord } from '../../core/text/shell-quote.ts';
import { reproduceCommand, scriptCommand } from '../reproduce-command.ts';
import { findingWords, isHazard } from '../labels.ts';
import { gradeOf, isLevel } from './grade.ts';

const legend = [
  'declared errors: 1 an error is raised, 2 of the own type of the SDK, 3 with the status, 4 with the code, 5 with the message; - where not, · where the document declares none',
  'others: cases that held / cases that ran; ✓ held, ✗ broke a rule, w known failure, ! could not be judged, · did not run; ▲ a hazard: the user is led to believe what is not so',
];

/** SDK release × group of cases, for a terminal. */
export function sdkTable(runs: readonly RunRecord[]): string {
  const rows = [headOf(runs), ...runs.map(rowOf)];
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ''))));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => padded(cell, widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [...lines, '', ...legend].join('\n');
}

/** SDK release × case, for Markdown. */
export function sdkMarkdown(runs: readonly RunRecord[]): string {
  const ids = [...new Set(runs.flatMap(({ cases }) => cases.map(({ id }) => id)))];
  const lookup = runs.map(({ cases }) => new Map(cases.map((record) => [record.id, record])));
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line(['', ...runs.map((run) => `${nameOf(run)} (API ${run.document.version})`)]),
    line(['---', ...runs.map(() => '---')]),
    ...ids.map((id) => line([`\`${id}\``, ...lookup.map((records) => cellOf(records.get(id)))])),
    '',
    ...legend.map((sentence) => `${sentence}.  `),
    '',
  ].join('\n');
}

/** What broke a rule unexpectedly or could not be judged; the same problem in many cases is shown once. */
export function sdkComplaints(run: RunRecord): readonly string[] {
  const broken = run.cases
    .filter(({ status, waived }) => status === 'fail' && waived === undefined)
    .map((record) => [`✗ ${record.id}`, ...record.findings.map(inFull), ...againLines(run, record)].join('\n'));
  const errored = run.cases.filter(({ status }) => status === 'error');
  const errors = [...groupBy(errored, ({ error }) => error?.message ?? 'could not be judged')].map(
    ([message, [first, ...others]]) =>
      `! ${first?.id ?? ''}${others.length === 0 ? '' : ` and ${others.length} more`}: ${message}`,
  );
  return [...broken, ...errors, ...run.outcome.problems.map((problem) => `✗ ${problem}`)];
}

function inFull(finding: Finding): string {
  return `    ${findingWords(finding)}\n    expected ${finding.expected}\n    actual   ${finding.actual}`;
}

/** How to see it again: the artefact or release with the case, what was started, and the script of the server. */
function againLines(run: RunRecord, record: CaseRecord): readonly string[] {
  const script = scriptCommand(run, record);
  return [
    `    again    ${reproduceCommand(run, record)}`,
    ...(record.driver === undefined ? [] : [`    driver   ${record.driver.command.map(shellWord).join(' ')}`]),
    ...(script === undefined ? [] : [`    script   ${script}`]),
  ];
}

function headOf(runs: readonly RunRecord[]): readonly string[] {
  return ['release', 'API', ...declaredIn(runs), ...groups, 'hazards', 'waived', 'time', 'outcome'];
}

const groups = ['id', 'reply', 'retry', 'client'] as const;

function declaredIn(runs: readonly RunRecord[]): readonly string[] {
  return [...new Set(runs.flatMap(({ cases }) => cases.map(({ response }) => response)))].filter(
    (key) => key !== undefined,
  );
}

function rowOf(run: RunRecord, _: number, runs: readonly RunRecord[]): readonly string[] {
  const declared = declaredIn(runs).map((key) => {
    const mine = run.cases.filter(({ response }) => response === key);
    return mine.length === 0 ? '' : mine.map(cellOf).join(' ');
  });
  const ran = run.counts.cases > run.counts.skip;
  return [
    nameOf(run),
    run.document.version,
    ...declared,
    ...groups.map((group) => tallyOf(run, group)),
    ran ? String(run.counts.hazards ?? 0) : '',
    ran ? String(run.counts.waived) : '',
    ran ? `${Math.round(run.ms / 1000)} s` : '',
    ran ? outcomeWord(run) : `skip: ${shortened(run.cases[0]?.reason ?? 'did not run', 70)}`,
  ];
}

function outcomeWord({ outcome: { exit } }: RunRecord): string {
  switch (exit) {
    case 0:
      return 'ok';
    case 1:
      return 'FAILED';
    case 4:
      return 'unproved';
    case 2:
    case 3:
    case 130:
      return 'ERROR';
    default:
      return exit satisfies never;
  }
}

function nameOf({ subject }: RunRecord): string {
  return subject.version === undefined ? subject.name : `${subject.name} ${subject.version}`;
}

function tallyOf(run: RunRecord, group: string): string {
  const mine = run.cases.filter(({ id }) => id.split('/')[2] === group);
  if (mine.length === 0) return '';
  const ran = mine.filter(({ status }) => status !== 'skip');
  if (ran.length === 0) return '·';
  return `${ran.filter(({ status }) => status === 'pass').length}/${ran.length}`;
}

function cellOf(record: CaseRecord | undefined): string {
  if (record === undefined) return '';
  if (record.status === 'skip') return '·';
  if (record.status === 'error') return '!';
  const graded = record.response !== undefined && Number(record.response) >= 400;
  if (graded) return gradeCell(record);
  if (record.status === 'pass') return '✓';
  return `${record.waived === undefined ? '✗' : 'w'}${hazardMark(record)}`;
}

function hazardMark({ findings }: CaseRecord): string {
  return findings.some(isHazard) ? '▲' : '';
}

/** What a user sees of each declared error, by its status. */
export function gradesOf(run: RunRecord): readonly { readonly response: string; readonly grade: string }[] {
  return run.cases.flatMap((record) =>
    record.response !== undefined && Number(record.response) >= 400
      ? [{ response: record.response, grade: cellOf(record) }]
      : [],
  );
}

/** `123-5`; a cross behind it where more is wrong than what the levels say. */
function gradeCell(record: CaseRecord): string {
  const broken = new Set(record.findings.map(({ check }) => check));
  const grade = gradeOf((rule) => broken.has(rule), typeof record.example !== 'string');
  const others = [...broken].some((rule) => !isLevel(rule));
  if (!others) return grade;
  return `${grade}${record.waived === undefined ? '✗' : 'w'}${hazardMark(record)}`;
}
