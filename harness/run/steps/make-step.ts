import { randomUUID } from 'node:crypto';
import { waitUnlessAborted } from '../../core/abort.ts';
import { uniqueValues } from '../../cases/defaults/fresh.ts';
import { valuesTaken } from '../../cases/request/values-taken.ts';
import type { Case, Make } from '../../model/case.ts';
import type { Exchange } from '../../model/exchange.ts';
import type { Target } from '../../model/target.ts';
import type { Finding } from '../../model/verdict.ts';
import { addFinding, type CaseLog } from '../case-log.ts';
import { isByExample } from './by-example.ts';
import { cleanUp, namedIn, whyNotToCreate } from './clean-up.ts';
import { echoFindings } from './echo.ts';
import { type Sending, sendOf } from './sending.ts';

interface MakeContext {
  readonly target: Pick<Target, 'kind' | 'own' | 'pace' | 'madeBy' | 'notToCreate' | 'shared'>;
  readonly log: CaseLog;
  readonly sending: Sending;
  /** How long what was accepted may take to be there. */
  readonly withinMs: number;
  readonly signal?: AbortSignal;
}

/** Asks for a new resource and looks at what became of that; on a live server, what was made is taken away again. */
export async function make(one: Case, step: Make, context: MakeContext): Promise<void> {
  const { sending, target, log } = context;
  const refused = whyNotToCreate(step.request, target);
  if (refused !== undefined) {
    log.unseen.push(`not sent: ${refused}`);
    return;
  }
  const drawn = uniqueValues(randomUUID());
  const values = { ...drawn, ...sending.values };
  const unique = [...Object.values(drawn), ...sending.unique];
  const plain = sendOf(step.name, step.request, step.expectation);
  const exchange = await sending.send(plain, values);
  try {
    sending.judge(plain, exchange);
    if (step.refused === true) await lookForNothing(one, step, { exchange, values, unique, context });
    else if (isMade(step, exchange)) await lookAtMade(one, step, { exchange, values, unique, context });
    else log.unseen.push(`nothing was made: ${exchange.response?.status ?? 'no response'} came`);
  } finally {
    if (target.kind === 'live') await cleanUp(step.cleanUp, exchange, { target, values, unique, send: sending.send });
  }
}

interface Made {
  readonly exchange: Exchange;
  readonly values: Readonly<Record<string, string>>;
  /** Those of `values` that were made for the request. */
  readonly unique: readonly string[];
  readonly context: MakeContext;
}

async function lookAtMade(one: Case, step: Make, { exchange, values, context }: Made): Promise<void> {
  const { log, sending, target } = context;
  const { read, take } = step;
  const number = log.seen.length - 1;
  // What the mock answers by an example of the document says nothing of what it was asked.
  const find = (told: Exchange, findings: readonly Finding[]): void => {
    if (findings.length > 0 && isByExample(told, target)) log.unseen.push(exampleOnly);
    else for (const finding of findings) addFinding(log, finding);
  };
  find(exchange, echoFindings(one, { sent: exchange, told: exchange, step: step.name, number }));
  if (log.findings.length > 0 || log.unseen.length > 0 || read === undefined) return;
  const own = isNamed(step)
    ? namedIn(read.request.path, values)
    : valuesTaken(take, exchange, read.operation, isTold(exchange));
  if (Object.keys(own).length === 0) {
    log.unseen.push('the response does not name what was made, so it cannot be read');
    return;
  }
  const reading = sendOf('read what was made', read.request, { kind: 'one-of', responses: read.operation.responses });
  const end = performance.now() + context.withinMs;
  let seen = await sending.send(reading, { ...values, ...own }, read.operation);
  for (let wait = 5; isMissing(seen) && performance.now() + wait < end; wait = Math.min(wait * 2, 1000)) {
    await waitUnlessAborted(wait, context.signal, 'reading what was made');
    seen = await sending.send(reading, { ...values, ...own }, read.operation);
  }
  sending.judge(reading, seen, read.operation);
  const place = { step: reading.name, number: log.seen.length - 1 };
  if (!isSuccess(seen)) {
    if (isByExample(exchange, target)) {
      log.unseen.push(exampleOnly);
      return;
    }
    addFinding(log, {
      check: 'effect-created',
      severity: one.severity,
      message: `what was made cannot be read: ${read.operation.method} ${read.operation.path} is answered ${seen.response?.status ?? 'not at all'} for ${Object.values(own).join(', ')}`,
      where: 'status',
      expected: `2xx within ${context.withinMs} ms`,
      actual: String(seen.response?.status ?? seen.fault?.message ?? 'no response'),
      hint: 'Store the resource before the response is sent, under the name that the response gives.',
      at: one.at,
      step: reading.name,
      exchange: place.number,
    });
    return;
  }
  find(seen, echoFindings(one, { sent: exchange, told: seen, ...place }));
}

const exampleOnly =
  'the embedded mock answers this request by an example of the document, which does not say what it makes; run against a server';

/** Whether the response says something, so that what was sent does not count: a server need not take an id that it is given. */
function isTold({ response }: Exchange): boolean {
  return (response?.body.length ?? 0) > 0;
}

/** After a refusal, the name that was sent names nothing. */
async function lookForNothing(one: Case, step: Make, { exchange, values, unique, context }: Made): Promise<void> {
  const { log, sending, target } = context;
  const { read, take } = step;
  if (read === undefined || log.findings.length > 0) return;
  const { request, notes, ms } = exchange;
  const own = valuesTaken(take, { request, notes, ms });
  if (Object.keys(own).length === 0) return;
  // Where others use the host, something of a usual name may be theirs.
  if (target.shared && !Object.values(own).some((name) => unique.some((each) => name.includes(each)))) return;
  const reading = sendOf('read what was refused', read.request, { kind: 'not-5xx' });
  const seen = await sending.send(reading, { ...values, ...own }, read.operation);
  sending.judge(reading, seen, read.operation);
  if (!isSuccess(seen)) return;
  if (target.kind === 'live')
    await cleanUp(step.cleanUp, madeBy(exchange), { target, values, unique, send: sending.send });
  addFinding(log, {
    check: 'effect-refused',
    severity: one.severity,
    message: `${Object.values(own).join(', ')} was made, although the request was refused`,
    where: 'status',
    expected: `no 2xx for ${read.operation.method} ${read.operation.path}`,
    actual: String(seen.response?.status),
    hint: 'Refuse a request before anything is stored.',
    at: one.at,
    step: reading.name,
    exchange: log.seen.length - 1,
  });
}

/** The exchange as if it had been answered 201 without a word: what was made has the name that was sent. */
function madeBy(exchange: Exchange): Exchange {
  return {
    ...exchange,
    response: { status: 201, reason: '', httpVersion: '1.1', headers: [], body: new Uint8Array() },
  };
}

/** What is made under an id that the request gives needs no word of the response. */
function isNamed({ take }: Make): boolean {
  return Object.keys(take).length === 0;
}

function isMade({ created }: Make, exchange: Exchange): boolean {
  return created === true ? exchange.response?.status === 201 : isSuccess(exchange);
}

function isSuccess({ response }: Exchange): boolean {
  return response !== undefined && response.status >= 200 && response.status < 300;
}

function isMissing({ response }: Exchange): boolean {
  return response?.status === 404;
}
