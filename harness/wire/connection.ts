import type { Socket } from 'node:net';
import { buildConnector, Client, EnvHttpProxyAgent, type Dispatcher } from 'undici';
import { HarnessError, messageOf } from '../core/errors.ts';
import { isLoopbackName } from '../core/loopback.ts';
import type { WireRequest } from '../model/exchange.ts';
import type { Limits } from './limits.ts';
import { tapOn, type SocketTap } from './tap.ts';

/** What undici reports of an exchange. */
interface Listener {
  /** The request goes out now. */
  sent(): void;
  head(status: number, reason: string, rawHeaders: readonly Buffer[]): void;
  data(chunk: Buffer): void;
  end(): void;
  error(error: Error): void;
}

/** A way to the origin over one connection at a time. */
export interface Connection {
  /** The connection in use, where there is one. */
  readonly tap: SocketTap | undefined;
  /** Whether the connection goes through the proxy that the environment names. */
  readonly proxied: boolean;
  dispatch(request: WireRequest, listener: Listener): void;
  close(): Promise<void>;
}

/** What opens a connection. `keepAlive`: later requests use the same one. */
type OpenConnection = (options: { readonly keepAlive: boolean }) => Connection;

/** Connections to an origin. `authority`: certificates to trust in place of those that Node trusts. */
export function connectionsTo(options: {
  readonly origin: string;
  readonly limits: Limits;
  readonly authority?: string;
  /** Why a direct connection to that IP address may not be used. */
  readonly admit?: (address: string) => Error | undefined;
}): OpenConnection {
  const { origin, limits, authority, admit = () => undefined } = options;
  const tls = authority === undefined ? {} : { ca: authority };
  // No connection knows anything of the one before.
  const direct = buildConnector({ ...tls, timeout: limits.timeoutMs, maxCachedSessions: 0 });
  const base = new URL(origin);
  return ({ keepAlive }) => openConnection({ origin: base, limits, tls, direct, admit, keepAlive });
}

function openConnection(options: {
  readonly origin: URL;
  readonly limits: Limits;
  readonly tls: { readonly ca?: string };
  readonly direct: buildConnector.connector;
  readonly admit: (address: string) => Error | undefined;
  readonly keepAlive: boolean;
}): Connection {
  const { origin, limits, tls, direct, admit, keepAlive } = options;
  let tap: SocketTap | undefined;
  let proxied = false;
  let underWay = 0;
  // A proxy would take a loopback address for one of its own machine.
  const dispatcher = isLoopbackName(origin.hostname)
    ? newClient(origin, direct)
    : viaProxy({
        requestTls: tls,
        factory(to: string | URL, given: { readonly connect?: buildConnector.connector }) {
          // The agent brings its own connector exactly where the environment names a proxy for the origin.
          proxied = typeof given.connect === 'function';
          return newClient(to, given.connect ?? direct);
        },
      });

  function newClient(to: string | URL, connect: buildConnector.connector): Client {
    return new Client(to, {
      connect: (target, done) => {
        connect(target, (...[error, socket]) => {
          if (error !== null) {
            done(error, null);
            return;
          }
          // The address that this connection has, whatever its name resolved to before or resolves to next.
          const refusal = proxied || socket.remoteAddress === undefined ? undefined : admit(socket.remoteAddress);
          if (refusal !== undefined) {
            socket.destroy();
            done(refusal, null);
            return;
          }
          // undici has left the connection before this one, but what is below it is still open.
          tap?.close();
          tap = tapOn(socket, limits.maxHeaders + limits.maxBody + 64 * 1024);
          // undici takes any duplex stream here (its own SOCKS and proxy agents hand it some); its types ask for more.
          // eslint-disable-next-line @typescript-eslint/no-unsafe-class-instance-assignment
          done(null, tap.stream as Socket);
        });
      },
      maxHeaderSize: limits.maxHeaders,
      // undici's clock ticks once in half a second; ours is in send.ts.
      headersTimeout: 0,
      bodyTimeout: 0,
    });
  }

  return {
    get tap() {
      return tap;
    },
    get proxied() {
      return proxied;
    },
    dispatch(request, listener) {
      underWay += 1;
      dispatcher.dispatch(
        {
          origin,
          method: request.method,
          path: request.path,
          // Any iterable but an array: the proxy agent turns arrays into an object and so loses repeated headers.
          headers: new Set(request.headers.map(([name, value]): [string, string] => [name, value])),
          ...(request.body === undefined ? {} : { body: request.body }),
          ...(keepAlive ? {} : { reset: true }),
        },
        handlerFor({
          ...listener,
          end() {
            underWay -= 1;
            listener.end();
          },
          error(error) {
            underWay -= 1;
            listener.error(error);
          },
        }),
      );
    },
    async close() {
      tap?.close();
      // A client that has nothing to do and no connection holds nothing that would have to be given back.
      if (underWay > 0 || !(dispatcher instanceof Client)) await dispatcher.destroy();
    },
  };
}

function handlerFor(listener: Listener): Dispatcher.DispatchHandler {
  return {
    onRequestStart: () => listener.sent(),
    onResponseStart(controller, status, _headers, reason) {
      if (status < 200) return;
      const raw = controller.rawHeaders;
      listener.head(status, reason ?? '', Array.isArray(raw) ? raw.map((part) => Buffer.from(part)) : []);
    },
    onResponseData: (_controller, chunk) => listener.data(chunk),
    onResponseEnd: () => listener.end(),
    onResponseError: (_controller, error) => listener.error(error),
  };
}

/** Through the proxy that HTTPS_PROXY or HTTP_PROXY names, but for the hosts of NO_PROXY; directly where none is named. */
function viaProxy(options: EnvHttpProxyAgent.Options): EnvHttpProxyAgent {
  try {
    return new EnvHttpProxyAgent(options);
  } catch (cause) {
    throw new HarnessError('E_PROXY', `the proxy of the environment cannot be used: ${messageOf(cause)}`, {
      hint: 'HTTPS_PROXY and HTTP_PROXY are URLs, such as http://proxy.example:3128.',
      cause,
    });
  }
}
