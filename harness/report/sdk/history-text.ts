import { hanging } from '../../core/text/columns.ts';
import type { RunRecord } from '../../model/record.ts';
import { markdownCode, markdownRow, markdownText } from '../files/markdown-text.ts';
import { counted } from '../labels.ts';
import { heldOf, sdkHistories } from './history.ts';
import { gradesOf } from './matrix.ts';

/** The releases of each SDK in a row, for the README of an SDK. */
export function releasesMarkdown(runs: readonly RunRecord[]): string {
  return sdkHistories(runs)
    .flatMap(({ name, steps }) => [
      `## ${markdownText(name)}`,
      '',
      markdownRow([
        'release',
        'API',
        'declared errors',
        'cases held',
        'hazards',
        'better than the release before',
        'worse',
      ]),
      markdownRow(Array.from({ length: 7 }, () => '---')),
      ...steps.map(({ run, before, better, worse }) =>
        markdownRow([
          markdownText(run.subject.version ?? ''),
          markdownText(run.document.version),
          gradesOf(run)
            .map(({ response, grade }) => `${response} ${markdownCode(grade)}`)
            .join(', '),
          heldWords(run),
          String(run.counts.hazards ?? 0),
          before === undefined ? '' : changesInWords(better, markdownCode),
          before === undefined ? '' : changesInWords(worse, markdownCode),
        ]),
      ),
      '',
    ])
    .join('\n');
}

/** What got better and worse from one release to the next, for a terminal. */
export function releaseSteps(runs: readonly RunRecord[], columns: number): readonly string[] {
  return sdkHistories(runs).flatMap(({ name, steps }) =>
    steps.flatMap(({ run, before, better, worse }) => {
      if (before === undefined) return [];
      const versions = `${name} ${before.subject.version ?? ''} → ${run.subject.version ?? ''}`;
      const held = `${heldWords(before)} → ${heldWords(run)} cases held`;
      const asIs = (text: string): string => text;
      return [
        hanging('', `${versions}: ${held}`, columns),
        hanging('  better: ', changesInWords(better, asIs), columns),
        hanging('  worse:  ', changesInWords(worse, asIs), columns),
      ];
    }),
  );
}

type Colour = 'brightgreen' | 'yellow' | 'orange' | 'red' | 'lightgrey';

/** A badge as the endpoint of shields.io takes it: https://shields.io/badges/endpoint-badge. */
interface Badge {
  readonly schemaVersion: 1;
  readonly label: string;
  readonly message: string;
  readonly color: Colour;
}

/** What the README of an SDK may show of a release. A release that was not judged is grey, never green. */
export function badgeOf(run: RunRecord): Badge {
  const { name, version } = run.subject;
  const { held, of } = heldOf(run);
  const hazards = run.counts.hazards ?? 0;
  const message = of === 0 ? 'not judged' : `${held}/${of}${hazards === 0 ? '' : `, ${counted(hazards, 'hazard')}`}`;
  const label = `contract: ${name}${version === undefined ? '' : ` ${version}`}`;
  return { schemaVersion: 1, label, message, color: colourOf(run, held, of, hazards) };
}

function colourOf(run: RunRecord, held: number, of: number, hazards: number): Colour {
  if (of === 0) return 'lightgrey';
  if (run.outcome.exit === 1) return 'red';
  // An error, an interruption or what nothing proved: it is not known that the rest holds.
  if (run.outcome.exit !== 0) return 'lightgrey';
  if (hazards > 0) return 'orange';
  return held === of ? 'brightgreen' : 'yellow';
}

function heldWords(run: RunRecord): string {
  const { held, of } = heldOf(run);
  return `${held} of ${of}`;
}

function changesInWords(
  changes: readonly { readonly rule: string; readonly cases: readonly string[] }[],
  quoted: (rule: string) => string,
): string {
  return (
    changes.map(({ rule, cases }) => `${quoted(rule)} in ${counted(cases.length, 'case')}`).join(', ') || 'nothing'
  );
}
