import { keyVariable } from '../core/default-suite.ts';
import { createServer } from 'node:http';
import type { Server } from 'node:http';

import { HarnessError } from '../core/errors.ts';
import { redactText } from '../wire/secrets/redact.ts';
import type { OasDocument } from '../model/document.ts';
import { serve } from './request-handler.ts';
import type { RequestHandler } from './handler-parts.ts';
import { openService } from './generic/service.ts';
import { apiVersionOf } from './api-version.ts';
import { routesFor } from './route.ts';
import { routesOf } from './routes.ts';
import { openStore } from './state/store.ts';
import type { Store } from './state/store.ts';
import { injectedFaults, rateLimiter } from './fault-injection.ts';

/** How the embedded mock behaves. Times are milliseconds. */
export interface MockOptions {
  readonly document: OasDocument;
  /** The one key that is valid. */
  readonly key: string;
  /** A second key that is known and lacks the permission: it gets 403 where the document declares that, else 401. */
  readonly forbiddenKey?: string;
  /** A free one by default. */
  readonly port?: number;
  /** How long every answer is held back, in milliseconds. */
  readonly latencyMs?: number;
  /** How long a deleted thing can still be seen, in milliseconds. */
  readonly asyncDeleteMs?: number;
  /** Calls a second, beyond which 429 is answered. */
  readonly rateLimit?: number;
  /** The share of calls that go wrong, in percent; never of the DELETE under test. */
  readonly flakyPercent?: number;
  /** The seed of the injected faults. */
  readonly seed?: number;
  /** How long a new index or backup takes to be ready, in milliseconds. */
  readonly provisionMs?: number;
  /** How long a restore job is pending, in milliseconds. By default four times `provisionMs`, and at least a second. */
  readonly restoreMs?: number;
  /** The clock of everything that takes time, in milliseconds since the epoch; default `Date.now`. */
  readonly now?: () => number;
  /** Called after each response, for a log. */
  readonly onRequest?: (seen: SeenRequest) => void;
}

/** A request that has been answered, safe to print: without query and without the key. */
export interface SeenRequest {
  readonly method: string;
  readonly path: string;
  readonly outcome: number | 'reset';
  readonly ms: number;
  /** The document does not say how the request changes what exists: the response is an example. */
  readonly byExample?: true;
}

/** A mock server that is listening. */
export interface Mock {
  readonly origin: string;
  readonly key: string;
  readonly port: number;
  readonly store: Store;
  /** How to try it, one line each. */
  readonly usage: readonly string[];
  /** Replies that did not conform to the document, one line each. Empty, or the mock is broken. */
  readonly faults: readonly string[];
  /** Stops listening and ends open connections. */
  close(): Promise<void>;
}

/**
 * Starts a stateful server of all operations of a document on 127.0.0.1. Throws `E_MOCK_KEY` for an empty key, and
 * `E_PORT_IN_USE`, `E_PORT_DENIED` or `E_PORT` where the port cannot be opened.
 */
export async function startMock(options: MockOptions): Promise<Mock> {
  const { key, port = 0, provisionMs = 0, asyncDeleteMs = 0 } = options;
  const { restoreMs = Math.max(1000, 4 * provisionMs) } = options;
  if (key === '') {
    throw new HarnessError('E_MOCK_KEY', 'The mock needs a key that is not empty', { hint: `Set ${keyVariable}.` });
  }
  const store = openStore({ provisionMs, restoreMs, asyncDeleteMs }, options.now);
  const delay = delayOf(options.latencyMs ?? 0);
  const faults: string[] = [];
  const routes = routesFor(options.document);
  const handler = requestHandlerOf(options, { store, later: delay.later, faults, routes });

  // Ids and keys of any length are the contract's business, not that of Node's header limit.
  const server = createServer({ maxHeaderSize: 1024 * 1024, keepAliveTimeout: 60_000 }, (request, response) =>
    serve(handler, request, response),
  );
  server.on('clientError', (error, socket) => {
    if ('code' in error && error.code === 'HPE_INVALID_METHOD') socket.end(unreadable);
    else socket.destroy(error);
  });
  const bound = await listen(server, port);
  const origin = `http://127.0.0.1:${bound}`;
  return {
    origin,
    key,
    port: bound,
    store,
    usage: routes.rules?.usage(origin) ?? usageOfAny,
    faults,
    close: () => {
      delay.cancel();
      return close(server);
    },
  };
}

