import type { CaseRecord, RunRecord } from '../model/record.ts';
import { causesOf } from './causes.ts';
import { countsOf, coverageOf, outcomeOf } from './outcome.ts';
import { applyWaivers } from './waivers/apply.ts';
import type { Waiver } from './waivers/waiver.ts';

/** The part of a run's record that follows from its cases: the same rules for servers and for SDKs. */
export function judgeRun(options: {
  readonly cases: readonly CaseRecord[];
  readonly waivers: readonly Waiver[];
  /** The ids of all cases there are, selected or not: a waiver that matches none of them is a problem. */
  readonly known: readonly string[];
  readonly started: Date;
  readonly strict: boolean;
  /** How many of the cases were to run; as many as ran if left out. */
  readonly selected?: number;
  /** What the target could not clean up. */
  readonly leftovers: readonly string[];
  readonly interrupted: boolean;
}): Pick<RunRecord, 'cases' | 'coverage' | 'counts' | 'causes' | 'outcome'> {
  const { waivers, known, strict, leftovers, interrupted } = options;
  const today = options.started.toISOString().slice(0, 10);
  const { cases, problems } = applyWaivers({ cases: options.cases, waivers, known, today });
  const coverage = coverageOf(cases);
  const outcome = outcomeOf({
    cases,
    coverage,
    strict,
    problems,
    leftovers,
    interrupted,
    of: known.length,
    ...(options.selected === undefined ? {} : { selected: options.selected }),
  });
  return { cases, coverage, counts: countsOf(cases), causes: causesOf(cases), outcome };
}
