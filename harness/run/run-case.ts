import { unlessAborted } from '../core/abort.ts';
import { secretsOf } from '../core/credentials.ts';
import { withStateRemedy } from '../cases/recipes/remedy.ts';
import { unknownValue } from '../cases/request/unknown-value.ts';
import { noForbiddenKey } from '../cases/show-credentials.ts';
import { noSuchResource, type Suite } from '../cases/suite.ts';
import { HarnessError, messageOf, toCaseError } from '../core/errors.ts';
import type { Case, Need } from '../model/case.ts';
import type { Arranged, Target } from '../model/target.ts';
import type { CaseError, Verdict } from '../model/verdict.ts';
import { redactText } from '../wire/secrets/redact.ts';
import { UnrenderableRequest } from './steps/send-step.ts';
import { takeSteps } from './steps/steps.ts';
import { emptyCaseLog } from './case-log.ts';
import { attemptsOn } from './steps/provoke-step.ts';
import type { RunContext } from './run-context.ts';
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
  const skip = ({ reason, exempt, byDesign }: Obstacle): Verdict => ({
    case: one,
    ms: performance.now() - start,
    exchanges: [],
    values: {},
    advice: [],
    status: 'skip',
    reason,
    ...(exempt === undefined ? {} : { exempt }),
    ...(byDesign === undefined ? {} : { byDesign }),
  });
  const obstacle = obstacleTo(one, context);
  if (obstacle !== undefined) return skip(obstacle);

  const log = emptyCaseLog();
  const arranged: Arranged[] = [];
  const values: Record<string, string> = {};
  const done = (): Pick<Verdict, 'case' | 'ms' | 'exchanges' | 'values' | 'advice'> => ({
    case: one,
    ms: performance.now() - start,
    exchanges: log.seen,
    values,
    advice: log.advice,
  });
  const failed = (): Verdict | undefined => {
    const [first, ...more] = log.findings;
    return first === undefined ? undefined : { ...done(), status: 'fail', findings: [first, ...more] };
  };
  let verdict: Verdict;
  let begun = false;
  let withoutState: string | undefined;
  let missing = '';
  try {
    for (const need of one.needs) {
      options.onArranging?.(need.state);
      missing = need.state;
      const state = await arrange(need, one, context, options.freshId).catch((thrown: unknown) => {
        if (!hasStatelessAttempt(one, context.target) || !isStateMissing(thrown)) throw thrown;
        withoutState = `${need.state} could not be arranged (${messageOf(thrown)})`;
        return { values: unknownValues(need, one, options.freshId), release: () => Promise.resolve() };
      });
      arranged.push(state);
      Object.assign(values, renamed(need, state.values));
    }
    begun = true;
    const unarranged = withoutState === undefined ? {} : { withoutState };
    await takeSteps({ case: one, values, run: context, log, ...unarranged });
    const failure = failed();
    if (failure !== undefined) verdict = failure;
    else if (log.unseen.length > 0)
      verdict = {
        ...done(),
        status: 'skip',
        reason: [...new Set(log.unseen)].join('; '),
        ...(log.observerStopped || log.unproved ? {} : { byDesign: true }),
      };
    else verdict = { ...done(), status: 'pass' };
  } catch (thrown) {
    // What was seen until then stays seen: a server that breaks down over a request is at fault.
    const failure = failed();
    if (failure !== undefined) verdict = failure;
    else if (thrown instanceof UnrenderableRequest) verdict = skip({ reason: thrown.message, byDesign: true });
    else if (thrown instanceof HarnessError && thrown.code === 'E_STATE_UNSUPPORTED') {
      // The provider declined only when it was asked; by now the target says so, too.
      verdict = skip(obstacleTo(one, context) ?? { reason: withRemedy(thrown.message, one, context.suite, missing) });
    } else if (thrown instanceof HarnessError && isSkipCode(thrown.code, one)) {
      verdict = skip({ reason: withHint(thrown), byDesign: true });
      if (thrown.code === 'E_STATE_EXHAUSTED') options.onExhausted?.();
    } else verdict = { ...done(), status: 'error', error: masked(toCaseError(thrown), secretsOf(context.target)) };
    if (thrown instanceof Refused && verdict.status === 'error') options.onRefused?.(thrown);
    if (thrown instanceof UnrenderableRequest && log.seen.length === 0) begun = false;
  }
  return released(verdict, arranged, { begun, secrets: secretsOf(context.target) });
}

/** The state is used up, or a probe would have named what may be somebody else's: nothing is known, nothing is wrong. */
function isSkipCode(code: string, one: Case): boolean {
  const guess = one.kind === 'probe' || one.steps.some((step) => step.kind === 'provoke');
  return code === 'E_STATE_EXHAUSTED' || (code === 'E_GUARD' && guess);
}

/** What happened and what to do about it: the only line that a report has for a skip. */
function withHint({ message, hint }: HarnessError): string {
  return hint === undefined ? message : `${message}. ${hint}`;
}

/** Why a state cannot be arranged, and what to write where. */
function withRemedy(reason: string, one: Case, suite: Suite, state: string): string {
  const [step] = one.steps;
  if (step?.kind === 'provoke') return `${reason}; ${step.remedy}`;
  return withStateRemedy(reason, suite, state);
}

