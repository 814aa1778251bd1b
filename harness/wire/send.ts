import type { Exchange, WireRequest } from '../model/exchange.ts';
import { exchangeOver } from './exchange.ts';
import { type Connection, connectionsTo } from './connection.ts';
import type { Limits } from './limits.ts';

/** Sends requests as they are, and always says what came of them. */
export interface Wire {
  /** `signal` breaks the exchange off, which then ends in a fault of the kind `blocked`. */
  send(request: WireRequest, options?: { readonly signal?: AbortSignal }): Promise<Exchange>;
  close(): Promise<void>;
}

/** What one request has of its own. */
interface Own {
  readonly signal?: AbortSignal;
}

/**
 * Opens a wire to an origin such as `http://127.0.0.1:8080`. Redirects are not followed, nothing is retried, nothing
 * is decompressed. Each request has a connection of its own, but for those that name one.
 */
export function openWire(options: {
  readonly origin: string;
  readonly limits: Limits;
  readonly secrets: readonly string[];
  /** Certificates (PEM) to trust in place of those that Node trusts. */
  readonly authority?: string;
  /** Why a direct connection to that IP address may not be used; asked for each one before anything is sent over it. */
  readonly admit?: (address: string) => Error | undefined;
}): Wire {
  const { origin, limits, secrets } = options;
  const setting = { origin, limits, secrets };
  const openLine = connectionsTo(options);
  const shared = new Map<string, { readonly connection: Connection; turn: Promise<unknown> }>();
  const single = new Set<Connection>();

  async function sendAlone(request: WireRequest, own: Own): Promise<Exchange> {
    const connection = openLine({ keepAlive: false });
    single.add(connection);
    try {
      return await exchangeOver(connection, request, { ...setting, ...own, keepAlive: false });
    } finally {
      single.delete(connection);
      await connection.close();
    }
  }

  /** One after the other: what the recorded bytes show then belongs to one request. */
  function sendShared(name: string, request: WireRequest, own: Own): Promise<Exchange> {
    const known = shared.get(name) ?? {
      connection: openLine({ keepAlive: true }),
      turn: Promise.resolve(),
    };
    shared.set(name, known);
    const exchange = known.turn.then(() =>
      exchangeOver(known.connection, request, { ...setting, ...own, keepAlive: true }),
    );
    known.turn = exchange.then(
      async ({ fault, response }) => {
        if (fault === undefined && response?.stopped === undefined) return;
        shared.delete(name);
        await known.connection.close();
      },
      () => undefined,
    );
    return exchange;
  }

  return {
    send: (request, own = {}) =>
      request.connection === undefined ? sendAlone(request, own) : sendShared(request.connection, request, own),
    async close() {
      const lines = [...single, ...[...shared.values()].map(({ connection }) => connection)];
      shared.clear();
      await Promise.all(lines.map((connection) => connection.close()));
    },
  };
}
