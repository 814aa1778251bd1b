import type { Exchange, WireRequest } from '../model/exchange.ts';
import { exchangeOver } from './exchange.ts';
import { type Line, linesTo } from './connection.ts';
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
  const openLine = linesTo(origin, limits, options.authority);
  const shared = new Map<string, { readonly line: Line; turn: Promise<unknown> }>();
  const single = new Set<Line>();

  async function sendAlone(request: WireRequest): Promise<Exchange> {
    const line = openLine({ keepAlive: false });
    single.add(line);
    try {
      return await exchangeOver(line, request, { origin, limits, secrets, keepAlive: false });
    } finally {
      single.delete(line);
      await line.close();
    }
  }

  /** One after the other: what the tape shows then belongs to one request. */
  function sendShared(name: string, request: WireRequest): Promise<Exchange> {
    const known = shared.get(name) ?? {
      line: openLine({ keepAlive: true }),
      turn: Promise.resolve(),
    };
    shared.set(name, known);
    const exchange = known.turn.then(() =>
      exchangeOver(known.line, request, { origin, limits, secrets, keepAlive: true }),
    );
    known.turn = exchange.then(
      async ({ fault }) => {
        if (fault === undefined) return;
        shared.delete(name);
        await known.line.close();
      },
      () => undefined,
    );
    return exchange;
  }

  return {
    send: (request) =>
      request.connection === undefined ? sendAlone(request) : sendShared(request.connection, request),
    async close() {
      const lines = [...single, ...[...shared.values()].map(({ line }) => line)];
      shared.clear();
      await Promise.all(lines.map((line) => line.close()));
    },
  };
}