/** How a mock is used that knows nothing but a document. */
const usageOfAny: readonly string[] = [
  'What was created is listed, read, changed and deleted; a request that the document does not allow is refused.',
  'A response whose effect the document does not say is an example: it has the header Mock-Answer: example.',
  'Where the document lets no conforming body be made, the header is Mock-Answer: contradiction.',
  'A request with "Prefer: code=404, example=NAME" gets that declared response.',
];

/** For a method that Node's parser does not know. Node's own answer has no length. */
const unreadable = 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n';

function requestHandlerOf(
  options: MockOptions,
  parts: Pick<RequestHandler, 'store' | 'later' | 'faults'> & { readonly routes: ReturnType<typeof routesFor> },
): RequestHandler {
  const { document, key, forbiddenKey, rateLimit, flakyPercent = 0, seed = 1, onRequest } = options;
  const { entries, operations, notFound, rules, keyHeader } = parts.routes;
  const keys = forbiddenKey === undefined ? [key] : [key, forbiddenKey];
  const { store, later, faults } = parts;
  return {
    store,
    later,
    faults,
    find: routesOf(entries),
    notFound,
    hasRules: rules !== undefined,
    service: openService(document, operations, { asyncDeleteMs: options.asyncDeleteMs ?? 0, now: store.now }),
    ...(keyHeader === undefined ? {} : { keyHeader }),
    key,
    ...(forbiddenKey === undefined ? {} : { forbiddenKey }),
    apiVersion: apiVersionOf(document),
    ...(rateLimit === undefined ? {} : { throttle: rateLimiter(rateLimit, store.now) }),
    ...(flakyPercent > 0 ? { injectFault: injectedFaults(flakyPercent, seed) } : {}),
    onServed: ({ method, path, outcome, started, byExample }) => {
      // However the key is encoded in the path.
      onRequest?.({
        method,
        path: redactText(
          keys.reduce((shown, each) => shown.replaceAll(each, '<api-key>'), path),
          keys,
        ),
        outcome,
        ms: performance.now() - started,
        ...(byExample ? { byExample } : {}),
      });
    },
  };
}

/** Holds answers back, until they are cancelled. */
function delayOf(ms: number): { readonly later: (next: () => void) => void; readonly cancel: () => void } {
  const timers = new Set<NodeJS.Timeout>();
  return {
    later: (next) => {
      if (ms <= 0) {
        next();
        return;
      }
      const timer = setTimeout(() => {
        timers.delete(timer);
        next();
      }, ms);
      timers.add(timer);
    },
    cancel: () => {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => reject(portError(port, cause)));
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });
}

function portError(port: number, cause: NodeJS.ErrnoException): HarnessError {
  switch (cause.code) {
    case 'EADDRINUSE':
      return new HarnessError('E_PORT_IN_USE', `Port ${port} of 127.0.0.1 is in use`, {
        hint: 'Choose another with --port, or leave --port out to get a free one.',
        cause,
      });
    case 'EACCES':
      return new HarnessError('E_PORT_DENIED', `Port ${port} of 127.0.0.1 may not be opened by this user`, {
        hint: 'Choose a port above 1023 with --port.',
        cause,
      });
    default:
      return new HarnessError('E_PORT', `Port ${port} of 127.0.0.1 cannot be opened: ${cause.message}`, {
        hint: 'Name another port with --port N, or leave it out: a free one is taken.',
        cause,
      });
  }
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    // A server that is closed already calls back with an error, which is what the caller wanted.
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
