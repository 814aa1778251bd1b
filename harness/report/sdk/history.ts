import { groupBy } from '../../core/group-by.ts';
import type { CaseRecord, RunRecord } from '../../model/record.ts';
import { latestRuns } from '../matrix.ts';

/** What a release of an SDK does better or worse than the release before it, in cases that both were put through. */
interface ReleaseStep {
  readonly run: RunRecord;
  /** The release before it; absent for the first. */
  readonly before?: RunRecord;
  readonly better: readonly RuleChange[];
  readonly worse: readonly RuleChange[];
}

interface RuleChange {
  readonly rule: string;
  readonly cases: readonly string[];
}

/** The releases of one SDK, in the order of their versions. */
interface SdkHistory {
  readonly name: string;
  readonly steps: readonly ReleaseStep[];
}

/** The releases of each SDK in a row. A release that was not judged is not among them: nothing is known of it. */
export function sdkHistories(runs: readonly RunRecord[]): readonly SdkHistory[] {
  const judged = latestRuns(runs).filter(
    ({ subject, cases }) => subject.kind === 'sdk' && cases.some((each) => wasJudged(each)),
  );
  return [...groupBy(judged, ({ subject }) => subject.name)].map(([name, own]) => {
    const inOrder = own.toSorted((a, b) => byVersion(a.subject.version ?? '', b.subject.version ?? ''));
    return { name, steps: inOrder.map((run, place) => stepOf(run, inOrder[place - 1])) };
  });
}

/** How many cases a release held, of those that it was put through. */
export function heldOf({ cases }: RunRecord): { readonly held: number; readonly of: number } {
  return { held: cases.filter(({ status }) => status === 'pass').length, of: cases.filter(wasJudged).length };
}

function stepOf(run: RunRecord, before: RunRecord | undefined): ReleaseStep {
  if (before === undefined) return { run, better: [], worse: [] };
  const earlier = new Map(before.cases.filter(wasJudged).map((each) => [each.id, each]));
  const pairs = run.cases.filter(wasJudged).flatMap((now) => {
    const was = earlier.get(now.id);
    return was === undefined ? [] : [{ was, now }];
  });
  return {
    run,
    before,
    better: changesOf(pairs.map(({ was, now }) => ({ id: now.id, rules: brokenOnlyIn(was, now) }))),
    worse: changesOf(pairs.map(({ was, now }) => ({ id: now.id, rules: brokenOnlyIn(now, was) }))),
  };
}

function wasJudged({ status }: CaseRecord): boolean {
  return status === 'pass' || status === 'fail';
}

function brokenOnlyIn(one: CaseRecord, other: CaseRecord): readonly string[] {
  const there = new Set(other.findings.map(({ check }) => check));
  return [...new Set(one.findings.map(({ check }) => check))].filter((check) => !there.has(check));
}

function changesOf(
  found: readonly { readonly id: string; readonly rules: readonly string[] }[],
): readonly RuleChange[] {
  const pairs = found.flatMap(({ id, rules }) => rules.map((rule) => ({ id, rule })));
  return [...groupBy(pairs, ({ rule }) => rule)]
    .map(([rule, own]) => ({ rule, cases: own.map(({ id }) => id) }))
    .sort((a, b) => b.cases.length - a.cases.length);
}

/** By the numbers in them: 9.0.1 comes before 10.2.0, and v4.1.4 before v5.4.1. */
function byVersion(a: string, b: string): number {
  const numbers = (version: string): readonly number[] => (version.match(/\d+/g) ?? []).map(Number);
  const [left, right] = [numbers(a), numbers(b)];
  const place = left.findIndex((number, index) => number !== (right[index] ?? -1));
  if (place >= 0) return (left[place] ?? 0) - (right[place] ?? -1);
  return left.length - right.length;
}
