import { randomUUID } from 'node:crypto';
import { unlessAborted, waitUnlessAborted } from '../../core/abort.ts';
import { secretsOf } from '../../core/credentials.ts';
import { uniqueIn, uniqueValues } from '../../cases/defaults/fresh.ts';
import { renderRequest } from '../../cases/render-request.ts';
import type { Property, Send, Step } from '../../model/case.ts';
import type { Operation } from '../../model/document.ts';
import type { Exchange } from '../../model/exchange.ts';
import { statusKeyMatches } from '../../openapi/match-response.ts';
import { adviceForNoItem } from '../../wire/read-items.ts';
import { addFinding } from '../case-log.ts';
import { examine } from '../examine.ts';
import { askedBy, throttlingOf } from '../throttling.ts';
import { cleanUp, whyNotToCreate } from './clean-up.ts';
import { withoutContradictions } from './contradiction.ts';
import { differsFrom } from './same-answer.ts';
import type { Sending } from './sending.ts';
import type { StepContext } from './step-context.ts';

/** A request of this case cannot be written with these values; the case is a skip. */
export class UnrenderableRequest extends Error {}

/** Sends a request; what it made on a server that is not the mock is taken away, whatever it was judged. */
export async function sendOnce(step: Send, context: StepContext): Promise<void> {
  const { log } = context;
  const { target } = context.run;
  const makes = step.cleanUp !== undefined || context.case.operation.method === 'PUT';
  const refused = makes ? whyNotToCreate(step.request, target) : undefined;
  if (refused !== undefined) throw new UnrenderableRequest(`not sent: ${refused}`);
  const before = log.seen.length;
  const unique = uniqueValues(randomUUID());
  const values = { ...unique, ...context.values };
  await sendUntilPromised(step, { ...context, values });
  if (step.cleanUp === undefined || target.kind !== 'live') return;
  const { send } = sendingOf(context);
  const how = { target, values, unique: [...Object.values(unique), ...(context.unique ?? [])], send };
  for (const { exchange } of log.seen.slice(before)) await cleanUp(step.cleanUp, exchange, how);
}

/** Sends requests at the same time. Each is judged; then one of them at least must have the status that is promised. */
export async function sendTogether(step: Step & { readonly kind: 'together' }, context: StepContext): Promise<void> {
  const { case: one, log } = context;
  const sent = await Promise.allSettled(step.sends.map((send) => sendAndExamine(send, context)));
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

export async function sendAndExamine(step: Send | Property, context: StepContext): Promise<Exchange> {
  const exchange = await exchangeOf(step, context);
  examineSeen(step, exchange, context);
  return exchange;
}

/** Only the last exchange is kept and examined. */
async function sendUntilPromised(step: Send, context: StepContext): Promise<void> {
  const { case: one, run, values, log } = context;
  const { retryWhile = [] } = step;
  const end = performance.now() + run.suite.observers.goneWithinMs;
  for (let wait = 5; ; wait = Math.min(wait * 2, 1000)) {
    const exchange = await exchangeOf(step, context);
    const status = exchange.response?.status;
    const left = end - performance.now();
    if (status === undefined || left <= 0 || !retryWhile.some(({ key }) => statusKeyMatches(key, status))) {
      examineSeen(step, exchange, context);
      const finding = step.sameAnswerAs === undefined ? undefined : differsFrom(one, step, values, log.seen);
      if (finding !== undefined) addFinding(log, finding);
      return;
    }
    await waitUnlessAborted(Math.min(wait, left), run.signal, 'sending the request again');
  }
}

/** How the steps that send several requests send and judge each of them. */
export function sendingOf(context: StepContext): Sending {
  const about = (operation: Operation | undefined): StepContext =>
    operation === undefined ? context : { ...context, case: { ...context.case, operation } };
  return {
    values: context.values,
    unique: context.unique ?? [],
    send: (send, values, operation) => exchangeOf(send, { ...about(operation), values }),
    judge: (send, exchange, operation) => examineSeen(send, exchange, about(operation)),
  };
}

async function exchangeOf(step: Send | Property, { case: one, values, run }: StepContext): Promise<Exchange> {
  const { target, signal } = run;
  const shared = step.kind === 'send' && step.connection === 'shared';
  const filled = { ...uniqueValues(randomUUID()), ...values };
  const request = renderRequest({
    plan: step.request,
    values: filled,
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
  const sending = target.send(request, {
    caseId: one.id,
    unpaced,
    unique: uniqueIn(filled),
    ...(signal === undefined ? {} : { signal }),
  });
  const exchange = await unlessAborted(sending, signal, `${request.method} ${request.path}`);
  known.heard(asked, exchange);
  return exchange;
}

function examineSeen(step: Send | Property, exchange: Exchange, context: StepContext): void {
  const { case: one, values, run, log } = context;
  const number = log.seen.push({ step: step.name, exchange }) - 1;
  const examined = examine({
    checks: run.checks,
    case: one,
    step,
    exchange,
    number,
    values,
    secrets: secretsOf(run.target),
    again: throttlingOf(run.target).isPassing(askedBy(one, step)),
  });
  const { findings, contradictions } = withoutContradictions(examined.findings, exchange, run.target);
  log.findings.push(...findings);
  log.advice.push(...examined.advice);
  log.unseen.push(...contradictions);
  const { stopped } = exchange.response ?? {};
  if (stopped?.items !== 0) return;
  log.unseen.push(`${stopped.message}; ${adviceForNoItem(stopped)}`);
  log.unproved = true;
}
