import { parsedJson } from '../../core/parsed-json.ts';
import { unlessAborted, waitUnlessAborted } from '../../core/abort.ts';
import { renderRequest } from '../../cases/render-request.ts';
import { plainRequest } from '../../cases/request-plan.ts';
import type { Suite } from '../../cases/suite.ts';
import type { RequestPlan } from '../../model/case.ts';
import type { Operation } from '../../model/document.ts';
import type { Exchange } from '../../model/exchange.ts';
import type { Target } from '../../model/target.ts';
import { member, partsOf } from '../../openapi/document/pointer.ts';
import { refuseToJudge } from '../examine.ts';
import { sendUntilTaken } from '../../targets/live/send-until-taken.ts';
import { throttlingOf } from '../throttling.ts';

/** What an observer saw. `unclear`: it answered neither yes nor no. */
export interface Observation {
  readonly state: 'present' | 'gone' | 'unclear';
  /** The exchange that shows it, the last one where several were needed. */
  readonly exchange: Exchange;
  readonly why: string;
}

export interface Observer {
  /** The request in words, such as `GET /backups/{backup_id}`. */
  readonly name: string;
  observe(id: string): Promise<Observation>;
}

export function observerOf(options: {
  readonly through: 'one' | 'list';
  readonly suite: Suite;
  readonly operation: Operation;
  readonly target: Target;
  readonly caseId: string;
  /** The values of the case, for a path that names more than the resource. */
  readonly values: Readonly<Record<string, string>>;
  /** Ends the observation with `E_INTERRUPTED`. */
  readonly signal?: AbortSignal;
}): Observer | undefined {
  const { through, suite, operation, target, caseId, values, signal } = options;
  const sending = { caseId, ...(signal === undefined ? {} : { signal }) };
  const resource = suite.resource;
  if (resource === undefined) return undefined;
  const { headers } = plainRequest(operation, suite);
  const asked = `observer ${through}`;
  const known = throttlingOf(target);
  const get = async (path: string, id: string): Promise<Exchange> => {
    const plan: RequestPlan = { method: 'GET', path, headers, credential: 'valid' };
    const filled = { ...values, [resource]: id };
    const pauses = target.kind === 'live' ? [50, 250, 1000] : [];
    const exchange = await overIdleConnection(target, (connection) => {
      const { key, credentials } = target;
      const shown = credentials === undefined ? { key } : { key, credentials };
      const request = renderRequest({ plan, values: filled, ...shown, operation, connection });
      if ('reason' in request) throw new TypeError(request.reason);
      const askOnce = async (): Promise<Exchange> => {
        const unpaced = !known.isPassing(asked);
        const exchange = await unlessAborted(target.send(request, { ...sending, unpaced }), signal, `GET ${path}`);
        known.heard(asked, exchange);
        return exchange;
      };
      const ask = (): Promise<Exchange> => (known.isPassing(asked) ? sendUntilTaken(askOnce, target.pace) : askOnce());
      return askAgain(ask, {
        pauses,
        throttling: target.pace === undefined,
        ...(signal === undefined ? {} : { signal }),
      });
    });
    refuseToJudge(exchange, { asked, throttling: true });
    return exchange;
  };
  const { one, list } = suite.observers;
  if (through === 'one')
    return one === undefined ? undefined : { name: `GET ${one.path}`, observe: (id) => observeOne(one.path, id, get) };
  return list === undefined ? undefined : { name: `GET ${list.path}`, observe: (id) => observeList(list, id, get) };
}

/** The names of the connections that are idle at the moment, and how many there are in all. */
const connections = new WeakMap<Target, { readonly idle: string[]; made: number }>();

/** The observations of all cases share as few connections as possible: opening one takes longer than an observation. */
async function overIdleConnection<T>(target: Target, observe: (connection: string) => Promise<T>): Promise<T> {
  const known = connections.get(target) ?? { idle: [], made: 0 };
  connections.set(target, known);
  const connection = known.idle.pop() ?? `observer ${(known.made += 1)}`;
  try {
    return await observe(connection);
  } finally {
    known.idle.push(connection);
  }
}

/**
 * An observation is not what is tested: on a live server it may fail for a moment, and is repeated after each of these
 * pauses. A server that does not know the method, or is silent until the time is up, would only do the same again.
 */
