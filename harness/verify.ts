import { secretsOf } from './core/credentials.ts';
import { checks } from './checks/index.ts';
import type { Contract } from './contract.ts';
import type { Case } from './model/case.ts';
import type { RunRecord } from './model/record.ts';
import type { Target, Throttled } from './model/target.ts';
import type { Verdict } from './model/verdict.ts';
import { compileSchemas } from './openapi/schema/schema.ts';
import { notRun } from './results/change-verdict.ts';
import { contractIdentity } from './results/record-head.ts';
import { refuseOtherSubject, takenOver } from './results/resume.ts';
import { recordRun, type RecordOptions } from './results/run-record.ts';
import { knownFailures } from './results/waivers/known-failures.ts';
import type { Waiver } from './results/waivers/waiver.ts';
import { run } from './run/run.ts';
import type { ListenerOptions } from './targets/live/listener.ts';

/** What {@link collectVerdicts} needs. */
export interface CollectOptions {
  readonly contract: Contract;
  /**
   * Who answers; closed at the end. A function opens it under the signal of the run, so that arranging states ends with
   * the run, too. Options with a request listener: it is given a port of its own.
   */
  readonly target: Target | ListenerOptions | ((signal: AbortSignal) => Promise<Target>);
  /** The cases to run, of `contract.cases`; all of them if left out. */
  readonly cases?: readonly Case[];
  /** For generated ids; a random one if left out. */
  readonly seed?: number;
  /** How often each case runs; 1 if left out. A case whose verdicts differ fails. */
  readonly repeat?: number;
  /** Cases at the same time; 16, or 4 on a live target, if left out. */
  readonly concurrency?: number;
  /** Milliseconds after which no case starts or goes on; five minutes and ten seconds for each case if left out. */
  readonly deadlineMs?: number;
  /** After which verdict no further case starts. */
  readonly enough?: (verdict: Verdict) => boolean;
  /** Interrupts the run: what was begun is cleaned up. */
  readonly signal?: AbortSignal;
  /** Called while a state is being arranged. */
  readonly onArranging?: (state: string) => void;
  /** Called with each verdict as it comes. */
  readonly onVerdict?: (verdict: Verdict) => void;
}

/** What {@link verifyContract} needs. */
export interface VerifyOptions extends CollectOptions {
  /** Known failures, as `readWaivers` reads them. */
  readonly waivers?: readonly Waiver[];
  /** After so many failed cases that no waiver covers, no further case starts. */
  readonly failFast?: number;
  /** Advice fails the run, too. */
  readonly strict?: boolean;
  /** Such as `1/3`, where `cases` is one part of a run. */
  readonly shard?: string;
  /** How many cases all shards together run, where some shard may have none. */
  readonly allShards?: number;
  /** A run of the same cases that was cut off: its verdicts are taken over, and what has none, or an error, runs. */
  readonly resume?: RunRecord;
  /** The options of the command line that meet the same server again; they are kept in the record. */
  readonly options?: readonly string[];
}

/** What a whole run gave, after the target was closed. */
export interface Collected {
  readonly verdicts: readonly Verdict[];
  /** What the target could not clean up, one line each. */
  readonly leftovers: readonly string[];
  readonly interrupted: boolean;
  readonly subject: Pick<Target, 'kind' | 'name'>;
  readonly secrets: readonly string[];
  /** Present where the server had too much. */
  readonly throttled?: Throttled;
}

/** Timers take no more: longer ones end at once. */
const longestTimerMs = 2 ** 31 - 1;

/** Five minutes, and ten seconds for each case: far more than a run takes on a slow machine. */
export function defaultDeadlineMs(cases: number): number {
  return 300_000 + cases * 10_000;
}

/**
 * Runs a contract against a target: gives the record that `run.json` holds, with verdicts, waivers, coverage, counts and
 * the exit code, by the rules of `pinecone-contract run`. The target is closed. Throws `HarnessError` where the target
 * cannot be opened; what goes wrong in a case is a verdict of the record.
 *
 * @example
 * const contract = await loadContract('delete_backup', {});
 * const record = await verifyContract({ contract, target: await mockTarget({ document: contract.operation.document }) });
 * process.exitCode = record.outcome.exit;
 */
export async function verifyContract(options: VerifyOptions): Promise<RunRecord> {
  const started = new Date();
  const begin = performance.now();
  const { contract, waivers = [], strict = false, shard, allShards } = options;
  const { operation, suite, cases } = contract;
  const resumed = resumedRun(options);
  const seed = options.seed ?? resumed?.run.seed ?? Math.floor(Math.random() * 2 ** 31);
  const { failFast } = options;
  const isKnown = knownFailures({ waivers, operation, cases, started });
  const enough = failFast === undefined ? {} : { enough: afterFailures(failFast, isKnown) };
  const collected = await collectVerdicts({ ...options, seed, ...enough, ...restOf(options, resumed) });
  return recordRun({
    ...{ operation, suite, cases, waivers, strict, seed, started, ...collected },
    selected: (options.cases ?? cases).length,
    ms: performance.now() - begin,
    ...(options.options === undefined ? {} : { options: options.options }),
    ...(shard === undefined ? {} : { shard }),
    ...(allShards === undefined ? {} : { allShards }),
    ...(resumed === undefined ? {} : { resumed }),
  });
}

