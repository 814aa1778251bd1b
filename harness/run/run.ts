import { randomUUID } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import { setTimeout as pause } from 'node:timers/promises';
import type { Case } from '../model/case.ts';
import type { Verdict } from '../model/verdict.ts';
import { notRun } from '../results/change-verdict.ts';
import { flakeOf } from './flake.ts';
import { newCircuitBreaker } from './circuit-breaker.ts';
import { arrivals, workQueue } from './arrivals.ts';
import { inRunOrder } from './order.ts';
import { runCase } from './run-case.ts';
import type { RunContext } from './run-context.ts';
import { type Refused, throttlingOf } from './throttling.ts';

/** Which cases run against which target, and how many at a time. */
export interface RunOptions extends RunContext {
  readonly cases: readonly Case[];
  readonly concurrency: number;
  /** How often each case runs; a case whose verdicts differ is a flake. */
  readonly repeat?: number;
  readonly signal?: AbortSignal;
  /** Called while a state is being arranged, for progress output. */
  readonly onArranging?: (state: string) => void;
}

/**
 * Run the cases and yield each verdict as it comes. After an abort nothing new starts, and what runs has a moment to
 * finish; nor does anything start once the consumer has left the loop.
 */
export async function* run(options: RunOptions): AsyncGenerator<Verdict> {
  const { cases, concurrency, signal } = options;
  const breaker = newCircuitBreaker();
  const throttling = throttlingOf(options.target);
  const refusals = new Map<Case, Verdict>();
  const queue = workQueue(inRunOrder(cases));
  let left = false;
  const stopping = (): boolean => left || signal?.aborted === true;
  const start = async (one: Case): Promise<Verdict | undefined> => {
    if (stopping()) return undefined;
    const untried = breaker.skipped(one) ?? refusedBefore(one, throttling.givenUp(), refusals);
    if (untried !== undefined) return untried;
    const tried = await repeated(one, context, stopping);
    if (tried.refused !== undefined && !stopping() && throttling.runsAgain(one, tried.refused)) {
      refusals.set(one, tried.verdict);
      queue.again(one);
      return undefined;
    }
    // What was refused is not known, and it is no skip that no state is left to ask again.
    const verdict = tried.exhausted ? (refusals.get(one) ?? tried.verdict) : tried.verdict;
    breaker.note(verdict);
    // What was cut off shows nothing, neither about the server nor about this run.
    const cutOff = (stopping() && verdict.status === 'error') || (context.signal.aborted && verdict.status === 'skip');
    return cutOff ? undefined : verdict;
  };
  const stop = stopAfter(signal);
  const context = { ...options, signal: stop.cut.signal };
  const running = new Set<Promise<unknown>>();
  const work = (one: Case): Promise<Verdict | undefined> => {
    const started = start(one);
    const ended: Promise<unknown> = started.then(
      () => running.delete(ended),
      () => running.delete(ended),
    );
    running.add(ended);
    return started;
  };
  try {
    const verdicts = arrivals(queue, { concurrency, work, stopped: stop.stopped });
    for await (const verdict of verdicts) if (verdict !== undefined) yield verdict;
  } finally {
    left = true;
    stop.cut.abort();
    // What the cases have arranged is given back before the target is closed.
    await Promise.race([Promise.all(running), pause(releaseMs, undefined, { ref: false })]);
    stop.done();
  }
}

interface Tried {
  readonly verdict: Verdict;
  /** What was refused for now, so that nothing is known. */
  readonly refused?: Refused;
  /** Skipped, because no state was left for it. */
  readonly exhausted: boolean;
}

/** A case as often as it is to run; one verdict out of all. */
async function repeated(one: Case, options: RunOptions, stopping: () => boolean): Promise<Tried> {
  const { repeat = 1, onArranging } = options;
  const verdicts: Verdict[] = [];
  const ended = { exhausted: false };
  do {
    let refused: Refused | undefined;
    const verdict = await runCase(one, options, {
      freshId: randomUUID,
      onRefused: (thrown) => (refused = thrown),
      onExhausted: () => (ended.exhausted = true),
      ...(onArranging === undefined ? {} : { onArranging }),
    });
    if (refused !== undefined) return { verdict, refused, exhausted: false };
    verdicts.push(verdict);
  } while (verdicts.length < repeat && !stopping());
  return { verdict: flakeOf(verdicts), exhausted: ended.exhausted && verdicts.length === 1 };
}

/** The verdict of a case that is not tried, because the server is not waited for any longer. */
function refusedBefore(one: Case, why: string | undefined, refusals: ReadonlyMap<Case, Verdict>): Verdict | undefined {
  if (why === undefined) return undefined;
  const refused = refusals.get(one);
  if (refused !== undefined) return refused;
  const message = `not tried: the server is throttling, and ${why}`;
  const hint = 'Ask more slowly: --rate N (requests a second), --concurrency 1; or run again later.';
  return notRun(one, { code: 'E_TARGET_THROTTLED', message, hint });
}

/** How long what runs may go on after an abort, in milliseconds. */
const graceMs = 1000;
/** How long giving back what was arranged is waited for after that. */
const releaseMs = 15_000;

/** `cut` ends what runs a moment after the abort, and `stopped` resolves then; never without an abort. */
function stopAfter(signal: AbortSignal | undefined): {
  readonly cut: AbortController;
  readonly stopped: Promise<undefined>;
  done(): void;
} {
  const cut = new AbortController();
  // Each exchange and each wait listens to it, and many go on at once.
  setMaxListeners(0, cut.signal);
  let timer: NodeJS.Timeout | undefined;
  let later = (): void => undefined;
  const stopped = new Promise<undefined>((resolve) => {
    later = () => {
      timer = setTimeout(() => {
        resolve(undefined);
        cut.abort();
      }, graceMs);
    };
  });
  if (signal?.aborted === true) later();
  else signal?.addEventListener('abort', later, { once: true });
  const done = (): void => {
    signal?.removeEventListener('abort', later);
    clearTimeout(timer);
  };
  return { cut, stopped, done };
}
