import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import type { Case } from '../model/case.ts';
import type { Verdict } from '../model/verdict.ts';
import { flakeOf } from './flake.ts';
import { newCircuitBreaker } from './circuit-breaker.ts';
import { arrivals } from './arrivals.ts';
import { inRunOrder } from './order.ts';
import { runCase } from './run-case.ts';
import type { RunContext } from './run-context.ts';

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
  const limit = pLimit(concurrency);
  const breaker = newCircuitBreaker();
  let left = false;
  const stopping = (): boolean => left || signal?.aborted === true;
  const start = async (one: Case): Promise<Verdict | undefined> => {
    if (stopping()) return undefined;
    const skipped = breaker.skipped(one);
    if (skipped !== undefined) return skipped;
    const verdict = await repeated(one, options, stopping);
    breaker.note(verdict);
    return verdict;
  };
  const verdicts = inRunOrder(cases).map((one) => limit(start, one));
  try {
    for await (const verdict of arrivals(verdicts, stoppedFor(signal))) if (verdict !== undefined) yield verdict;
  } finally {
    left = true;
  }
}

/** A case as often as it is to run; one verdict out of all. */
async function repeated(one: Case, options: RunOptions, stopping: () => boolean): Promise<Verdict> {
  const { repeat = 1, onArranging } = options;
  const verdicts: Verdict[] = [];
  do {
    const hooks = { freshId: randomUUID, ...(onArranging === undefined ? {} : { onArranging }) };
    verdicts.push(await runCase(one, options, hooks));
  } while (verdicts.length < repeat && !stopping());
  return flakeOf(verdicts);
}

/** How long what runs may go on after an abort, in milliseconds. */
const graceMs = 1000;

/** Resolves a moment after the abort; never without one. */
function stoppedFor(signal: AbortSignal | undefined): Promise<undefined> {
  return new Promise((resolve) => {
    const later = (): void => {
      setTimeout(() => resolve(undefined), graceMs).unref();
    };
    if (signal?.aborted === true) later();
    else signal?.addEventListener('abort', later, { once: true });
  });
}
