import type { CaseRecord, Outcome, RunRecord } from '../model/record.ts';
import { causesOf } from './causes.ts';
import { countsOf, coverageOf, outcomeOf, partedProblems } from './outcome.ts';

/**
 * Put the shards of one run together again: same subject, operation, document, suite and number of shards. The gate
 * counts anew. Runs without a shard stay as they are. A shard that is missing turns the run red: its cases were not
 * seen, and nothing else would say so.
 */
export function mergeShards(runs: readonly RunRecord[]): readonly RunRecord[] {
  const groups = new Map<string, RunRecord[]>();
  for (const run of runs) {
    const group = groups.get(keyOf(run)) ?? [];
    groups.set(keyOf(run), [...group, run]);
  }
  return [...groups.values()].flatMap((group) => (group[0]?.shard === undefined ? group : batches(group).map(merged)));
}

function keyOf(run: RunRecord): string {
  const { subject, operation, document, suite, shard } = run;
  return JSON.stringify([
    subject,
    operation.id,
    document.sha256,
    suite,
    shard === undefined ? null : shardOf(shard).of,
  ]);
}

function shardOf(shard: string): { readonly index: number; readonly of: number } {
  const [index = 0, of = 0] = shard.split('/').map(Number);
  return { index, of };
}

/** A shard that is there twice is of two runs: the first of each belong together, and the second of each. */
function batches(runs: readonly RunRecord[]): readonly (readonly RunRecord[])[] {
  const found: RunRecord[][] = [];
  for (const run of [...runs].sort((a, b) => Date.parse(a.started) - Date.parse(b.started))) {
    const open = found.find((batch) => batch.every((other) => other.shard !== run.shard));
    if (open === undefined) found.push([run]);
    else open.push(run);
  }
  return found;
}

function merged(shards: readonly RunRecord[]): RunRecord {
  const ordered = [...shards].sort((a, b) => shardOf(a.shard ?? '').index - shardOf(b.shard ?? '').index);
  const [first] = ordered;
  if (first === undefined) throw new RangeError('a batch of shards is never empty');
  const cases = dealt(ordered.map((run) => run.cases.map((record) => withSeed(record, run.seed, first.seed))));
  const counts = countsOf(cases);
  const coverage = coverageOf(cases);
  const said = [...new Set(ordered.flatMap((run) => run.outcome.problems))];
  const selection = selectedIn(ordered);
  const outcome = outcomeOf({
    cases,
    coverage,
    strict: ordered.some((run) => run.strict),
    ...partedProblems(said),
    interrupted: ordered.some((run) => run.outcome.exit === 130),
    ...selection,
  });
  const begin = Math.min(...ordered.map((run) => Date.parse(run.started)));
  const end = Math.max(...ordered.map((run) => Date.parse(run.started) + run.ms));
  const whole: { -readonly [K in keyof RunRecord]: RunRecord[K] } = {
    ...first,
    started: new Date(begin).toISOString(),
    ms: end - begin,
    cases,
    ...(selection === undefined ? {} : { selection }),
    ...throttledIn(ordered),
    counts,
    coverage,
    causes: causesOf(cases),
    outcome: complete(outcome, ordered),
  };
  delete whole.shard;
  return whole;
}

/** How many cases the shards were to run together; fewer may have run. Absent in records of version 0.1. */
function selectedIn(shards: readonly RunRecord[]): { readonly selected: number; readonly of: number } | undefined {
  const of = shards[0]?.selection?.of;
  if (of === undefined) return undefined;
  return { selected: shards.reduce((sum, { selection, cases }) => sum + (selection?.selected ?? cases.length), 0), of };
}

/** What several parts of a run met together. */
export function throttledIn(shards: readonly Pick<RunRecord, 'throttled'>[]): Pick<RunRecord, 'throttled'> {
  const found = shards.flatMap(({ throttled }) => throttled ?? []);
  if (found.length === 0) return {};
  const sum = (of: 'refused' | 'ranAgain' | 'waitedMs'): number => found.reduce((total, each) => total + each[of], 0);
  const slowest = Math.min(...found.map((each) => each.slowest ?? Infinity));
  return {
    throttled: {
      refused: sum('refused'),
      ranAgain: sum('ranAgain'),
      waitedMs: sum('waitedMs'),
      ...(Number.isFinite(slowest) ? { slowest } : {}),
    },
  };
}

/** Each case says its place; in records of before, cases were dealt to the shards in turn. */
function dealt(hands: readonly (readonly CaseRecord[])[]): readonly CaseRecord[] {
  const all = hands.flat();
  if (all.every(({ place }) => place !== undefined)) {
    return all.sort((a, b) => (a.place ?? 0) - (b.place ?? 0)).map(withoutPlace);
  }
  const most = Math.max(...hands.map((hand) => hand.length));
  return Array.from({ length: most }, (_, turn) => hands.flatMap((hand) => hand[turn] ?? [])).flat();
}

function withoutPlace(record: CaseRecord): CaseRecord {
  const whole: { -readonly [K in keyof CaseRecord]: CaseRecord[K] } = { ...record };
  delete whole.place;
  return whole;
}

/** The seed of a shard is needed to see its generated cases again. */
function withSeed(record: CaseRecord, own: number, whole: number): CaseRecord {
  return own === whole ? record : { ...record, seed: own };
}

/** Whether no case is missing, though a shard may be: one that has no case of the operation writes no run of it. */
function isWhole(shards: readonly RunRecord[]): boolean {
  const all = shards[0]?.selection?.allShards;
  return all !== undefined && shards.reduce((sum, { selection }) => sum + (selection?.selected ?? 0), 0) === all;
}

function complete(outcome: Outcome, shards: readonly RunRecord[]): Outcome {
  const { of } = shardOf(shards[0]?.shard ?? '');
  if (isWhole(shards)) return outcome;
  const there = new Set(shards.map((run) => shardOf(run.shard ?? '').index));
  const missing = Array.from({ length: of }, (_, place) => place + 1).filter((index) => !there.has(index));
  if (missing.length === 0) return outcome;
  const names = missing.map((index) => `${index}/${of}`).join(', ');
  const problems = [...outcome.problems, `shard ${names} is missing: its cases are not in this report`];
  return outcome.exit === 0 || outcome.exit === 4
    ? { exit: 3, because: `shard ${names} is missing`, problems }
    : { ...outcome, problems };
}
