import { setTimeout as pause } from 'node:timers/promises';
import { HarnessError } from '../core/errors.ts';
import type { Case, Step } from '../model/case.ts';
import type { Target } from '../model/target.ts';
import type { Finding } from '../model/verdict.ts';
import { type Journal, tell } from './case-log.ts';
import { lookUntilGone, type Observer, observerOf, type Sight } from './observer.ts';
import type { Surroundings } from './run-context.ts';

interface Eyes {
  readonly observers: Readonly<Partial<Record<'one' | 'list', Observer>>>;
  /** Why one pair of eyes is blind on this target. */
  readonly blind: Readonly<Partial<Record<'one' | 'list', string>>>;
}

/** Targets that have left an observer without an answer until its time was up: it is not asked in every case anew. */
const silentTo = new WeakMap<Target, Partial<Record<'one' | 'list', string>>>();

/** Before anything is sent: whoever will be looked at must be seen now, or its absence later would show nothing. */
export async function openEyes(
  one: Case,
  values: Readonly<Record<string, string>>,
  around: Surroundings,
  journal: Journal,
): Promise<Eyes> {
  const observers: Partial<Record<'one' | 'list', Observer>> = {};
  const blind: Partial<Record<'one' | 'list', string>> = {};
  const looks = one.steps.filter((step) => step.kind === 'observe');
  const before = new Map(looks.map((step) => [`${step.through} ${step.what}`, step]));
  for (const { through, what } of before.values()) {
    if (blind[through] !== undefined) continue;
    const { suite, target } = around;
    const silent = silentTo.get(target)?.[through];
    if (silent !== undefined) {
      blind[through] = silent;
      continue;
    }
    const eye = { suite, operation: one.operation, target, caseId: one.id, values };
    const observer = observerOf({ ...eye, through });
    if (observer === undefined) {
      blind[through] = `${suite.file} has no observer "${through}"`;
      continue;
    }
    const id = values[what] ?? '';
    // A server may come to know an id only when it is first asked for, so the list is looked at second.
    if (through === 'list') await observerOf({ ...eye, through: 'one' })?.look(id);
    const sight = await observer.look(id);
    if (sight.state === 'present') observers[through] = observer;
    else {
      journal.seen.push({ step: `before: ${observer.name}`, exchange: sight.exchange });
      const why = `the observer does not show what was arranged: ${sight.why}`;
      blind[through] = why;
      const kind = sight.exchange.fault?.kind;
      if (kind === 'no-answer' || kind === 'too-slow')
        silentTo.set(target, { ...silentTo.get(target), [through]: why });
    }
  }
  return { observers, blind };
}

/** Resolves to whether anything could be seen. */
export async function observe(
  one: Case,
  step: Step & { readonly kind: 'observe' },
  values: Readonly<Record<string, string>>,
  around: Surroundings,
  journal: Journal,
  eyes: Eyes,
): Promise<boolean> {
  const observer = eyes.observers[step.through];
  const reason = eyes.blind[step.through];
  if (reason !== undefined || observer === undefined) {
    journal.unseen.push(reason ?? 'no observer');
    return false;
  }
  if (step.afterMs !== undefined) await pause(step.afterMs * (around.target.kind === 'live' ? queues : 1));
  const id = values[step.what] ?? '';
  const withinMs = around.suite.observers.goneWithinMs;
  const accepted = journal.seen.some(({ exchange }) => isSuccess(exchange.response?.status));
  const patience = patienceFor(step, { withinMs, accepted });
  const sight = await lookUntilGone(observer, id, { withinMs: patience });
  const number = journal.seen.push({ step: step.name, exchange: sight.exchange }) - 1;
  if (sight.state === (step.is === 'gone' ? 'gone' : 'present')) return true;
  // It was seen before, and was asked for all the time that a deletion may take: that is no moment's trouble.
  const broken = step.is === 'gone' && patience > 0 && accepted && (sight.exchange.response?.status ?? 0) >= 400;
  if (sight.state === 'unclear' && !broken) {
    throw new HarnessError('E_OBSERVER', `the observer gave no clear answer: ${sight.why}`, {
      kind: 'target',
      hint: `Try the request by hand; it is the observer "${step.through}" of ${around.suite.file}.`,
    });
  }
  tell(journal, effectFinding({ one, step, id, sight, number, withinMs }));
  return true;
}

function patienceFor(
  { is, afterMs }: Step & { readonly kind: 'observe' },
  { withinMs, accepted }: { readonly withinMs: number; readonly accepted: boolean },
): number {
  if (afterMs !== undefined || is === 'present') return 0;
  if (is === 'gone') return withinMs;
  return accepted ? Math.min(withinMs, lingerMs) : 0;
}

/** A live server has queues and replicas behind its answers, where the mock has none: so many times longer to wait. */
const queues = 5;

/** How long a resource that should be spared is watched after something was accepted. */
const lingerMs = 1500;

function isSuccess(status: number | undefined): boolean {
  return status !== undefined && status >= 200 && status < 300;
}

interface Effect {
  readonly one: Case;
  readonly step: Step & { readonly kind: 'observe' };
  readonly id: string;
  readonly sight: Sight;
  readonly number: number;
  readonly withinMs: number;
}

function effectFinding(options: Effect): Finding {
  const { one, step, sight, number, withinMs } = options;
  const stayed = step.is === 'gone';
  const back = stayed && step.afterMs !== undefined;
  return {
    check: stayed ? 'effect-gone' : 'effect-untouched',
    severity: one.severity,
    message: effectInWords(options),
    where: `observer ${step.through}`,
    expected: back ? 'gone for good' : stayed ? `gone within ${withinMs} ms` : 'present',
    actual: sight.why,
    // Cases run side by side, and a server that takes bystanders along takes those of other cases, too.
    ...(stayed
      ? {}
      : { hint: 'If other cases lost theirs as well, one of them may have taken it along: --concurrency 1 tells.' }),
    at: one.at,
    step: step.name,
    exchange: number,
  };
}

function effectInWords({ step, id, sight, withinMs }: Effect): string {
  if (step.is !== 'gone') return `${id} is gone, and nothing here may delete it`;
  if (step.afterMs !== undefined) return `${id} is there again, after it had gone`;
  const seen = sight.state === 'unclear' ? 'cannot be looked at any more,' : 'is still there';
  return `${id} ${seen} ${withinMs} ms after its deletion was accepted`;
}