async function askAgain(
  ask: () => Promise<Exchange>,
  {
    pauses,
    throttling,
    signal,
  }: { readonly pauses: readonly number[]; readonly throttling: boolean; readonly signal?: AbortSignal },
): Promise<Exchange> {
  const exchange = await ask();
  const [wait, ...more] = pauses;
  const { response, fault } = exchange;
  const status = response?.status ?? 0;
  // The connection may have been closed just then: it may have been idle for long.
  const failedBriefly =
    fault?.kind === 'refused' ||
    fault?.kind === 'reset' ||
    fault?.kind === 'closed-early' ||
    (throttling && status === 429) ||
    status >= 500;
  if (wait === undefined || !failedBriefly || status === 501) return exchange;
  await waitUnlessAborted(wait, signal, 'the observation');
  return askAgain(ask, { pauses: more, throttling, ...(signal === undefined ? {} : { signal }) });
}

interface Span {
  readonly withinMs: number;
  readonly signal?: AbortSignal;
}

/** Observe until it is there, or until the time is up. */
export async function observeUntilPresent(observer: Observer, id: string, options: Span): Promise<Observation> {
  const end = performance.now() + options.withinMs;
  for (let wait = 20; ; wait *= 2) {
    const observation = await observer.observe(id);
    const left = end - performance.now();
    if (observation.state !== 'gone' || left <= 0) return observation;
    await waitUnlessAborted(Math.min(wait, left), options.signal, 'the observation');
  }
}

/** Observe until it is gone, with longer and longer pauses, or until the time is up. */
export async function observeUntilGone(observer: Observer, id: string, options: Span): Promise<Observation> {
  const end = performance.now() + options.withinMs;
  for (let wait = 5; ; wait = Math.min(wait * 2, 1000)) {
    const observation = await observer.observe(id);
    const left = end - performance.now();
    if (observation.state === 'gone' || left <= 0) return observation;
    await waitUnlessAborted(Math.min(wait, left), options.signal, 'the observation');
  }
}

type Get = (path: string, id: string) => Promise<Exchange>;

async function observeOne(path: string, id: string, get: Get): Promise<Observation> {
  const exchange = await get(path, id);
  const status = exchange.response?.status;
  if (status !== undefined && status >= 200 && status < 300)
    return { state: 'present', exchange, why: `GET ${path} answered ${status}` };
  if (status === 404 || status === 410) return { state: 'gone', exchange, why: `GET ${path} answered ${status}` };
  return unclear(path, exchange);
}

async function observeList(list: NonNullable<Suite['observers']['list']>, id: string, get: Get): Promise<Observation> {
  const tokens = new Set<string>();
  for (let path = list.path; ;) {
    const exchange = await get(path, id);
    const body = exchange.response?.status === 200 ? jsonOf(exchange) : undefined;
    if (body === undefined) return unclear(list.path, exchange);
    if (valuesAt(body, list.ids).some((listed) => textOf(listed) === id))
      return { state: 'present', exchange, why: `GET ${list.path} lists it` };
    const next = list.next === undefined ? '' : textOf(valuesAt(body, list.next.token)[0]);
    if (next === '') return { state: 'gone', exchange, why: `GET ${list.path} does not list it` };
    if (tokens.has(next) || tokens.size === mostPages) {
      const why = tokens.has(next) ? 'its pages go round in a circle' : `it has more than ${mostPages} pages`;
      return { state: 'unclear', exchange, why: `GET ${list.path} has no end: ${why}` };
    }
    tokens.add(next);
    path = `${list.path}${list.path.includes('?') ? '&' : '?'}${list.next?.parameter ?? ''}=${encodeURIComponent(next)}`;
  }
}

/** A list that is longer than this is one that never ends. */
const mostPages = 500;

/** Ids and page tokens are text, or numbers in some documents; anything else is none. */
function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Names the template of the path, so that cases with the same observation have the same text. */
function unclear(path: string, exchange: Exchange): Observation {
  const what =
    exchange.response === undefined ? (exchange.fault?.message ?? 'no answer') : `answered ${exchange.response.status}`;
  return { state: 'unclear', exchange, why: `GET ${path}: ${what}` };
}

function jsonOf(exchange: Exchange): unknown {
  return parsedJson(new TextDecoder().decode(exchange.response?.body));
}

/** The values at a JSON pointer in which `*` stands for every item of an array. */
function valuesAt(value: unknown, pointer: string): readonly unknown[] {
  return partsOf(pointer).reduce<readonly unknown[]>(
    (found, part) =>
      found.flatMap((item) => {
        if (part === '*') return Array.isArray(item) ? (item as readonly unknown[]) : [];
        const inner = member(item, part);
        return inner === undefined ? [] : [inner];
      }),
    [value],
  );
}
