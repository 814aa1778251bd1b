import { waitUnlessAborted } from '../../core/abort.ts';
import { HarnessError } from '../../core/errors.ts';
import type { Case, Step } from '../../model/case.ts';
import type { Target } from '../../model/target.ts';
import type { Finding } from '../../model/verdict.ts';
import { addFinding } from '../case-log.ts';
import { observeUntilGone, observeUntilPresent, type Observer, observerOf, type Observation } from './observer.ts';
import type { StepContext } from './step-context.ts';

interface Observers {
  readonly observers: Readonly<Partial<Record<'one' | 'list', Observer>>>;
  /** Why an observer is unavailable on this target. */
  readonly unavailable: Readonly<Partial<Record<'one' | 'list', string>>>;
}

/** Targets that have left an observer without an answer until its time was up: it is not asked in every case anew. */
const silentTo = new WeakMap<Target, Partial<Record<'one' | 'list', string>>>();

/** Observers that have shown a resource on this target: where they do not show another one, that may pass. */
const working = new WeakMap<Target, Set<'one' | 'list'>>();

/** How long a working observer may take to show a resource that was arranged, in milliseconds. */
const visibleWithinMs = 2000;

/** Before anything is sent, a resource must be visible, or its absence later would show nothing. */
export async function openObservers({ case: one, values, run, log }: StepContext): Promise<Observers> {
  const observers: Partial<Record<'one' | 'list', Observer>> = {};
  const unavailable: Partial<Record<'one' | 'list', string>> = {};
  const { suite, target, signal } = run;
  const ending = signal === undefined ? {} : { signal };
  const observations = one.steps.filter((step) => step.kind === 'observe');
  const before = new Map(observations.map((step) => [`${step.through} ${step.what}`, step]));
  for (const { through, what } of before.values()) {
    if (unavailable[through] !== undefined) continue;
    const silent = silentTo.get(target)?.[through];
    if (silent !== undefined) {
      unavailable[through] = silent;
      continue;
    }
    const common = { suite, operation: one.operation, target, caseId: one.id, values, ...ending };
    const observer = observerOf({ ...common, through });
    if (observer === undefined) {
      unavailable[through] = `${suite.file} has no observer "${through}"`;
      continue;
    }
    const id = values[what] ?? '';
    // A server may come to know an id only when it is first asked for, so the list is read second.
    if (through === 'list') await observerOf({ ...common, through: 'one' })?.observe(id);
    const known = working.get(target) ?? new Set();
    working.set(target, known);
    const withinMs = known.has(through) ? visibleWithinMs : 0;
    const observation = await observeUntilPresent(observer, id, { withinMs, ...ending });
    if (observation.state === 'present') {
      observers[through] = observer;
      known.add(through);
    } else {
      log.seen.push({ step: `before: ${observer.name}`, exchange: observation.exchange });
      const why = `the resource was not visible before the request, so its deletion cannot be checked: ${observation.why}`;
      unavailable[through] = why;
      const kind = observation.exchange.fault?.kind;
      if (kind === 'no-answer' || kind === 'too-slow')
        silentTo.set(target, { ...silentTo.get(target), [through]: why });
    }
  }
  return { observers, unavailable };
}

/** Resolves to whether anything could be seen. */
export async function observe(
  step: Step & { readonly kind: 'observe' },
  observers: Observers,
  { case: one, values, run, log }: StepContext,
): Promise<boolean> {
  const { suite, target, signal } = run;
  const observer = observers.observers[step.through];
  const reason = observers.unavailable[step.through];
  if (reason !== undefined || observer === undefined) {
    log.unseen.push(reason ?? 'no observer');
    log.observerStopped ||= working.get(target)?.has(step.through) === true;
    return false;
  }
  if (step.afterMs !== undefined) {
    const ms = step.afterMs * (target.kind === 'live' ? liveWaitFactor : 1);
    await waitUnlessAborted(ms, signal, 'the observation');
  }
  const id = values[step.what] ?? '';
  const withinMs = suite.observers.goneWithinMs;
  const accepted = log.seen.some(({ exchange }) => isSuccess(exchange.response?.status));
  const waitMs = waitFor(step, { withinMs, accepted });
  const observation = await observeUntilGone(observer, id, {
    withinMs: waitMs,
    ...(signal === undefined ? {} : { signal }),
  });
  const number = log.seen.push({ step: step.name, exchange: observation.exchange }) - 1;
  if (observation.state === (step.is === 'gone' ? 'gone' : 'present')) return true;
  // It was seen before, and was asked for all the time that a deletion may take: the failure is not a passing one.
  const broken = step.is === 'gone' && waitMs > 0 && accepted && (observation.exchange.response?.status ?? 0) >= 400;
  if (observation.state === 'unclear' && !broken) {
    throw new HarnessError('E_OBSERVER', `the observer gave no clear answer: ${observation.why}`, {
      kind: 'target',
      hint: `Try the request by hand; it is the observer "${step.through}" of ${suite.file}.`,
    });
  }
  addFinding(log, effectFinding({ one, step, id, observation, number, withinMs, accepted }));
  return true;
}

function waitFor(
  { is, afterMs }: Step & { readonly kind: 'observe' },
  { withinMs, accepted }: { readonly withinMs: number; readonly accepted: boolean },
): number {
  if (afterMs !== undefined || is === 'present') return 0;
  if (is === 'gone') return withinMs;
  return accepted ? Math.min(withinMs, spareWatchMs) : 0;
}

/** A live server has queues and replicas, the mock has none: waits on it are this many times longer. */
const liveWaitFactor = 5;

/** How long a resource that should be spared is watched after something was accepted. */
const spareWatchMs = 1500;

function isSuccess(status: number | undefined): boolean {
  return status !== undefined && status >= 200 && status < 300;
}

interface Effect {
  readonly one: Case;
  readonly step: Step & { readonly kind: 'observe' };
  readonly id: string;
  readonly observation: Observation;
  readonly number: number;
  readonly withinMs: number;
  /** Whether a request of this case was answered 2xx. */
  readonly accepted: boolean;
}

function effectFinding(options: Effect): Finding {
  const { one, step, observation, number, withinMs, accepted } = options;
  const stayed = step.is === 'gone';
  const back = stayed && step.afterMs !== undefined;
  return {
    check: stayed ? 'effect-gone' : 'effect-untouched',
    severity: one.severity,
    message: effectInWords(options),
    where: `observer ${step.through}`,
    expected: back ? 'gone for good' : stayed ? `gone within ${withinMs} ms` : 'present',
    actual: observation.why,
    // Where no request of this case was accepted, another case is as likely: cases run side by side, and a server that deletes other resources deletes those of other cases, too.
    ...(stayed || accepted
      ? {}
      : {
          hint: 'If other cases lost theirs as well, one of them may have deleted it: run again with --concurrency 1 to find out.',
        }),
    at: one.at,
    step: step.name,
    exchange: number,
  };
}

function effectInWords({ step, id, observation, withinMs }: Effect): string {
  if (step.is !== 'gone') return `${id} is gone, and nothing here may delete it`;
  if (step.afterMs !== undefined) return `${id} is there again, after it had gone`;
  const seen = observation.state === 'unclear' ? 'cannot be read any more,' : 'is still there';
  return `${id} ${seen} ${withinMs} ms after its deletion was accepted`;
}
