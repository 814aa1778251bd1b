import { fillRequest } from '../cases/fill.ts';
import type { Suite } from '../cases/suite.ts';
import { HarnessError } from '../errors.ts';
import type { Case, Check, Exchange, Finding, Property, Seen, Send, Step, Target } from '../model.ts';
import { examine } from './examine.ts';
import { lookUntilGone, type Observer, observerOf, type Sight } from './observe.ts';

/** What the steps of a case showed, before it becomes a verdict. */
export interface Attempt {
  readonly seen: readonly Seen[];
  readonly findings: readonly Finding[];
  readonly advice: readonly Finding[];
  /** What could not be looked at: without findings, this makes the case a skip. */
  readonly unseen: readonly string[];
}

export interface Surroundings {
  readonly target: Target;
  readonly suite: Suite;
  readonly checks: readonly Check[];
  readonly seed: number;
}

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
  for (const step of one.steps) {
    const broken = journal.findings.length > 0;
    if (broken && !(step.kind === 'observe' && step.is !== 'gone')) continue;
    switch (step.kind) {
      case 'send':
        await sendAndExamine(one, step, values, around, journal);
        break;
      case 'together':
        await sendTogether(one, step, values, around, journal);
        break;
      case 'property':
        await tryProperty(one, step, values, around, journal);
        break;
      case 'observe':
        await observe(one, step, values, around, journal, eyes);
        break;
      default:
        step satisfies never;
    }
  }
  return journal;
}

/** The growing record of an attempt. */
export interface Journal extends Attempt {
  readonly seen: Seen[];
  readonly findings: Finding[];
  readonly advice: Finding[];
  readonly unseen: string[];
}

export function emptyJournal(): Journal {
  return { seen: [], findings: [], advice: [], unseen: [] };
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
  return exchange;
}

async function sendTogether(
  one: Case,
  step: Step & { readonly kind: 'together' },
  values: Readonly<Record<string, string>>,
  around: Surroundings,
  journal: Journal,
): Promise<void> {
  const exchanges = await Promise.all(step.sends.map((send) => sendAndExamine(one, send, values, around, journal)));
  const statuses = exchanges.map((exchange) => exchange.response?.status ?? 0);
  if (journal.findings.length > 0 || statuses.some((status) => String(status) === step.atLeastOne)) return;
  journal.findings.push({
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

// Looking -----------------------------------------------------------------------------------------

interface Eyes {
  readonly observers: Readonly<Partial<Record<'one' | 'list', Observer>>>;
  /** Why one pair of eyes is blind on this target. */
  readonly blind: Readonly<Partial<Record<'one' | 'list', string>>>;
}

/** Before anything is sent: whoever will be looked at must be seen now, or its absence later would show nothing. */
async function openEyes(
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
    const eye = { suite, operation: one.operation, target, caseId: one.id, connection: `${one.id} observer` };
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
      blind[through] = `the observer does not show what was arranged: ${sight.why}`;
    }
  }
  return { observers, blind };
}

async function observe(
  one: Case,
  step: Step & { readonly kind: 'observe' },
  values: Readonly<Record<string, string>>,
  around: Surroundings,
  journal: Journal,
  eyes: Eyes,
): Promise<void> {
  const observer = eyes.observers[step.through];
  const reason = eyes.blind[step.through];
  if (reason !== undefined || observer === undefined) {
    journal.unseen.push(reason ?? 'no observer');
    return;
  }
  const id = values[step.what] ?? '';
  const withinMs = around.suite.observers.goneWithinMs;
  const accepted = journal.seen.some(({ exchange }) => isSuccess(exchange.response?.status));
  const patient = step.is === 'gone' ? withinMs : step.is === 'spared' && accepted ? Math.min(withinMs, lingerMs) : 0;
  const sight = await lookUntilGone(observer, id, { withinMs: patient });
  const number = journal.seen.push({ step: step.name, exchange: sight.exchange }) - 1;
  if (sight.state === (step.is === 'gone' ? 'gone' : 'present')) return;
  if (sight.state === 'unclear') {
    throw new HarnessError('E_OBSERVER', `the observer gave no clear answer: ${sight.why}`, {
      kind: 'target',
      hint: `Try the request by hand; it is the observer "${step.through}" of ${around.suite.file}.`,
    });
  }
  journal.findings.push(effectFinding({ one, step, id, sight, number, withinMs }));
}

/** How long a resource that should be spared is watched after something was accepted. */
const lingerMs = 1500;

function isSuccess(status: number | undefined): boolean {
  return status !== undefined && status >= 200 && status < 300;
}

function effectFinding(options: {
  readonly one: Case;
  readonly step: Step & { readonly kind: 'observe' };
  readonly id: string;
  readonly sight: Sight;
  readonly number: number;
  readonly withinMs: number;
}): Finding {
  const { one, step, id, sight, number, withinMs } = options;
  const stayed = step.is === 'gone';
  return {
    check: stayed ? 'effect-gone' : 'effect-untouched',
    severity: one.severity,
    message: stayed
      ? `${id} is still there ${withinMs} ms after its deletion was accepted`
      : `${id} is gone, and nothing here may delete it`,
    where: `observer ${step.through}`,
    expected: stayed ? `gone within ${withinMs} ms` : 'present',
    actual: sight.why,
    at: one.at,
    step: step.name,
    exchange: number,
  };
}
