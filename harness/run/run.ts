import { randomUUID } from 'node:crypto';
import pLimit from 'p-limit';
import type { Case } from '../model/case.ts';
import type { Verdict } from '../model/verdict.ts';
import { flakeOf } from './flake.ts';
import { newCircuitBreaker } from './circuit-breaker.ts';
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
 * Run the cases and yield each verdict as it comes. Declared cases start first, so that they get the states that are
 * scarce; then what has to wait, so that the others fill its time; then those of many steps, so that none of these is
 * waited for at the end. After an abort nothing new starts, and what runs has a moment to finish; nor does anything start
 * once the consumer has left the loop.
 */
export async function* run(options: RunOptions): AsyncGenerator<Verdict> {
  const { cases, concurrency, signal, repeat = 1 } = options;
  const limit = pLimit(concurrency);
  const ordered = [...cases].sort(
    (a, b) =>
      Number(a.kind === 'probe') - Number(b.kind === 'probe') ||
      Number(waits(b)) - Number(waits(a)) ||
      lengthOf(b) - lengthOf(a),
  );
  const once = (one: Case): Promise<Verdict> =>
    runCase(one, options, {
      freshId: randomUUID,
      ...(options.onArranging === undefined ? {} : { onArranging: options.onArranging }),
    });
  let left = false;
  const stopping = (): boolean => left || signal?.aborted === true;
  const patience = newCircuitBreaker();
  const often = async (one: Case): Promise<Verdict> => {
    const skipped = patience.skipped(one);
    if (skipped !== undefined) return skipped;
    const verdicts: Verdict[] = [];
    do verdicts.push(await once(one));
    while (verdicts.length < repeat && !stopping());
    const verdict = flakeOf(verdicts);
    patience.note(verdict);
    return verdict;
  };
  const arrived: Promise<Verdict | undefined>[] = [];
  let missing = ordered.length;
  let wake = (): void => undefined;
  for (const one of ordered) {
    const verdict = limit(() => (stopping() ? Promise.resolve(undefined) : often(one)));
    const arrive = (): void => {
      missing -= 1;
      arrived.push(verdict);
      wake();
    };
    verdict.then(arrive, arrive);
  }
  const stopped = signal === undefined ? [] : [stoppedFor(signal)];
  try {
    while (missing > 0 || arrived.length > 0) {
      const verdict = await arrived.shift();
      if (verdict !== undefined) yield verdict;
      if (arrived.length > 0 || missing === 0) continue;
      const arrival = new Promise<true>((resolve) => (wake = () => resolve(true)));
      if ((await Promise.race([arrival, ...stopped])) === undefined) return;
    }
  } finally {
    left = true;
  }
}

/** How many requests it sends, or so. */
function lengthOf({ steps }: Case): number {
  return steps.reduce((sum, step) => sum + (step.kind === 'property' ? step.runs : 1), 0);
}

function waits({ steps }: Case): boolean {
  return steps.some((step) => step.kind === 'observe' && (step.afterMs ?? 0) > 0);
}

const graceMs = 1000;

/** Resolves a moment after the abort. */
function stoppedFor(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    const later = (): void => {
      setTimeout(() => resolve(undefined), graceMs).unref();
    };
    if (signal.aborted) later();
    else signal.addEventListener('abort', later, { once: true });
  });
}