/** The run that goes on, with the cases that need not run again. */
function resumedRun(options: VerifyOptions): RecordOptions['resumed'] {
  const { contract, resume: run, strict = false, shard, allShards, seed } = options;
  if (run === undefined) return undefined;
  const { cases } = contract;
  const taken = takenOver(run, {
    ...contractIdentity(contract),
    strict,
    selection: {
      selected: (options.cases ?? cases).length,
      of: cases.length,
      ...(allShards === undefined ? {} : { allShards }),
    },
    options: options.options ?? [],
    ...(shard === undefined ? {} : { shard }),
    ...(seed === undefined ? {} : { seed }),
  });
  const selected = new Set((options.cases ?? cases).map(({ id }) => id));
  return { run, cases: taken.filter(({ id }) => selected.has(id)) };
}

/** What is left to run, against the same subject. */
function restOf(options: VerifyOptions, resumed: RecordOptions['resumed']): Partial<CollectOptions> {
  if (resumed === undefined) return {};
  const { contract, cases = contract.cases } = options;
  const done = new Set(resumed.cases.map(({ id }) => id));
  return {
    cases: cases.filter(({ id }) => !done.has(id)),
    target: async (signal) => {
      const opened = await openingOf(options, signal);
      try {
        refuseOtherSubject(resumed.run, opened);
      } catch (thrown) {
        await opened.close();
        throw thrown;
      }
      return opened;
    },
  };
}

/** Counts the failed cases that no waiver covers. */
function afterFailures(most: number, isKnown: (verdict: Verdict) => boolean): (verdict: Verdict) => boolean {
  let failed = 0;
  return (verdict) => {
    if (verdict.status === 'fail' && !isKnown(verdict)) failed += 1;
    return failed >= most;
  };
}

/** Runs the cases and closes the target, whatever happens; for those who want the verdicts rather than the record. */
export async function collectVerdicts(options: CollectOptions): Promise<Collected> {
  const { contract, signal: interrupt } = options;
  const { cases = contract.cases, seed = 1, deadlineMs = defaultDeadlineMs(cases.length) } = options;
  const deadline = AbortSignal.timeout(Math.min(Math.ceil(deadlineMs), longestTimerMs));
  const signal = AbortSignal.any(interrupt === undefined ? [deadline] : [deadline, interrupt]);
  const stopped = new AbortController();
  const starting = AbortSignal.any([signal, stopped.signal]);
  const opening = openingOf(options, signal);
  compileSchemas(contract.operation);
  const target = await opening;
  const verdicts: Verdict[] = [];
  let leftovers: readonly string[] = [];
  try {
    const concurrency = options.concurrency ?? (target.kind === 'live' ? 4 : 16);
    const { repeat = 1, onArranging, onVerdict } = options;
    const hooks = onArranging === undefined ? {} : { onArranging };
    const { suite } = contract;
    const how = { cases, target, suite, checks, seed, repeat, concurrency, signal: starting, ...hooks };
    for await (const verdict of run(how)) {
      verdicts.push(verdict);
      onVerdict?.(verdict);
      if (options.enough?.(verdict) === true) stopped.abort();
    }
  } finally {
    leftovers = await target.close();
  }
  const interrupted = interrupt?.aborted === true;
  const late = interrupted || stopped.signal.aborted ? [] : lateCases(cases, verdicts, deadlineMs);
  const { kind, name } = target;
  return {
    verdicts: [...verdicts, ...late],
    leftovers,
    interrupted,
    subject: { kind, name },
    secrets: secretsOf(target),
    ...throttledBy(target),
  };
}

async function openingOf({ target, contract }: CollectOptions, signal: AbortSignal): Promise<Target> {
  if (typeof target === 'function') return target(signal);
  if (!('listener' in target)) return target;
  const { listenerTarget } = await import('./targets/live/listener.ts');
  return listenerTarget(target, { operation: contract.operation, signal });
}

/** What a record says of a server that had too much. */
export function throttledBy({ pace }: Target): { readonly throttled?: Throttled } {
  const throttled = pace?.throttled();
  return throttled === undefined ? {} : { throttled };
}

/** The cases that the deadline kept from running: nothing is known of them. */
function lateCases(cases: readonly Case[], verdicts: readonly Verdict[], deadlineMs: number): readonly Verdict[] {
  const done = new Set(verdicts.map((verdict) => verdict.case));
  const message = `not run to its end: the run had not ended ${deadlineMs / 1000} s after it began, which is its deadline`;
  const hint = 'Give the run more time with --deadline SECONDS, or find out what it waited for.';
  return cases.filter((one) => !done.has(one)).map((one) => notRun(one, { code: 'E_DEADLINE', message, hint }));
}
