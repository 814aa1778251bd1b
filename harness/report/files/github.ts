import { isAbsolute, relative } from 'node:path';
import type { SpecPlace } from '../../model/document.ts';
import type { RunRecord } from '../../model/record.ts';
import { causeHeadline, type ShownCause, shownCauses } from '../causes-of-run.ts';
import { reproduceCommand } from '../reproduce-command.ts';
import { cameWords, findingWords, hazardsFirst, isHazard, promisedWords, subjectWords } from '../labels.ts';
import { printable, shortened } from '../../core/printable.ts';
import { withoutWorkflowCommands } from '../../core/workflow-commands.ts';
import { latestRuns } from '../matrix.ts';

/**
 * Workflow commands that put each cause of failures at the line of the document that promises otherwise. GitHub shows ten errors
 * and ten warnings of a step, so that the tenth of more says how many there are.
 *
 * `root`: the folder of the checkout; a place outside of it, or at a URL, is said in the text.
 */
export function githubAnnotations(
  given: readonly RunRecord[],
  options: {
    readonly root: string;
    /** Where the subject of a run is described, such as a release in sdk.yaml: its failures stand there. */
    readonly placeOf?: (run: RunRecord) => SpecPlace | undefined;
  },
): string {
  const runs = latestRuns(given);
  const errors = runs.flatMap((run) => [
    ...run.outcome.problems.map((problem) =>
      command('error', { ...placeIn(problem, options.root), title: subjectWords(run) }, problem),
    ),
    ...shownCauses(run).map((one) => red({ run, one, root: options.root, described: options.placeOf?.(run) })),
  ]);
  const warnings = runs.flatMap((run) => [
    ...run.coverage
      .filter((each) => each.status === 'unproved')
      .map((each) => {
        const title = `${run.operation.id} ${each.response} is unproved against ${subjectWords(run)}`;
        return command('warning', { ...placed(each.at, options.root), title }, each.how);
      }),
    ...hazardsFirst(run.cases).flatMap((record) => {
      if (record.waived === undefined) return [];
      const { reason, issue, expires } = record.waived;
      const title = `waived${record.findings.some(isHazard) ? ' hazard' : ''}: ${record.id} (${subjectWords(run)})`;
      const waiverPlace = options.placeOf === undefined ? undefined : placeIn(issue, options.root);
      return [
        command(
          'warning',
          { ...(waiverPlace ?? placed(record.at, options.root)), title },
          `${reason} (${issue}, until ${expires})`,
        ),
      ];
    }),
  ]);
  return [...atMostTen('error', errors), ...atMostTen('warning', warnings)].map((line) => `${line}\n`).join('');
}

function atMostTen(level: 'error' | 'warning', lines: readonly string[]): readonly string[] {
  if (lines.length <= 10) return lines;
  return [...lines.slice(0, 9), command(level, {}, `${lines.length - 9} more; see the report of the run`)];
}

function red(options: {
  readonly run: RunRecord;
  readonly one: ShownCause;
  readonly root: string;
  readonly described: SpecPlace | undefined;
}): string {
  const { run, one, root, described } = options;
  const { record, findings, others } = one;
  const [first] = findings;
  const at = described ?? first?.at ?? record.at;
  const title = `${shortened(causeHeadline(one), 200)} (${subjectWords(run)})`;
  const lines =
    record.error === undefined || record.findings.length > 0
      ? [
          ...findings.map((finding) =>
            shortened(`${findingWords(finding)}; expected ${finding.expected}, came ${finding.actual}`, 500),
          ),
          ...(record.error === undefined ? [] : [`${record.error.code}: ${record.error.message}`]),
          `promised: ${promisedWords(record, first)}`,
          `came: ${shortened(cameWords(record, first), 500)}`,
        ]
      : [
          `${record.error.code}: ${record.error.message}`,
          ...(record.error.hint === undefined ? [] : [record.error.hint]),
        ];
  const outside = placed(at, root).file === undefined ? [`document: ${at.file}:${at.line}`] : [];
  const ids =
    [record.id, ...others.slice(0, 4)].join(', ') + (others.length > 4 ? ` and ${others.length - 4} more` : '');
  const text = [...lines, ...outside, `cases: ${ids}`, `reproduce: ${reproduceCommand(run, record)}`]
    .map(printable)
    .join('\n');
  return command('error', { ...placed(at, root), title }, text);
}

interface Properties {
  readonly file?: string;
  readonly line?: string;
  readonly title?: string;
}

function placed(at: SpecPlace, root: string): Properties {
  if (/^[a-z][a-z\d+.-]+:\/\//i.test(at.file)) return {};
  const file = (isAbsolute(at.file) ? relative(root, at.file) : at.file).replaceAll('\\', '/').replace(/^\.\//, '');
  if (file === '' || file.startsWith('../')) return {};
  return at.line > 0 ? { file, line: String(at.line) } : { file };
}

/** A problem of a waiver begins with the file and the line of the waiver. */
function placeIn(problem: string, root: string): Properties | undefined {
  const [, file, line] = /^(\S+\.ya?ml):(\d+)\b/.exec(problem) ?? [];
  return file === undefined ? undefined : placed({ file, line: Number(line), pointer: '' }, root);
}

function command(level: 'error' | 'warning', properties: Properties, text: string): string {
  const written = Object.entries(properties).map(
    ([name, value]: [string, string]) => `${name}=${property(printable(value))}`,
  );
  const message = data(text.split('\n').map(printable).join('\n'));
  return `::${level}${written.length === 0 ? '' : ` ${written.join(',')}`}::${message}`;
}

/** The escapes of workflow commands: a line break would begin a command of its own, and `##[` is one anywhere. */
function data(text: string): string {
  return withoutWorkflowCommands(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
