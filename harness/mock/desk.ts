import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Operation } from '../model.ts';
import { ignoreBody, readBody } from './body.ts';
import type { RequestBody } from './body.ts';
import { control, controlPrefix } from './control.ts';
import type { Dialect } from './dialect.ts';
import { showsKey } from './key.ts';
import { declaredReply, preferenceOf, preferredReply } from './prefer.ts';
import { provedBytes } from './proved.ts';
import { problem } from './reply.ts';
import type { Reply } from './reply.ts';
import type { Route } from './route.ts';
import { splitTarget } from './routes.ts';
import type { Found } from './routes.ts';
import type { Store } from './store.ts';
import type { Mishap } from './weather.ts';
import { write, written } from './write.ts';
import type { Written } from './write.ts';

/** What the desk works with. */
export interface Desk {
  readonly store: Store;
  readonly find: (method: string, path: string) => Found<Route>;
  readonly lost: Route;
  readonly keyHeader: string;
  readonly key: string;
  readonly dialect: Dialect;
  readonly faults: string[];
  readonly throttle?: () => number | undefined;
  readonly mishap?: () => Mishap | undefined;
  /** Runs what follows after the latency of one request. */
  readonly later: (next: () => void) => void;
  readonly told: (method: string, path: string, outcome: number | 'reset', started: number) => void;
}

/**
 * Serves one request. The order is the contract: the key before all else, so that nobody without one learns what
 * exists; then the speed limit, the route, the caller's preference, the weather, and at last the operation itself.
 */
export function serve(desk: Desk, request: IncomingMessage, response: ServerResponse): void {
  const started = performance.now();
  const { method = '', url = '' } = request;
  const { path, query } = splitTarget(url);

  const finish = (outcome: Outcome): void => {
    if (outcome === 'reset') request.socket.resetAndDestroy();
    else write(response, outcome);
    desk.told(method, path, outcome === 'reset' ? outcome : outcome.status, started);
  };

  if (path.startsWith(controlPrefix)) {
    readBody(request, (body) => {
      const value = body.kind === 'json' ? body.value : undefined;
      finish(written(control(desk.store, { method, path, body: value }, desk.faults)));
    });
    return;
  }

  const found = desk.find(method, path);
  const refusal = refusalOf(desk, request, found);
  const act = (body: RequestBody): void => {
    desk.later(() => {
      if (refusal !== undefined) finish(refusal);
      else if (found.kind === 'route') finish(outcomeOf(desk, found.value, { id: found.params[0] ?? '', query, body }));
    });
  };
  if (refusal !== undefined || method === 'GET' || method === 'DELETE') {
    ignoreBody(request);
    act({ kind: 'none' });
  } else {
    readBody(request, act);
  }
}

type Outcome = Written | 'reset';

interface Asked {
  readonly id: string;
  readonly query: string;
  readonly body: RequestBody;
}

/** What is answered before the operation is asked, or nothing if it is to be asked. */
function refusalOf(desk: Desk, request: IncomingMessage, found: Found<Route>): Written | undefined {
  const { method = '', url = '' } = request;
  const route = found.kind === 'route' ? found.value : desk.lost;
  if (!route.open && !showsKey(request.rawHeaders, desk.keyHeader, desk.key)) {
    return provedBytes(route, route.answers.plain(401), desk.faults);
  }
  const wait = desk.throttle?.();
  if (wait !== undefined) return written(tooMany(wait));
  if (found.kind !== 'route') return written(nothingHere(found, method, splitTarget(url).path));
  const preferred = preferredOf(route, request);
  return preferred === undefined ? undefined : written(preferred);
}

function outcomeOf(desk: Desk, route: Route, asked: Asked): Outcome {
  const mishap = route.underTest ? undefined : desk.mishap?.();
  switch (mishap) {
    case 'reset':
      return 'reset';
    case 'unavailable':
      return written(unavailable);
    case 'server-fault':
      return provedBytes(route, route.answers.plain(500), desk.faults);
    case 'lost-answer':
      replyTo(desk, route, asked);
      return 'reset';
    case undefined:
      return provedBytes(route, replyTo(desk, route, asked), desk.faults);
    default:
      return mishap satisfies never;
  }
}

function preferredOf({ operation }: Route, request: IncomingMessage): Reply | undefined {
  if (operation === undefined || request.headers.prefer === undefined) return undefined;
  const preference = preferenceOf(request.headersDistinct.prefer ?? []);
  if (preference.code === undefined && preference.example === undefined) return undefined;
  return preferredReply(operation, preference);
}

function replyTo({ store, dialect }: Desk, { behaviour, operation, answers }: Route, asked: Asked): Reply {
  const { id, query, body } = asked;
  if (behaviour === undefined) return operation === undefined ? answers.plain(404) : firstExample(operation);
  if (body.kind === 'broken') return answers.because(422, 'The body is no valid JSON.');
  if (body.kind === 'too-large') return answers.because(400, 'The body is larger than 1 MiB.');
  return behaviour.respond({
    store,
    dialect,
    answers,
    id,
    query: new URLSearchParams(query),
    ...(body.kind === 'json' ? { body: body.value } : {}),
  });
}

/** What the document says first about success, or about anything. */
function firstExample(operation: Operation): Reply {
  const success = operation.responses.find((response) => response.key.startsWith('2'));
  return declaredReply(operation, { code: (success ?? operation.responses[0])?.key ?? '500' });
}

function nothingHere(found: Exclude<Found<Route>, { kind: 'route' }>, method: string, path: string): Reply {
  switch (found.kind) {
    case 'nowhere':
      return problem(404, `${path} not found.`);
    case 'wrong-method':
      return { ...problem(405, `${method} is not allowed here.`), headers: [['Allow', found.allow]] };
    default:
      return found satisfies never;
  }
}

function tooMany(seconds: number): Reply {
  return { ...problem(429, 'Too many requests.'), headers: [['Retry-After', String(seconds)]] };
}

/** As a gateway before the service words it: no JSON. */
const unavailable: Reply = { status: 503, type: 'text/html', body: '<h1>503 Service Unavailable</h1>' };
