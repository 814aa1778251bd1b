import { groupBy } from '../core/group-by.ts';
import type { CaseRecord, Counts, ExitCode, Outcome } from '../model/record.ts';
import type { Coverage, CoverageStatus, Finding } from '../model/verdict.ts';

/** Count the verdicts; the only place that does. A waived failure is counted as `waived`, not as `fail`. */
export function countsOf(cases: readonly CaseRecord[]): Counts {
  const of = (status: CaseRecord['status']): number =>
    cases.filter((one) => one.status === status && one.waived === undefined).length;
  const hazards = cases.reduce((sum, one) => sum + hazardsOf(one).length, 0);
  return {
    cases: cases.length,
    pass: of('pass'),
    fail: of('fail'),
    error: of('error'),
    skip: of('skip'),
    waived: cases.filter((one) => one.waived !== undefined).length,
    advice: cases.reduce((sum, one) => sum + one.advice.length, 0),
    ...(hazards === 0 ? {} : { hazards }),
  };
}

function hazardsOf({ findings }: CaseRecord): readonly Finding[] {
  return findings.filter(({ severity }) => severity === 'hazard');
}

/** What is known of each declared response that has a case here, in the order of the cases. */
export function coverageOf(cases: readonly CaseRecord[]): readonly Coverage[] {
  const responses = new Set(cases.flatMap((one) => one.response ?? []));
  return [...responses].flatMap((response) => {
    const own = cases.filter((one) => one.response === response);
    const first = own[0];
    if (first === undefined) return [];
    const status = coverageStatus(own);
    return [
      { response, description: first.title.replace(`${response} `, ''), status, how: howOf(status, own), at: first.at },
    ];
  });
}

/** The worst that is known of one of its cases; what is waived in one example says nothing about another. */
function coverageStatus(cases: readonly CaseRecord[]): CoverageStatus {
  const some = (is: (one: CaseRecord) => boolean): boolean => cases.some(is);
  if (some((one) => one.status === 'fail' && one.waived === undefined)) return 'violated';
  if (some((one) => one.status === 'error' || (one.status === 'skip' && one.exempt === undefined))) return 'unproved';
  if (some((one) => one.waived !== undefined)) return 'waived';
  return some((one) => one.status === 'skip') ? 'exempt' : 'proved';
}

function howOf(status: CoverageStatus, cases: readonly CaseRecord[]): string {
  const first = cases[0];
  switch (status) {
    case 'proved':
      return [first?.state ?? '', ...notJudged(cases)].join('; ');
    case 'violated':
      return cases.find((one) => one.status === 'fail' && one.waived === undefined)?.findings[0]?.message ?? '';
    case 'waived':
      return cases.find((one) => one.waived !== undefined)?.waived?.reason ?? '';
    case 'exempt':
      return cases.find((one) => one.exempt !== undefined)?.exempt ?? '';
    case 'unproved': {
      const open = cases.find((one) => one.status === 'error' || (one.status === 'skip' && one.exempt === undefined));
      return open?.reason ?? open?.error?.message ?? '';
    }
    default:
      return status satisfies never;
  }
}

/** What of a body could not be judged: the status and the rest of the response are proved all the same. */
function notJudged(cases: readonly CaseRecord[]): readonly string[] {
  const said = cases.flatMap(({ advice }) =>
    advice.filter(({ check, where }) => check === 'not-judged' && where === 'body').map(({ message }) => message),
  );
  return [...new Set(said)];
}

const leftBehind = 'left behind: ';

/** The problems of an outcome, parted again into those of waivers and what the target could not clean up. */
export function partedProblems(all: readonly string[]): {
  readonly problems: readonly string[];
  readonly leftovers: readonly string[];
} {
  return {
    problems: all.filter((problem) => !problem.startsWith(leftBehind)),
    leftovers: all.flatMap((problem) => (problem.startsWith(leftBehind) ? [problem.slice(leftBehind.length)] : [])),
  };
}

/** More than this share of the cases, skipped for one reason, is more than a detail of the target. */
const largestSkippedShare = 1 / 4;

/**
 * The cases, the coverage and the problems → the exit code, for servers and for SDKs. A violation that was seen outweighs
 * everything; then come errors (3), resources that could not be cleaned up (3), problems of waivers (1), and what
 * nothing proved (4).
 */
