import { resolve } from 'node:path';
import type { SpecPlace } from '../../model/document.ts';
import type { CaseRecord, RunRecord } from '../../model/record.ts';
import { causeHeadline, type ShownCause, shownCauses } from '../causes-of-run.ts';
import { reproduceCommand, scriptCommand } from '../reproduce-command.ts';
import { cameWords, findingWords, hazardsFirst, isHazard, placeWords, promisedWords, subjectWords } from '../labels.ts';
import { printable, shortened } from '../../core/text/printable.ts';
import { latestRuns } from '../matrix.ts';
import { type AnnotationProperties, atMostTen, command, isUrl, placed } from './annotation.ts';

interface Options {
  /** The folder of the checkout; a place outside of it, in an installed package or at a URL is said in the text. */
  readonly root: string;
  /** The folder that relative paths of a run begin in; default: `root`. */
  readonly folder?: string;
  /** Where the subject of a run is described, such as a release in sdk.yaml: its failures stand there. */
  readonly placeOf?: (run: RunRecord) => SpecPlace | undefined;
  /** What else of the checkout has to do with a case, or with a run, for a document that is not in it; the best comes first. */
  readonly elsewhere?: (run: RunRecord, record?: CaseRecord) => readonly SpecPlace[];
}

/**
 * Workflow commands that put each cause of failures at the line of the document that promises otherwise, or, where the
 * document is not of this checkout, at a line that is. GitHub shows ten errors and ten warnings of a step, so that the
 * tenth of more says how many there are.
 */
export function githubAnnotations(given: readonly RunRecord[], options: Options): string {
  const runs = latestRuns(given);
  const errors = runs.flatMap((run) => [
    ...run.outcome.problems.map((problem) => {
      const properties = firstPlaced([placeIn(problem), ...elsewhere(options, run)], options);
      return command('error', { ...properties, title: subjectWords(run) }, problem);
    }),
    ...shownCauses(run).map((one) => red(run, one, options)),
  ]);
  const warnings = runs.flatMap((run) => [
    ...run.coverage
      .filter((each) => each.status === 'unproved')
      .map((each) => {
        const title = `${run.operation.id} ${each.response} is unproved against ${subjectWords(run)}`;
        const properties = firstPlaced([each.at, ...elsewhere(options, run)], options);
        return command('warning', { ...properties, title }, each.how);
      }),
    ...hazardsFirst(run.cases).flatMap((record) => {
      if (record.waived === undefined) return [];
      const { reason, issue, expires, place } = record.waived;
      const title = `waived${record.findings.some(isHazard) ? ' hazard' : ''}: ${record.id} (${subjectWords(run)})`;
      const places = [placeIn(place ?? issue), record.at, ...elsewhere(options, run, record)];
      const properties = firstPlaced(places, options);
      return [command('warning', { ...properties, title }, `${reason} (${issue}, until ${expires})`)];
    }),
  ]);
  return [
    ...atMostTen('error', errors, 'see the report of the run'),
    ...atMostTen('warning', warnings, 'see the report of the run'),
  ]
    .map((line) => `${line}\n`)
    .join('');
}

function elsewhere(options: Options, run: RunRecord, record?: CaseRecord): readonly SpecPlace[] {
  return options.elsewhere?.(run, record) ?? [];
}

function red(run: RunRecord, one: ShownCause, options: Options): string {
  const { record, findings, others } = one;
  const [first] = findings;
  const document = first?.at ?? record.at;
  const described = options.placeOf?.(run) ?? document;
  const near = elsewhere(options, run, record);
  // An error says nothing about the document.
  const properties = firstPlaced(record.status === 'error' ? [...near, described] : [described, ...near], options);
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
  const isThere = firstPlaced([described], options).file !== undefined;
  const outside = isThere ? [] : [`document: ${placeWords(document)}`];
  const ids =
    [record.id, ...others.slice(0, 4)].join(', ') + (others.length > 4 ? ` and ${others.length - 4} more` : '');
  const shown = scriptCommand(run, record);
  const script = shown === undefined ? [] : [`script: ${shown}`];
  const text = [...lines, ...outside, `cases: ${ids}`, `reproduce: ${reproduceCommand(run, record)}`, ...script]
    .map(printable)
    .join('\n');
  return command('error', { ...properties, title }, text);
}

/** The first of some places that is in the checkout. */
function firstPlaced(
  places: readonly (SpecPlace | undefined)[],
  { root, folder = root }: Options,
): AnnotationProperties {
  for (const at of places) {
    if (at === undefined) continue;
    const file = isUrl(at.file) ? at.file : resolve(folder, at.file);
    const found = placed({ ...at, file }, root);
    if (found.file !== undefined) return found;
  }
  return {};
}

/** A problem of a waiver begins with the file and the line of the waiver. */
function placeIn(problem: string): SpecPlace | undefined {
  const [, file, line] = /^(\S.*?\.ya?ml):(\d+)\b/.exec(problem) ?? [];
  return file === undefined ? undefined : { file, line: Number(line), pointer: '' };
}
