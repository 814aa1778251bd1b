import { globMatcher } from '../../cases/select.ts';
import type { CaseRecord } from '../../model/record.ts';
import type { Finding } from '../../model/verdict.ts';
import type { Waiver } from './waiver.ts';

/** A glob that matches more than this is no list of known failures but a switch. */
const mostCases = 20;

interface Waived {
  readonly cases: readonly CaseRecord[];
  /** What is wrong with the waivers themselves; each turns the run red. */
  readonly problems: readonly string[];
}

/** A waiver and the ids of all cases that it is about. */
interface Matched {
  readonly waiver: Waiver;
  readonly ids: ReadonlySet<string>;
}

/**
 * Mark the failures that waivers cover: a case is waived when every finding of it is. An error is never waived.
 * A waiver that is expired, matches nothing, matches too much, overlaps another or covers what passes is a problem.
 * The same rules hold for servers and for SDKs.
 */
export function applyWaivers(options: {
  readonly cases: readonly CaseRecord[];
  readonly waivers: readonly Waiver[];
  /** The ids of all cases, selected or not. */
  readonly known: readonly string[];
  /** `2026-11-23`. */
  readonly today: string;
}): Waived {
  const { cases, waivers, known, today } = options;
  const matched = waivers.map((waiver) => matchedBy(waiver, known));
  const byCase = validByCase(matched, today);
  const judged = new Map(
    cases.filter(({ status }) => status === 'pass' || status === 'fail').map((one) => [one.id, one] as const),
  );
  return {
    cases: cases.map((one) => withWaiver(one, byCase.get(one.id) ?? [])),
    problems: [...matched.flatMap((each) => problemsOf(each, judged, today)), ...overlaps(matched)],
  };
}

/** What is known of a case when it has ended. */
type Judged = Pick<CaseRecord, 'id' | 'status' | 'findings' | 'error'>;

/** Whether the failure of a case is waived, while the run still goes on: by the rules of {@link applyWaivers}. */
export function waivedIn(options: Omit<Parameters<typeof applyWaivers>[0], 'cases'>): (one: Judged) => boolean {
  const { waivers, known, today } = options;
  if (waivers.length === 0) return () => false;
  const matched = waivers.map((waiver) => matchedBy(waiver, known));
  const byCase = validByCase(matched, today);
  return (one) => one.error === undefined && coveredBy(one, byCase.get(one.id) ?? []) !== undefined;
}

/** The waivers of each case that have not expired. */
function validByCase(matched: readonly Matched[], today: string): ReadonlyMap<string, readonly Waiver[]> {
  const byCase = new Map<string, Waiver[]>();
  for (const { waiver, ids } of matched.filter(({ waiver: { expires } }) => expires >= today)) {
    for (const id of ids) byCase.set(id, [...(byCase.get(id) ?? []), waiver]);
  }
  return byCase;
}

function matchedBy(waiver: Waiver, known: readonly string[]): Matched {
  const matches = globMatcher(waiver.case);
  return { waiver, ids: new Set(known.filter((id) => matches(id))) };
}

function waives({ check, actual }: Waiver, finding: Finding): boolean {
  return check === finding.check && (actual === undefined || finding.actual.startsWith(actual));
}

/** The waivers that cover every finding of a failed case; undefined where one finding is left. */
function coveredBy(one: Judged, waivers: readonly Waiver[]): readonly Waiver[] | undefined {
  if (one.status !== 'fail' || waivers.length === 0) return undefined;
  const covering = one.findings.map((finding) => waivers.find((waiver) => waives(waiver, finding)));
  const found = [...new Set(covering.filter((waiver) => waiver !== undefined))];
  return found.length === 0 || covering.includes(undefined) ? undefined : found;
}

function withWaiver(one: CaseRecord, waivers: readonly Waiver[]): CaseRecord {
  const found = coveredBy(one, waivers);
  if (found === undefined) return one;
  // What is beside the known failure is unknown.
  if (one.error !== undefined) return { ...one, status: 'error' };
  const joined = (texts: readonly string[]): string => [...new Set(texts)].join(' ');
  return {
    ...one,
    waived: {
      reason: joined(found.map(({ reason }) => reason)),
      issue: joined(found.map(({ issue }) => issue)),
      expires: found.map(({ expires }) => expires).sort()[0] ?? '',
      ...(found[0] === undefined ? {} : { place: found[0].place }),
    },
  };
}

function problemsOf(
  { waiver, ids }: Matched,
  judged: ReadonlyMap<string, CaseRecord>,
  today: string,
): readonly string[] {
  const say = (what: string): readonly string[] => [
    `${waiver.place}: the waiver of ${waiver.check} in ${waiver.case} ${what}`,
  ];
  if (waiver.expires < today) {
    return say(`expired on ${waiver.expires}: fix the failure, or extend the waiver and say why`);
  }
  if (ids.size === 0) return say('matches no case: remove it, or correct the id (pinecone-contract cases)');
  if (ids.size > mostCases) return say(`matches ${ids.size} cases, more than ${mostCases}: name the cases`);
  if (waiver.intermittent === true) return [];
  const passing = [...ids].filter((id) => {
    const one = judged.get(id);
    return (
      (one?.status === 'pass' || one?.status === 'fail') && !one.findings.some((finding) => waives(waiver, finding))
    );
  });
  if (passing.length === 0) return [];
  const more = passing.length > 1 ? ` and ${passing.length - 1} more` : '';
  const rest = passing.length === ids.size ? 'remove it' : 'name only the cases that fail';
  return say(`is no longer needed for ${passing[0] ?? ''}${more}, where that check passes: ${rest}`);
}

/** Two waivers that would cover the same finding: one of them would hide that the other is out of date. */
function overlaps(matched: readonly Matched[]): readonly string[] {
  const first = new Map<string, Waiver[]>();
  return matched.flatMap(({ waiver, ids }) => {
    const found = new Map<Waiver, string>();
    for (const id of ids) {
      const key = `${waiver.check} ${id}`;
      const earlier = first.get(key) ?? [];
      for (const each of earlier) if (!found.has(each) && sameFindings(each, waiver)) found.set(each, id);
      first.set(key, [...earlier, waiver]);
    }
    return [...found].map(
      ([earlier, id]) => `${waiver.place}: overlaps ${earlier.place}: both waive ${waiver.check} in ${id}; keep one`,
    );
  });
}

function sameFindings(a: Waiver, b: Waiver): boolean {
  const [one, other] = [a.actual ?? '', b.actual ?? ''];
  return one.startsWith(other) || other.startsWith(one);
}