/** Why a case cannot run. `byDesign`: it is the nature of such a target, and no shortfall of this run. */
interface Obstacle {
  readonly reason: string;
  readonly exempt?: string;
  readonly byDesign?: true;
}

function obstacleTo(one: Case, { target, suite }: RunContext): Obstacle | undefined {
  if (one.unprovoked !== undefined) return { reason: one.unprovoked };
  if (one.kind === 'probe' && !target.answersAnything) {
    return { reason: 'probes need a server that answers; fixtures replay recorded exchanges', byDesign: true };
  }
  if (one.hazard !== undefined && target.shared)
    return { reason: `never on a shared target: ${one.hazard}`, byDesign: true };
  if (target.forbiddenKey === undefined && needsForbiddenKey(one)) {
    return one.kind === 'declared'
      ? { reason: noForbiddenKey, exempt: noForbiddenKey }
      : { reason: noForbiddenKey, byDesign: true };
  }
  const [step] = one.steps;
  if (step?.kind === 'provoke') {
    const exempt = one.exempt?.on.includes(target.kind) === true ? one.exempt.reason : undefined;
    const tried = attemptsOn(step, target.kind);
    if (tried.length === 0) {
      const reason = exempt ?? `nothing in the document says how to get this response; ${step.remedy}`;
      return { reason, ...(exempt === undefined ? {} : { exempt }) };
    }
    if (tried.some(({ stateless }) => stateless === true)) return undefined;
  }
  for (const { state, arrangement } of one.needs) {
    if (state === noSuchResource) continue;
    const can = target.can(state, arrangement);
    if (can === true) continue;
    const exempt = one.exempt?.on.includes(target.kind) === true ? one.exempt.reason : undefined;
    return { reason: exempt ?? withRemedy(can.reason, one, suite, state), ...(exempt === undefined ? {} : { exempt }) };
  }
  return undefined;
}

function needsForbiddenKey({ steps }: Case): boolean {
  return steps.some((step) => {
    if (step.kind === 'send') return step.request.credential === 'forbidden';
    if (step.kind !== 'provoke') return false;
    const everywhere = step.attempts.filter(({ on }) => on === undefined);
    return everywhere.length > 0 && everywhere.every(({ request }) => request.credential === 'forbidden');
  });
}

async function arrange(
  need: Need,
  one: Case,
  { target, signal }: RunContext,
  freshId: () => string,
): Promise<Arranged> {
  const unknown = unknownValues(need, one, freshId);
  // A target that knows the state must hear of the id: it lets no other leave, or has recorded one.
  if (need.state !== noSuchResource || target.can(need.state) === true) {
    const making = target.arrange(need.state, {
      consumes: need.consumes,
      caseId: one.id,
      unknown,
      ...(need.arrangement === undefined ? {} : { arrangement: need.arrangement }),
      ...(signal === undefined ? {} : { signal }),
    });
    return unlessAborted(making, signal, `arranging "${need.state}"`).catch((thrown: unknown) => {
      // A target that does not heed the signal may yet arrange it.
      making.then((late) => late.release({ untouched: true })).catch(() => undefined);
      throw thrown;
    });
  }
  return { values: unknown, release: () => Promise.resolve() };
}

function unknownValues(need: Need, one: Case, freshId: () => string): Readonly<Record<string, string>> {
  const names = Object.keys(need.as);
  return Object.fromEntries(names.map((name) => [name, unknownValue(one.operation, name, freshId())]));
}

/** Whether a way to provoke the response is left where no state can be arranged. */
function hasStatelessAttempt({ steps }: Case, { kind }: Target): boolean {
  return steps.some(
    (step) => step.kind === 'provoke' && attemptsOn(step, kind).some(({ stateless }) => stateless === true),
  );
}

function isStateMissing(thrown: unknown): boolean {
  return thrown instanceof HarnessError && (thrown.code === 'E_STATE_UNSUPPORTED' || thrown.code === 'E_STATE_UNKNOWN');
}

function renamed(need: Need, values: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [need.as[name] ?? name, value]));
}

/**
 * Give the states back; what fails there is reported, but does not hide what the case found out. A state is untouched where
 * nothing was sent, and where it was only read and nothing failed.
 */
async function released(
  verdict: Verdict,
  arranged: readonly Arranged[],
  { begun, secrets }: { readonly begun: boolean; readonly secrets: readonly string[] },
): Promise<Verdict> {
  const well = verdict.status === 'pass' || verdict.status === 'skip';
  const consumed = verdict.case.needs.map((need) => need.consumes);
  const results = await Promise.allSettled(
    arranged.map((state, place) => state.release({ untouched: !begun || (well && consumed[place] === false) })),
  );
  const failed = results.find((result) => result.status === 'rejected');
  if (failed === undefined || verdict.status === 'fail' || verdict.status === 'error') return verdict;
  const { case: one, ms, exchanges, values, advice } = verdict;
  const error = masked(toCaseError(failed.reason), secrets);
  return { case: one, ms, exchanges, values, advice, status: 'error', error };
}

/** A message may hold what was sent, or what a server said. */
function masked({ code, message, hint }: CaseError, secrets: readonly string[]): CaseError {
  const mask = (text: string): string => redactText(text, secrets);
  return { code, message: mask(message), ...(hint === undefined ? {} : { hint: mask(hint) }) };
}
