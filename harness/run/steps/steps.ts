import type { Property, Step } from '../../model/case.ts';
import type { Finding } from '../../model/verdict.ts';
import { type StepResult, emptyCaseLog, type CaseLog } from '../case-log.ts';
import { observe, openObservers } from './observe-step.ts';
import { make } from './make-step.ts';
import { provoke } from './provoke-step.ts';
import { sendAndExamine, sendingOf, sendOnce, sendTogether } from './send-step.ts';
import type { StepContext } from './step-context.ts';

/**
 * Take the steps of a case one by one. After a violation only observation goes on, to see the effect. What was seen
 * until then is in the log of the context, also when a step throws.
 */
export async function takeSteps(context: StepContext): Promise<StepResult> {
  const { log } = context;
  const observers = await openObservers(context);
  let unobserved = false;
  for (const step of context.case.steps) {
    const broken = log.findings.length > 0;
    if (broken && !(step.kind === 'observe' && step.is !== 'gone')) continue;
    // What is sent once a resource has gone would show nothing where nobody saw it go.
    if (unobserved && step.kind !== 'observe') continue;
    if (step.kind === 'observe') unobserved ||= !(await observe(step, observers, context)) && step.is === 'gone';
    else await takeSending(step, context);
  }
  return log;
}

/** Takes a step that sends something that is judged. */
async function takeSending(step: Exclude<Step, { readonly kind: 'observe' }>, context: StepContext): Promise<void> {
  switch (step.kind) {
    case 'send':
      return sendOnce(step, context);
    case 'together':
      return sendTogether(step, context);
    case 'provoke':
      return provoke(step, sendingOf(context), context);
    case 'make': {
      const { case: one, run, log } = context;
      return make(one, step, {
        target: run.target,
        log,
        sending: sendingOf(context),
        withinMs: run.suite.observers.goneWithinMs,
        ...(run.signal === undefined ? {} : { signal: run.signal }),
      });
    }
    case 'property':
      return tryProperty(step, context);
    default:
      step satisfies never;
  }
}

/** Shrinks a failing id; only the exchange of the smallest counter-example is kept. */
async function tryProperty(step: Property, context: StepContext): Promise<void> {
  const { log, values } = context;
  const { seed } = context.run;
  const { smallestCounterExample } = await import('../generated.ts');
  const trial = async (id: string): Promise<CaseLog> => {
    const own = emptyCaseLog();
    await sendAndExamine(step, { ...context, values: { ...values, [step.generates]: id }, log: own });
    return own;
  };
  const found = await smallestCounterExample({
    runs: step.runs,
    seed,
    trial,
    fails: (own) => own.findings.length > 0,
  });
  const number = log.seen.length;
  log.seen.push(...found.last.seen);
  const placed = (finding: Finding): Finding => ({ ...finding, exchange: number });
  log.advice.push(...found.last.advice.map(placed));
  if (found.counterExample === undefined) return;
  const example = JSON.stringify(found.counterExample);
  log.findings.push(
    ...found.last.findings.map((finding) => ({
      ...placed(finding),
      hint: `Generated id ${example}, the smallest after ${found.shrinks} shrinks; --seed ${seed} generates it again.`,
    })),
  );
}
