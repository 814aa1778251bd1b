import { setImmediate as nextTurn } from 'node:timers/promises';
import type { HeaderPair, ReadingStopped, TransportFault, WireRequest } from '../model/exchange.ts';
import type { Connection } from './connection.ts';
import { watchLoop } from './event-loop.ts';
import { ownDelay, timeUp, type Circumstances } from './faults.ts';
import { headerPairs } from './head.ts';
import { partForItems, type Limits } from './limits.ts';
import { itemLimit, type ItemLimit } from './read-items.ts';

/** What undici made of an exchange. */
export interface Dispatched {
  /** `performance.now()` when the request went out; undefined when it never did. */
  readonly sentAt: number | undefined;
  readonly head:
    { readonly status: number; readonly reason: string; readonly headers: readonly HeaderPair[] } | undefined;
  readonly body: Buffer;
  readonly ending:
    | { readonly kind: 'whole' }
    /** We closed the connection: enough of a sequence that may have no end was read. */
    | { readonly kind: 'stopped'; readonly stopped: ReadingStopped }
    /** undici gave up. */
    | { readonly kind: 'error'; readonly error: Error }
    /** We cut it off: a limit was reached. */
    | { readonly kind: 'cut'; readonly fault: TransportFault };
}

interface Setting {
  readonly origin: string;
  readonly limits: Limits;
  /** Breaks the exchange off. */
  readonly signal?: AbortSignal;
}

/** A chunk of one byte takes six on the wire; what takes more than this is not about a body. */
const widestFraming = 16;

/** Sends the request and reads the answer, within the limits. */
export async function dispatch(connection: Connection, request: WireRequest, setting: Setting): Promise<Dispatched> {
  const { origin, limits, signal } = setting;
  let sentAt: number | undefined;
  let head: Dispatched['head'];
  const body: Buffer[] = [];
  let size = 0;
  let items: ItemLimit | undefined;

  const ending = await new Promise<Dispatched['ending']>((resolve) => {
    const loop = watchLoop();
    let ended = false;
    const clocks = [setTimeout(() => void outOfTime(limits.timeoutMs), limits.timeoutMs)];
    const { idleMs } = limits;
    if (idleMs !== undefined) clocks.push(setInterval(() => silence(idleMs), Math.ceil(idleMs / 4)));
    const abort = (): void => cut({ kind: 'blocked', message: 'the run ended before an answer came' });
    signal?.addEventListener('abort', abort, { once: true });
    if (signal?.aborted === true) {
      abort();
      return;
    }

    connection.dispatch(request, {
      sent() {
        sentAt = performance.now();
        connection.tap?.watch((bytes) => {
          if (head === undefined && bytes.size > limits.maxHeaders) cut(headersTooLarge(limits));
          if (bytes.size > limits.maxHeaders + widestFraming * limits.maxBody) cut(bodyTooLarge(limits));
        });
      },
      head(status, reason, raw) {
        head = { status, reason, headers: headerPairs(raw) };
        items = itemLimit(request.itemsOf, head, stop);
        const enough = (): void => items?.timeUp();
        if (items !== undefined) clocks.push(setTimeout(enough, limits.timeoutMs * partForItems));
      },
      data(chunk) {
        const part = chunk.subarray(0, limits.maxBody - size);
        body.push(part);
        size += part.length;
        const full = part.length < chunk.length;
        if (items !== undefined) items.push(part, full);
        else if (full) cut(bodyTooLarge(limits));
      },
      end: () => finish({ kind: 'whole' }),
      error: (error) => finish({ kind: 'error', error }),
    });

    function silence(allowed: number): void {
      const last = connection.tap?.log.lastByteAt;
      if (last !== undefined && performance.now() - last >= allowed) void outOfTime(allowed);
    }

    /** What came in time may still wait to be read: the clock goes before the sockets where this process was busy. */
    async function outOfTime(ms: number): Promise<void> {
      const blocked = loop.blockedMs();
      await unread(connection, () => ended);
      if (ended) return;
      const connected = sentAt !== undefined;
      if (items !== undefined && (items.whole > 0 || !isMuch(blocked, ms))) items.stopNow();
      else
        cut(isMuch(blocked, ms) ? ownDelay(ms, blocked) : timeUp(ms, circumstancesOf(connection, origin, connected)));
    }

    function cut(fault: TransportFault): void {
      finish({ kind: 'cut', fault });
      void connection.close();
    }

    function stop(stopped: ReadingStopped): void {
      if (ended) return;
      finish({ kind: 'stopped', stopped });
      void connection.close();
    }

    function finish(how: Dispatched['ending']): void {
      ended = true;
      loop.close();
      clocks.forEach(clearTimeout);
      signal?.removeEventListener('abort', abort);
      resolve(how);
    }
  });
  return { sentAt, head, body: Buffer.concat(body), ending };
}

/** Give the sockets their turn until no more bytes come, a few times at most. */
async function unread(connection: Connection, done: () => boolean): Promise<void> {
  let size: number | undefined;
  for (let turn = 0; turn < 8 && !done() && size !== connection.tap?.log.size; turn += 1) {
    size = connection.tap?.log.size;
    // Timers, then sockets, then these: two turns are sure to have the sockets in between.
    await nextTurn();
    await nextTurn();
  }
}

/** Whether so much of the time was lost here that its end says nothing about the server. */
function isMuch(blockedMs: number, ofMs: number): boolean {
  return blockedMs >= Math.max(250, ofMs / 3);
}

export function circumstancesOf(connection: Connection, origin: string, connected: boolean): Circumstances {
  return { origin, proxied: connection.proxied, connected, received: connection.tap?.log.size ?? 0 };
}

function headersTooLarge({ maxHeaders }: Limits): TransportFault {
  return {
    kind: 'headers-too-large',
    message: `the head of the answer is larger than the limit of ${maxHeaders} bytes`,
  };
}

export function bodyTooLarge({ maxBody }: Limits): TransportFault {
  return { kind: 'body-too-large', message: `the body of the answer is larger than the limit of ${maxBody} bytes` };
}
