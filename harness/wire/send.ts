import type { Exchange, WireRequest } from '../model/exchange.ts';
import { exchangeOver } from './exchange.ts';
import { type Connection, connectionsTo } from './connection.ts';
import type { Limits } from './limits.ts';

/** Sends requests as they are, and always says what came of them. */
export interface Wire {
  send(request: WireRequest): Promise<Exchange>;
  close(): Promise<void>;
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
}): Wire {
  const { origin, limits, secrets } = options;
  const openLine = connectionsTo(origin, limits, options.authority);
  const shared = new Map<string, { readonly connection: Connection; turn: Promise<unknown> }>();
  const single = new Set<Connection>();

  async function sendAlone(request: WireRequest): Promise<Exchange> {
    const connection = openLine({ keepAlive: false });
    single.add(connection);
    try {
      return await exchangeOver(connection, request, { origin, limits, secrets, keepAlive: false });
    } finally {
      single.delete(connection);
      await connection.close();
    }
  }

  /** One after the other: what the tape shows then belongs to one request. */
  function sendShared(name: string, request: WireRequest): Promise<Exchange> {
    const known = shared.get(name) ?? {
      connection: openLine({ keepAlive: true }),
      turn: Promise.resolve(),
    };
    shared.set(name, known);
    const exchange = known.turn.then(() =>
      exchangeOver(known.connection, request, { origin, limits, secrets, keepAlive: true }),
    );
    known.turn = exchange.then(
      async ({ fault }) => {
        if (fault === undefined) return;
        shared.delete(name);
        await known.connection.close();
      },
      () => undefined,
    );
    return exchange;
  }

  return {
    send: (request) =>
      request.connection === undefined ? sendAlone(request) : sendShared(request.connection, request),
    async close() {
      const lines = [...single, ...[...shared.values()].map(({ connection }) => connection)];
      shared.clear();
      await Promise.all(lines.map((connection) => connection.close()));
    },
  };
}
