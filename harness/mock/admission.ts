import type { IncomingMessage } from 'node:http';

import { messageOf } from '../core/errors.ts';
import type { Operation } from '../model/document.ts';
import { isAdmitted } from './credentials.ts';
import { isDeclared, plainProblem, refusal } from './generic/answer/refusal.ts';
import { withHeader } from './generic/answer/response-headers.ts';
import type { RequestHandler } from './handler-parts.ts';
import { showsKey } from './key.ts';
import { preferenceOf, preferredReply } from './reply/prefer.ts';
import { problem } from './reply/reply.ts';
import type { Reply } from './reply/reply.ts';
import type { Route } from './route.ts';
import type { Found, Target } from './routes.ts';
import { checkedBytes, faultBytes } from './reply/self-check.ts';
import { written } from './reply/write.ts';
import type { Written } from './reply/write.ts';

/** Whether a request gets to its operation, or else the response that it gets. */
type Admission =
  | { readonly kind: 'refused'; readonly bytes: Written }
  | { readonly kind: 'admitted'; readonly route: Route; readonly params: readonly string[] };

/** The key, its permission, the speed limit, the route and the preference of the client, in this order. */
export function enter(handler: RequestHandler, request: IncomingMessage, target: Target): Admission {
  try {
    return admission(handler, request, target);
  } catch (thrown) {
    // An operation that cannot be read from the document must not end the server of the others.
    return { kind: 'refused', bytes: faultBytes(messageOf(thrown), handler.faults) };
  }
}

function admission(handler: RequestHandler, request: IncomingMessage, { path, query }: Target): Admission {
  const { method = '' } = request;
  const found = handler.find(method, path);
  const route = found.kind === 'route' ? found.value() : handler.notFound;
  const refuse = (reply: Reply): Admission => ({ kind: 'refused', bytes: checkedBytes(route, reply, handler.faults) });
  const { accept } = request.headers;
  const refused = refusedKey(handler, route, {
    rawHeaders: request.rawHeaders,
    query,
    ...(accept === undefined ? {} : { accept }),
  });
  if (refused !== undefined) return refuse(refused);
  const wait = handler.throttle?.();
  if (wait !== undefined) return { kind: 'refused', bytes: written(tooMany(handler, wait)) };
  if (found.kind !== 'route') return { kind: 'refused', bytes: written(nothingHere(handler, found, { method, path })) };
  const preferred = preferredOf(route, request);
  return preferred === undefined
    ? { kind: 'admitted', route, params: found.params }
    : { kind: 'refused', bytes: written(preferred) };
}

/** The 401 or 403 of a request that does not show the key, or shows one that lacks the permission. */
function refusedKey(
  handler: RequestHandler,
  route: Route,
  request: { readonly rawHeaders: readonly string[]; readonly query: string; readonly accept?: string },
): Reply | undefined {
  const { accept } = request;
  const { key, forbiddenKey, keyHeader } = handler;
  const { operation, operationHandler, answers } = route;
  const byHeader = keyHeader !== undefined && (operation === undefined || operationHandler !== undefined);
  // A path that the document does not have asks for nothing.
  const security = operation?.security ?? [];
  const shows = (wanted: string): boolean =>
    byHeader ? showsKey(request.rawHeaders, keyHeader, wanted) : isAdmitted(request, security, wanted);
  if (shows(key)) return undefined;
  const known = forbiddenKey !== undefined && answers.declares(403) && shows(forbiddenKey);
  if (handler.hasRules) return answers.plain(known ? 403 : 401);
  return known
    ? refusal(operation, [403], 'The credential lacks the permission for this operation.', accept)
    : challenged(operation, refusal(operation, [401], 'The credential is missing or wrong.', accept));
}

/** RFC 9110, section 15.5.2: a 401 names the authentication schemes that are taken. */
function challenged(operation: Operation | undefined, reply: Reply): Reply {
  const schemes = new Set(operation?.security.flat().flatMap(({ prefix }) => (prefix === undefined ? [] : [prefix])));
  if (schemes.size === 0 || reply.status !== 401) return reply;
  const challenge = [...schemes].map((scheme) => `${scheme} realm="mock"`).join(', ');
  return { ...reply, headers: withHeader(reply.headers ?? [], 'WWW-Authenticate', challenge) };
}

function preferredOf({ operation }: Route, request: IncomingMessage): Reply | undefined {
  if (operation === undefined || request.headers.prefer === undefined) return undefined;
  const preference = preferenceOf(request.headersDistinct.prefer ?? []);
  if (preference.code === undefined && preference.example === undefined) return undefined;
  return preferredReply(operation, preference, request.headers.accept);
}

function nothingHere(
  handler: RequestHandler,
  found: Exclude<Found<unknown>, { kind: 'route' }>,
  { method, path }: { readonly method: string; readonly path: string },
): Reply {
  const reply = handler.hasRules ? problem : plainProblem;
  switch (found.kind) {
    case 'nowhere':
      return reply(404, `${path} not found.`);
    case 'wrong-method':
      return withAllow(
        declared405(handler, found.allow, path) ?? reply(405, `${method} is not allowed here.`),
        found.allow,
      );
    default:
      return found satisfies never;
  }
}

/** The 405 of another operation of the path, where the document declares one. */
function declared405(handler: RequestHandler, allow: string, path: string): Reply | undefined {
  if (handler.hasRules) return undefined;
  for (const method of allow.split(', ')) {
    const found = handler.find(method, path);
    const operation = found.kind === 'route' ? found.value().operation : undefined;
    if (operation !== undefined && isDeclared(operation, 405) === 'exactly') {
      return refusal(operation, [405], 'The method is not allowed here.');
    }
  }
  return undefined;
}

function withAllow(reply: Reply, allow: string): Reply {
  return { ...reply, headers: withHeader(reply.headers ?? [], 'Allow', allow) };
}

function tooMany({ hasRules }: RequestHandler, seconds: number): Reply {
  const reply = hasRules ? problem : plainProblem;
  return { ...reply(429, 'Too many requests.'), headers: [['Retry-After', String(seconds)]] };
}
