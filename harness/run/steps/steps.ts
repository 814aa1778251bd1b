import { randomUUID } from 'node:crypto';
import { unlessAborted, waitUnlessAborted } from '../../core/abort.ts';
import { secretsOf } from '../../core/credentials.ts';
import { uniqueValues } from '../../cases/defaults/fresh.ts';
import { renderRequest } from '../../cases/render-request.ts';
import type { Case, Property, Send, Step } from '../../model/case.ts';
import type { Operation } from '../../model/document.ts';
import type { Exchange } from '../../model/exchange.ts';
import type { Finding } from '../../model/verdict.ts';
import { differsFrom } from './same-answer.ts';
import { examine } from '../examine.ts';
import { statusKeyMatches } from '../../openapi/match-response.ts';
import { type StepResult, emptyCaseLog, type CaseLog, addFinding } from '../case-log.ts';
import { cleanUp, whyNotToCreate, type SendOf } from './clean-up.ts';
import { observe, openObservers } from './observe-step.ts';
import { make } from './make-step.ts';
import { provoke } from './provoke-step.ts';
import type { RunContext } from '../run-context.ts';
import type { Sending } from './sending.ts';
import { askedBy, throttlingOf } from '../throttling.ts';

/**
 * Take the steps of a case one by one. After a violation only observation goes on, to see the effect. What was seen
 * until then is in `log`, also when a step throws.
 */
export async function takeSteps(
  one: Case,
  values: Readonly<Record<string, string>>,
  context: RunContext,
  log: CaseLog,
  withoutState?: string,
): Promise<StepResult> {
  const observers = await openObservers(one, values, context, log);
  let unobserved = false;
  for (const step of one.steps) {
    const broken = log.findings.length > 0;
    if (broken && !(step.kind === 'observe' && step.is !== 'gone')) continue;
    // What is sent once a resource has gone would show nothing where nobody saw it go.
    if (unobserved && step.kind !== 'observe') continue;
    switch (step.kind) {
      case 'send':
        await sendOnce(one, step, values, context, log);
        break;
      case 'together':
        await sendTogether(one, step, values, context, log);
        break;
      case 'provoke':
        await provoke(one, step, context.target, log, {
          ...sendingOf(one, values, context, log),
          ...(withoutState === undefined ? {} : { withoutState }),
        });
        break;
      case 'make':
        await make(one, step, {
          target: context.target,
          log,
          sending: sendingOf(one, values, context, log),
          withinMs: context.suite.observers.goneWithinMs,
          ...(context.signal === undefined ? {} : { signal: context.signal }),
        });
        break;
      case 'property':
        await tryProperty(one, step, values, context, log);
        break;
      case 'observe':
        unobserved ||= !(await observe(one, step, values, context, log, observers)) && step.is === 'gone';
        break;
      default:
        step satisfies never;
    }
  }
  return log;
}

/** Sends a request; what it made on a server that is not the mock is taken away, whatever it was judged. */
async function sendOnce(
  one: Case,
  step: Send,
  values: Readonly<Record<string, string>>,
  context: RunContext,
  log: CaseLog,
): Promise<void> {
  const refused = step.cleanUp === undefined ? undefined : whyNotToCreate(step.request, context.target);
  if (refused !== undefined) throw new UnrenderableRequest(`not sent: ${refused}`);
  const before = log.seen.length;
  const unique = uniqueValues(randomUUID());
  await sendUntilPromised(one, step, { ...unique, ...values }, context, log);
  const { target } = context;
  if (step.cleanUp === undefined || target.kind !== 'live') return;
  const send: SendOf = (each, filled, operation = one.operation) =>
    exchangeOf({ ...one, operation }, each, filled, context);
  const how = { target, values: { ...unique, ...values }, unique: Object.values(unique), send };
  for (const { exchange } of log.seen.slice(before)) await cleanUp(step.cleanUp, exchange, how);
}

function sendingOf(one: Case, values: Readonly<Record<string, string>>, context: RunContext, log: CaseLog): Sending {
  const about = (operation: Operation | undefined): Case => (operation === undefined ? one : { ...one, operation });
  return {
    values,
    send: (send, filled, operation) => exchangeOf(about(operation), send, filled, context),
    judge: (send, exchange, operation) => examineSeen(about(operation), send, exchange, values, context, log),
  };
}

/** A request of this case cannot be written with these values; the case is a skip. */
export class UnrenderableRequest extends Error {}

