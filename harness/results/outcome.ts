import type { CaseRecord, Counts, Outcome } from '../model/record.ts';
import type { Coverage, CoverageStatus } from '../model/verdict.ts';

/** Count the verdicts; the only place that does. A waived failure is counted as `waived`, not as `fail`. */
export function countsOf(cases: readonly CaseRecord[]): Counts {
  const of = (status: CaseRecord['status']): number =>
    cases.filter((one) => one.status === status && one.waived === undefined).length;
  return {
    cases: cases.length,
    pass: of('pass'),
    fail: of('fail'),
    error: of('error'),
    skip: of('skip'),
    waived: cases.filter((one) => one.waived !== undefined).length,
    advice: cases.reduce((sum, one) => sum + one.advice.length, 0),
  };
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

/**
 * The verdicts, the coverage and the problems → the exit code. A departure that was seen outweighs everything; then
 * come what could not be told (3), problems such as stale waivers (1) or leftovers (3), and responses that nothing proved (4).
 */
export function outcomeOf(options: {
  readonly counts: Counts;
  readonly coverage: readonly Coverage[];
  readonly strict: boolean;
  /** Stale waivers. */
  readonly problems: readonly string[];
  /** What the target could not clean up. */
  readonly leftovers: readonly string[];
  readonly interrupted: boolean;
}): Outcome {
  const { counts, coverage, strict, problems, leftovers, interrupted } = options;
  const all = [...problems, ...leftovers.map((left) => `left behind: ${left}`)];
  const end = (exit: Outcome['exit'], because: string): Outcome => ({ exit, because, problems: all });
  const unproved = coverage.filter((one) => one.status === 'unproved').map((one) => one.response);
  if (interrupted) return end(130, 'the run was interrupted');
  if (counts.cases === 0) return end(2, 'no case ran');
  if (counts.fail > 0) return end(1, `${plural(counts.fail, 'case')} violated the contract`);
  if (counts.error > 0) return end(3, `${plural(counts.error, 'case')} could not be told`);
  if (leftovers.length > 0) return end(3, `${plural(leftovers.length, 'resource')} could not be cleaned up`);
  if (problems.length > 0) return end(1, `${plural(problems.length, 'waiver')} must be put right`);
  if (strict && counts.advice > 0) return end(1, `${plural(counts.advice, 'piece')} of advice, and the run is strict`);
  if (unproved.length > 0) return end(4, `nothing proved ${unproved.join(', ')}`);
  if (counts.pass === 0 && counts.waived === 0) return end(4, 'every case was skipped');
  return end(0, 'the contract held');
}

function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
