import { secretsOf } from '../core/credentials.ts';
import { HarnessError, toCaseError } from '../core/errors.ts';
import type { Case } from '../model/case.ts';
import type { CaseRun, Verdict } from '../model/verdict.ts';
import { redactError } from '../wire/secrets/redact.ts';
import { type CaseLog, emptyCaseLog } from './case-log.ts';
import { caseStates } from './case-states.ts';
import { type Obstacle, obstacleTo, withRemedy } from './obstacle.ts';
import type { RunContext } from './run-context.ts';
import { UnrenderableRequest } from './steps/send-step.ts';
import { takeSteps } from './steps/steps.ts';
import { Refused } from './throttling.ts';

/** Bring one case to its verdict. Never throws: what goes wrong is an `error` verdict. */
export async function runCase(
  one: Case,
  context: RunContext,
  options: {
    readonly onArranging?: (state: string) => void;
    readonly freshId: () => string;
    /** The case ended in an error, because this was refused for now. */
    readonly onRefused?: (refused: Refused) => void;
    /** It was skipped, because other cases have used up a state that it needs. */
    readonly onExhausted?: () => void;
  },
): Promise<Verdict> {
  const start = performance.now();
  const log = emptyCaseLog();
  const states = caseStates(one, context, options);
  const ran = (): CaseRun => ({
    case: one,
    ms: performance.now() - start,
    exchanges: log.seen,
    values: states.values,
    advice: log.advice,
  });
  const obstacle = obstacleTo(one, context);
  if (obstacle !== undefined) return skipped(ran(), obstacle);

  let verdict: Verdict;
  let begun = false;
  try {
    const withoutState = await states.arrange();
    begun = true;
    const unarranged = withoutState === undefined ? {} : { withoutState };
    await takeSteps({ case: one, values: states.values, unique: states.unique, run: context, log, ...unarranged });
    verdict = failureOf(ran(), log) ?? passOrSkip(ran(), log);
  } catch (thrown) {
    // What was seen until then stays seen: a server that breaks down over a request is at fault.
    verdict = failureOf(ran(), log) ?? cutShort(ran(), thrown, context, states.last());
    if (verdict.status === 'skip' && isExhausted(thrown)) options.onExhausted?.();
    if (verdict.status === 'error' && thrown instanceof Refused) options.onRefused?.(thrown);
    if (thrown instanceof UnrenderableRequest && log.seen.length === 0) begun = false;
  }
  return states.release(verdict, begun);
}

function failureOf(ran: CaseRun, { findings }: CaseLog): Verdict | undefined {
  const [first, ...more] = findings;
  return first === undefined ? undefined : { ...ran, status: 'fail', findings: [first, ...more] };
}

function passOrSkip(ran: CaseRun, { unseen, observerStopped, unproved }: CaseLog): Verdict {
  if (unseen.length === 0) return { ...ran, status: 'pass' };
  const reason = [...new Set(unseen)].join('; ');
  return { ...ran, status: 'skip', reason, ...(observerStopped || unproved ? {} : { byDesign: true }) };
}

/** The verdict of a case that could not be run to its end. */
function cutShort(ran: CaseRun, thrown: unknown, context: RunContext, state: string): Verdict {
  const { case: one } = ran;
  if (thrown instanceof UnrenderableRequest) return skipped(ran, { reason: thrown.message, byDesign: true });
  if (thrown instanceof HarnessError && thrown.code === 'E_STATE_UNSUPPORTED') {
    // The provider declined only when it was asked; by now the target says so, too.
    const reason = withRemedy(thrown.message, one, context.suite, state);
    return skipped(ran, obstacleTo(one, context) ?? { reason });
  }
  if (thrown instanceof HarnessError && (isExhausted(thrown) || isForbiddenGuess(thrown, one))) {
    return skipped(ran, { reason: withHint(thrown), byDesign: true });
  }
  return { ...ran, status: 'error', error: redactError(toCaseError(thrown), secretsOf(context.target)) };
}

/** A case that is skipped shows nothing of what was sent. */
function skipped({ case: one, ms }: CaseRun, obstacle: Obstacle): Verdict {
  return { case: one, ms, exchanges: [], values: {}, advice: [], status: 'skip', ...obstacle };
}

/** Other cases have used the state up: nothing is known, nothing is wrong. */
function isExhausted(thrown: unknown): boolean {
  return thrown instanceof HarnessError && thrown.code === 'E_STATE_EXHAUSTED';
}

/** A probe or an attempt would have named what may be somebody else's: nothing is known, nothing is wrong. */
function isForbiddenGuess({ code }: HarnessError, one: Case): boolean {
  return code === 'E_GUARD' && (one.kind === 'probe' || one.steps.some((step) => step.kind === 'provoke'));
}

/** What happened and what to do about it: the only line that a report has for a skip. */
function withHint({ message, hint }: HarnessError): string {
  return hint === undefined ? message : `${message}. ${hint}`;
}
