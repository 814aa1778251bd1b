import type { SpecPlace } from '../../model/document.ts';
import type { RunRecord } from '../../model/record.ts';
import { causeHeadline, type ShownCause, shownCauses } from '../causes-of-run.ts';
import { reproduceCommand } from '../reproduce-command.ts';
import { cameWords, findingWords, hazardsFirst, isHazard, promisedWords, subjectWords } from '../labels.ts';
import { printable, shortened } from '../../core/printable.ts';
import { latestRuns } from '../matrix.ts';
import { type AnnotationProperties, atMostTen, command, placed } from './annotation.ts';

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
  return [
    ...atMostTen('error', errors, 'see the report of the run'),
    ...atMostTen('warning', warnings, 'see the report of the run'),
  ]
    .map((line) => `${line}\n`)
    .join('');
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

/** A problem of a waiver begins with the file and the line of the waiver. */
function placeIn(problem: string, root: string): AnnotationProperties | undefined {
  const [, file, line] = /^(\S+\.ya?ml):(\d+)\b/.exec(problem) ?? [];
  return file === undefined ? undefined : placed({ file, line: Number(line), pointer: '' }, root);
}
