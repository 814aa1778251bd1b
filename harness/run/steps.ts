import { setTimeout as pause } from 'node:timers/promises';
import { fillRequest } from '../cases/render-request.ts';
import type { Case, Property, Send, Step } from '../model/case.ts';
import type { Exchange } from '../model/exchange.ts';
import type { Finding } from '../model/verdict.ts';
import { unlike } from './same-answer.ts';
import { examine } from './examine.ts';
import { covers } from '../openapi/match-response.ts';
import { type Attempt, emptyJournal, type Journal, tell } from './case-log.ts';
import { observe, openEyes } from './observe-step.ts';
import type { Surroundings } from './run-context.ts';

/**
 * Take the steps of a case one by one. After a departure only the looking goes on, to see what it did. What was seen
 * until then is in `journal`, also when a step throws.
 */
export async function attempt(
  one: Case,
  values: Readonly<Record<string, string>>,
  around: Surroundings,
  journal: Journal,
): Promise<Attempt> {
  const eyes = await openEyes(one, values, around, journal);
  let inTheDark = false;
  for (const step of one.steps) {
    const broken = journal.findings.length > 0;
    if (broken && !(step.kind === 'observe' && step.is !== 'gone')) continue;
    // What is sent once a resource has gone would show nothing where nobody saw it go.
    if (inTheDark && step.kind !== 'observe') continue;
    switch (step.kind) {
      case 'send':
        await sendUntilPromised(one, step, values, around, journal);
        break;
      case 'together':
        await sendTogether(one, step, values, around, journal);
        break;
      case 'property':
        await tryProperty(one, step, values, around, journal);
        break;
      case 'observe':
        inTheDark ||= !(await observe(one, step, values, around, journal, eyes)) && step.is === 'gone';
        break;
      default:
        step satisfies never;
    }
  }
  return journal;
}

/** A request of this case cannot be written with these values; the case is a skip. */
export class NothingToShow extends Error {}

async function exchangeOf(
  one: Case,
  step: Send | Property,
  values: Readonly<Record<string, string>>,
  { target }: Surroundings,
): Promise<Exchange> {
  const shared = step.kind === 'send' && step.connection === 'shared';
  const request = fillRequest({
    plan: step.request,
    values,
    key: target.key,
    operation: one.operation,
    ...(shared ? { connection: one.id } : {}),
  });
  if ('reason' in request) throw new NothingToShow(request.reason);
  return target.send(request, { caseId: one.id });
}

async function sendAndExamine(
  one: Case,
  step: Send | Property,
  values: Readonly<Record<string, string>>,
  around: Surroundings,
  journal: Journal,
): Promise<Exchange> {
  const exchange = await exchangeOf(one, step, values, around);
  examineSeen(one, step, exchange, values, around, journal);
  return exchange;
}

/** Only the last exchange is kept and examined. */
async function sendUntilPromised(
  one: Case,
  step: Send,
  values: Readonly<Record<string, string>>,
  around: Surroundings,
  journal: Journal,
): Promise<void> {
  const { meanwhile = [] } = step;
  const end = performance.now() + around.suite.observers.goneWithinMs;
  for (let wait = 5; ; wait = Math.min(wait * 2, 1000)) {
    const exchange = await exchangeOf(one, step, values, around);
    const status = exchange.response?.status;
    const left = end - performance.now();
    if (status === undefined || left <= 0 || !meanwhile.some(({ key }) => covers(key, status))) {
      examineSeen(one, step, exchange, values, around, journal);
      const finding = step.alike === undefined ? undefined : unlike(one, step, values, journal.seen);
      if (finding !== undefined) tell(journal, finding);
      return;
    }
    await pause(Math.min(wait, left));
  }
}

function examineSeen(
  one: Case,
  step: Send | Property,
  exchange: Exchange,
  values: Readonly<Record<string, string>>,
  around: Surroundings,
  journal: Journal,
): void {
  const number = journal.seen.push({ step: step.name, exchange }) - 1;
  const { findings, advice } = examine({
    checks: around.checks,
    case: one,
    step,
    exchange,
    number,
    values,
    secrets: [around.target.key],
  });
  journal.findings.push(...findings);
  journal.advice.push(...advice);
}

async function sendTogether(
  one: Case,
  step: Step & { readonly kind: 'together' },
  values: Readonly<Record<string, string>>,
  around: Surroundings,
  journal: Journal,
): Promise<void> {
  const sent = await Promise.allSettled(step.sends.map((send) => sendAndExamine(one, send, values, around, journal)));
  const failed = sent.find((result) => result.status === 'rejected');
  if (failed !== undefined) throw failed.reason as Error;
  const statuses = sent.flatMap((result) =>
    result.status === 'fulfilled' ? [result.value.response?.status ?? 0] : [],
  );
  if (journal.findings.length > 0 || statuses.some((status) => covers(step.atLeastOne, status))) return;
  tell(journal, {
    check: 'effect-together',
    severity: one.severity,
    message: `none of ${statuses.length} requests at once was answered ${step.atLeastOne}`,
    where: 'status',
    expected: `${step.atLeastOne} at least once`,
    actual: statuses.join(' and '),
    at: one.at,
    step: step.name,
    exchange: journal.seen.length - 1,
  });
}

/** Shrinks a failing id; only the exchange of the smallest counter-example is kept. */
async function tryProperty(
  one: Case,
  step: Property,
  values: Readonly<Record<string, string>>,
  around: Surroundings,
  journal: Journal,
): Promise<void> {
  const { smallestCounterExample } = await import('./generated.ts');
  const trial = async (id: string): Promise<Journal> => {
    const own = emptyJournal();
    await sendAndExamine(one, step, { ...values, [step.generates]: id }, around, own);
    return own;
  };
  const found = await smallestCounterExample({
    runs: step.runs,
    seed: around.seed,
    trial,
    fails: (own) => own.findings.length > 0,
  });
  const number = journal.seen.length;
  journal.seen.push(...found.last.seen);
  const placed = (finding: Finding): Finding => ({ ...finding, exchange: number });
  journal.advice.push(...found.last.advice.map(placed));
  if (found.counterExample === undefined) return;
  const example = JSON.stringify(found.counterExample);
  journal.findings.push(
    ...found.last.findings.map((finding) => ({
      ...placed(finding),
      hint: `Generated id ${example}, the smallest after ${found.shrinks} shrinks; --seed ${around.seed} makes it again.`,
    })),
  );
}