async function exchangeOf(
  one: Case,
  step: Send | Property,
  values: Readonly<Record<string, string>>,
  { target, signal }: RunContext,
): Promise<Exchange> {
  const shared = step.kind === 'send' && step.connection === 'shared';
  const request = renderRequest({
    plan: step.request,
    values: { ...uniqueValues(randomUUID()), ...values },
    key: target.key,
    ...(target.forbiddenKey === undefined ? {} : { forbiddenKey: target.forbiddenKey }),
    ...(target.credentials === undefined ? {} : { credentials: target.credentials }),
    operation: one.operation,
    ...(shared ? { connection: one.id } : {}),
  });
  if ('reason' in request) throw new UnrenderableRequest(request.reason);
  const known = throttlingOf(target);
  const asked = askedBy(one, step);
  const unpaced = !known.isPassing(asked);
  const sending = target.send(request, { caseId: one.id, unpaced, ...(signal === undefined ? {} : { signal }) });
  const exchange = await unlessAborted(sending, signal, `${request.method} ${request.path}`);
  known.heard(asked, exchange);
  return exchange;
}

async function sendAndExamine(
  one: Case,
  step: Send | Property,
  values: Readonly<Record<string, string>>,
  context: RunContext,
  log: CaseLog,
): Promise<Exchange> {
  const exchange = await exchangeOf(one, step, values, context);
  examineSeen(one, step, exchange, values, context, log);
  return exchange;
}

/** Only the last exchange is kept and examined. */
async function sendUntilPromised(
  one: Case,
  step: Send,
  values: Readonly<Record<string, string>>,
  context: RunContext,
  log: CaseLog,
): Promise<void> {
  const { retryWhile = [] } = step;
  const end = performance.now() + context.suite.observers.goneWithinMs;
  for (let wait = 5; ; wait = Math.min(wait * 2, 1000)) {
    const exchange = await exchangeOf(one, step, values, context);
    const status = exchange.response?.status;
    const left = end - performance.now();
    if (status === undefined || left <= 0 || !retryWhile.some(({ key }) => statusKeyMatches(key, status))) {
      examineSeen(one, step, exchange, values, context, log);
      const finding = step.sameAnswerAs === undefined ? undefined : differsFrom(one, step, values, log.seen);
      if (finding !== undefined) addFinding(log, finding);
      return;
    }
    await waitUnlessAborted(Math.min(wait, left), context.signal, 'sending the request again');
  }
}

function examineSeen(
  one: Case,
  step: Send | Property,
  exchange: Exchange,
  values: Readonly<Record<string, string>>,
  context: RunContext,
  log: CaseLog,
): void {
  const number = log.seen.push({ step: step.name, exchange }) - 1;
  const { findings, advice } = examine({
    checks: context.checks,
    case: one,
    step,
    exchange,
    number,
    values,
    secrets: secretsOf(context.target),
    again: throttlingOf(context.target).isPassing(askedBy(one, step)),
  });
  log.findings.push(...findings);
  log.advice.push(...advice);
}

async function sendTogether(
  one: Case,
  step: Step & { readonly kind: 'together' },
  values: Readonly<Record<string, string>>,
  context: RunContext,
  log: CaseLog,
): Promise<void> {
  const sent = await Promise.allSettled(step.sends.map((send) => sendAndExamine(one, send, values, context, log)));
  const failed = sent.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason as Error;
  const statuses = sent.flatMap((result) =>
    result.status === 'fulfilled' ? [result.value.response?.status ?? 0] : [],
  );
  if (log.findings.length > 0 || statuses.some((status) => statusKeyMatches(step.atLeastOne, status))) return;
  addFinding(log, {
    check: 'effect-together',
    severity: one.severity,
    message: `none of ${statuses.length} requests at once was answered ${step.atLeastOne}`,
    where: 'status',
    expected: `${step.atLeastOne} at least once`,
    actual: statuses.join(' and '),
    at: one.at,
    step: step.name,
    exchange: log.seen.length - 1,
  });
}

/** Shrinks a failing id; only the exchange of the smallest counter-example is kept. */
async function tryProperty(
  one: Case,
  step: Property,
  values: Readonly<Record<string, string>>,
  context: RunContext,
  log: CaseLog,
): Promise<void> {
  const { smallestCounterExample } = await import('../generated.ts');
  const trial = async (id: string): Promise<CaseLog> => {
    const own = emptyCaseLog();
    await sendAndExamine(one, step, { ...values, [step.generates]: id }, context, own);
    return own;
  };
  const found = await smallestCounterExample({
    runs: step.runs,
    seed: context.seed,
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
      hint: `Generated id ${example}, the smallest after ${found.shrinks} shrinks; --seed ${context.seed} generates it again.`,
    })),
  );
}