export function outcomeOf(options: {
  readonly cases: readonly CaseRecord[];
  readonly coverage: readonly Coverage[];
  readonly strict: boolean;
  /** Waivers that are invalid or out of date. */
  readonly problems: readonly string[];
  /** What the target could not clean up. */
  readonly leftovers: readonly string[];
  readonly interrupted: boolean;
  /** How many cases there are, selected or not; as many as ran if left out. */
  readonly of?: number;
  /** How many of them were to run; as many as ran if left out. */
  readonly selected?: number;
}): Outcome {
  const { cases, coverage, strict, problems, leftovers, interrupted, of = cases.length } = options;
  const notRun = Math.max(0, (options.selected ?? cases.length) - cases.length);
  const rest = notRun === 0 ? '' : `; ${plural(notRun, 'case')} did not run`;
  const counts = countsOf(cases);
  const all = [...problems, ...leftovers.map((left) => `${leftBehind}${left}`)];
  const end = (exit: Outcome['exit'], because: string): Outcome => ({ exit, because, problems: all });
  const unproved = coverage.filter((one) => one.status === 'unproved').map((one) => one.response);
  if (interrupted) return end(130, `the run was interrupted after ${cases.length} of ${wantedWords(options)}${rest}`);
  if (counts.cases === 0) return end(2, 'no case ran, so nothing is proved');
  if (counts.fail > 0) return end(1, `${failedWords(cases, counts.fail)}${rest}`);
  if (counts.error > 0) return end(3, `${plural(counts.error, 'case')} ended in an error, so the result is unknown`);
  if (leftovers.length > 0) return end(3, `${plural(leftovers.length, 'resource')} could not be cleaned up`);
  if (problems.length > 0)
    return end(
      1,
      `${plural(problems.length, 'waiver')} ${problems.length === 1 ? 'is' : 'are'} invalid or out of date`,
    );
  if (strict && counts.advice > 0) return end(1, `${plural(counts.advice, 'piece')} of advice, and the run is strict`);
  if (unproved.length > 0) return end(4, `nothing proved ${unproved.join(', ')}`);
  if (counts.pass === 0 && counts.waived === 0) return end(4, 'every case was skipped, so nothing is proved');
  const skipped = mostSkipped(cases);
  if (skipped !== undefined) return end(4, skipped);
  const held = cases.length < of ? `the contract held in ${cases.length} of ${of} cases` : 'the contract held';
  return end(0, counts.hazards === undefined ? held : `${held}, with ${plural(counts.hazards, 'known hazard')}`);
}

/** How many cases failed; those in which nothing but hazards was found are counted apart. */
function failedWords(cases: readonly CaseRecord[], failed: number): string {
  const hazardous = cases.filter(
    (one) => one.status === 'fail' && one.waived === undefined && hazardsOf(one).length === one.findings.length,
  ).length;
  const hazards = `${plural(hazardous, 'case')} ${hazardous === 1 ? 'is a hazard' : 'are hazards'}`;
  if (hazardous === failed) return hazards;
  const violated = `${plural(failed - hazardous, 'case')} violated the contract`;
  return hazardous === 0 ? violated : `${violated}, and ${hazards}`;
}

/** How many cases were to run and, where these were a selection, of how many. */
function wantedWords({ cases, selected, of = cases.length }: Parameters<typeof outcomeOf>[0]): string {
  return selected === undefined || selected === of ? plural(of, 'case') : `${plural(selected, 'case')} (of ${of})`;
}

/** The exit code of several runs: the gravest one, 0 for none. */
export function gravestExit(exits: readonly ExitCode[]): ExitCode {
  const order: readonly ExitCode[] = [130, 1, 3, 2, 4];
  return order.find((exit) => exits.includes(exit)) ?? 0;
}

/** The reason for which more cases were skipped than a target's nature explains. */
function mostSkipped(cases: readonly CaseRecord[]): string | undefined {
  const open = cases.filter((one) => one.status === 'skip' && one.exempt === undefined && one.byDesign !== true);
  const reasons = groupBy(open, ({ reason = '' }) => reason);
  const largest = [...reasons].sort(([, a], [, b]) => b.length - a.length)[0];
  if (largest === undefined || largest[1].length <= cases.length * largestSkippedShare) return undefined;
  return `${largest[1].length} of ${plural(cases.length, 'case')} were skipped for one reason: ${largest[0]}`;
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
