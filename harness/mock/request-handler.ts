import type { IncomingMessage, ServerResponse } from 'node:http';

import { messageOf } from '../core/errors.ts';
import type { Operation } from '../model/document.ts';
import { ignoreBody, readBody } from './body.ts';
import type { RequestBody } from './body.ts';
import { control, controlPrefix } from './control.ts';
import type { ApiVersion } from './api-version.ts';
import { isAdmitted } from './credentials.ts';
import { showsKey } from './key.ts';
import { declaredReply, preferenceOf, preferredReply } from './prefer.ts';
import { faultBytes, checkedBytes } from './self-check.ts';
import { problem } from './reply.ts';
import type { Reply } from './reply.ts';
import type { Route } from './route.ts';
import { splitTarget } from './routes.ts';
import type { Found } from './routes.ts';
import type { Store } from './state/store.ts';
import type { InjectedFault } from './fault-injection.ts';
import { write, written } from './write.ts';
import type { Written } from './write.ts';

/** What every request is served with. */
export interface RequestHandler {
  readonly store: Store;
  readonly find: (method: string, path: string) => Found<Route>;
  readonly notFound: Route;
  readonly keyHeader: string;
  readonly key: string;
  /** A key that is known and lacks every permission. */
  readonly forbiddenKey?: string;
  readonly apiVersion: ApiVersion;
  readonly faults: string[];
  readonly throttle?: () => number | undefined;
  readonly injectFault?: () => InjectedFault | undefined;
  /** Runs what follows after the latency of one request. */
  readonly later: (next: () => void) => void;
  readonly onServed: (method: string, path: string, outcome: number | 'reset', started: number) => void;
}

/**
 * Serves one request. The order is the contract: the key and its permission before all else, so that nobody without them
 * learns what exists; then the speed limit, the route, the caller's preference, the injected faults, and at last the operation itself.
 */
export function serve(handler: RequestHandler, request: IncomingMessage, response: ServerResponse): void {
  const started = performance.now();
  const { method = '', url = '' } = request;
  const { path, query } = splitTarget(url);

  const finish = (outcome: Outcome): void => {
    if (outcome === 'reset') request.socket.resetAndDestroy();
    else write(response, outcome);
    handler.onServed(method, path, outcome === 'reset' ? outcome : outcome.status, started);
  };

  if (path.startsWith(controlPrefix)) {
    readBody(request, (body) => {
      const value = body.kind === 'json' ? body.value : undefined;
      const { host, origin } = request.headers;
      finish(written(control(handler.store, { method, path, body: value, host, origin }, handler.faults)));
    });
    return;
  }

  const admission = enter(handler, request);
  const act = (body: RequestBody): void => {
    handler.later(() =>
      finish(
        admission.kind === 'refused'
          ? admission.bytes
          : outcomeOf(handler, admission.route, { ...admission, query, body }),
      ),
    );
  };
  if (admission.kind === 'refused' || method === 'GET' || method === 'DELETE') {
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

type Admission =
  | { readonly kind: 'refused'; readonly bytes: Written }
  | { readonly kind: 'admitted'; readonly route: Route; readonly id: string };

/** Whether a request gets to its operation, or else the response it gets. */
function enter(handler: RequestHandler, request: IncomingMessage): Admission {
  const { method = '', url = '' } = request;
  const { path, query } = splitTarget(url);
  const found = handler.find(method, path);
  const route = found.kind === 'route' ? found.value : handler.notFound;
  const refuse = (reply: Reply): Admission => ({ kind: 'refused', bytes: written(reply) });
  const { rawHeaders } = request;
  const shows = (key: string): boolean =>
    route.operation === undefined || route.operationHandler !== undefined
      ? showsKey(rawHeaders, handler.keyHeader, key)
      : isAdmitted({ rawHeaders, query }, route.operation.security, key);
  if (!shows(handler.key)) {
    const { forbiddenKey } = handler;
    const known = forbiddenKey !== undefined && route.answers.declares(403) && shows(forbiddenKey);
    return { kind: 'refused', bytes: checkedBytes(route, route.answers.plain(known ? 403 : 401), handler.faults) };
  }
  const wait = handler.throttle?.();
  if (wait !== undefined) return refuse(tooMany(wait));
  if (found.kind !== 'route') return refuse(nothingHere(found, method, path));
  const preferred = preferredOf(route, request);
  return preferred === undefined ? { kind: 'admitted', route, id: found.params[0] ?? '' } : refuse(preferred);
}

function outcomeOf(handler: RequestHandler, route: Route, asked: Asked): Outcome {
  const fault = route.underTest ? undefined : handler.injectFault?.();
  switch (fault) {
    case 'reset':
      return 'reset';
    case 'unavailable':
      return written(unavailable);
    case 'server-fault':
      return checkedBytes(route, route.answers.plain(500), handler.faults);
    case 'lost-answer':
      bytesOf(handler, route, asked);
      return 'reset';
    case undefined:
      return bytesOf(handler, route, asked);
    default:
      return fault satisfies never;
  }
}

/** An error in the mock itself must end neither the process nor the run that tests against it. */
function bytesOf(handler: RequestHandler, route: Route, asked: Asked): Written {
  try {
    return checkedBytes(route, replyTo(handler, route, asked), handler.faults);
  } catch (thrown) {
    return faultBytes(`${route.name}: ${messageOf(thrown)}`, handler.faults);
  }
}

function preferredOf({ operation }: Route, request: IncomingMessage): Reply | undefined {
  if (operation === undefined || request.headers.prefer === undefined) return undefined;
  const preference = preferenceOf(request.headersDistinct.prefer ?? []);
  if (preference.code === undefined && preference.example === undefined) return undefined;
  return preferredReply(operation, preference);
}

function replyTo(
  { store, apiVersion }: RequestHandler,
  { operationHandler, operation, answers }: Route,
  asked: Asked,
): Reply {
  const { id, query, body } = asked;
  if (operationHandler === undefined) return operation === undefined ? answers.plain(404) : firstExample(operation);
  if (body.kind === 'broken') return answers.because(422, 'The body is no valid JSON.');
  if (body.kind === 'too-large') return answers.because(400, 'The body is larger than 1 MiB.');
  return operationHandler.respond({
    store,
    apiVersion,
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

/** The response of a gateway in front of the service: no JSON. */
const unavailable: Reply = { status: 503, type: 'text/html', body: '<h1>503 Service Unavailable</h1>' };
