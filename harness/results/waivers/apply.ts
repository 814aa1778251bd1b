import type { CaseRecord } from '../../model/record.ts';
import { covers, mostCases, type Waiver } from './waiver.ts';

interface Waived {
  readonly cases: readonly CaseRecord[];
  /** What is wrong with the waivers themselves; each turns the run red. */
  readonly problems: readonly string[];
}

/**
 * Mark the failures that waivers cover: a case is waived when every finding of it is. An error is never waived.
 * A waiver that is expired, matches nothing, matches too much, overlaps another or covers what passes is a problem.
 */
export function applyWaivers(options: {
  readonly cases: readonly CaseRecord[];
  readonly waivers: readonly Waiver[];
  /** The ids of all cases of the operation, selected or not. */
  readonly known: readonly string[];
  /** `2026-11-23`. */
  readonly today: string;
}): Waived {
  const { cases, waivers, known, today } = options;
  const alive = waivers.filter((waiver) => waiver.expires >= today);
  return {
    cases: cases.map((one) => withWaiver(one, alive)),
    problems: [
      ...waivers.flatMap((waiver) => problemsOf(waiver, { cases, known, today })),
      ...overlaps(waivers, known),
    ],
  };
}

function withWaiver(one: CaseRecord, waivers: readonly Waiver[]): CaseRecord {
  if (one.status !== 'fail') return one;
  const mine = waivers.filter((waiver) => covers(waiver, one.id));
  const covering = one.findings.map((finding) => mine.find((waiver) => waiver.check === finding.check));
  const first = covering[0];
  if (first === undefined || covering.includes(undefined)) return one;
  return { ...one, waived: { reason: first.reason, issue: first.issue, expires: first.expires } };
}

function problemsOf(
  waiver: Waiver,
  {
    cases,
    known,
    today,
  }: { readonly cases: readonly CaseRecord[]; readonly known: readonly string[]; readonly today: string },
): readonly string[] {
  const say = (what: string): readonly string[] => [
    `${waiver.place}: the waiver of ${waiver.check} in ${waiver.case} ${what}`,
  ];
  if (waiver.expires < today) return say(`expired on ${waiver.expires}: mend the failure, or renew it with a reason`);
  const matching = known.filter((id) => covers(waiver, id));
  if (matching.length === 0) return say('matches no case: remove it, or correct the id (pinecone-contract cases)');
  if (matching.length > mostCases) return say(`matches ${matching.length} cases, more than ${mostCases}: name them`);
  const told = cases.filter((one) => covers(waiver, one.id) && (one.status === 'pass' || one.status === 'fail'));
  const needed = told.some((one) => one.findings.some((finding) => finding.check === waiver.check));
  if (told.length > 0 && !needed) return say(`is no longer needed: ${told[0]?.id ?? ''} passes that check; remove it`);
  return [];
}

function overlaps(waivers: readonly Waiver[], known: readonly string[]): readonly string[] {
  return waivers.flatMap((waiver, place) =>
    waivers.slice(0, place).flatMap((earlier) => {
      const both = known.find((id) => covers(waiver, id) && covers(earlier, id));
      if (both === undefined || waiver.check !== earlier.check) return [];
      return [`${waiver.place}: overlaps ${earlier.place}: both waive ${waiver.check} in ${both}; keep one`];
    }),
  );
}
