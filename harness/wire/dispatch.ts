import type { TransportFault, WireRequest } from '../model/exchange.ts';
import { timeUp, type Circumstances } from './faults.ts';
import type { Connection } from './connection.ts';
import type { Limits } from './limits.ts';

/** What undici made of an exchange. */
export interface Dispatched {
  /** `performance.now()` when the request went out; undefined when it never did. */
  readonly sentAt: number | undefined;
  readonly head: { readonly status: number; readonly reason: string; readonly headers: readonly Buffer[] } | undefined;
  readonly body: Buffer;
  readonly ending:
    | { readonly kind: 'whole' }
    /** undici gave up. */
    | { readonly kind: 'error'; readonly error: Error }
    /** We cut it off: a limit was reached. */
    | { readonly kind: 'cut'; readonly fault: TransportFault };
}

/** A chunk of one byte takes six on the wire; what takes more than this is not about a body. */
const widestFraming = 16;

/** Sends the request and reads the answer, within the limits. */
export async function dispatch(
  connection: Connection,
  request: WireRequest,
  origin: string,
  limits: Limits,
): Promise<Dispatched> {
  let sentAt: number | undefined;
  let head: Dispatched['head'];
  const body: Buffer[] = [];
  let size = 0;

  const ending = await new Promise<Dispatched['ending']>((resolve) => {
    const clocks = [setTimeout(() => cut(outOfTime(limits.timeoutMs)), limits.timeoutMs)];
    const { idleMs } = limits;
    if (idleMs !== undefined) clocks.push(setInterval(() => silence(idleMs), Math.ceil(idleMs / 4)));

    connection.dispatch(request, {
      sent() {
        sentAt = performance.now();
        connection.tap?.watch((bytes) => {
          if (head === undefined && bytes.size > limits.maxHeaders) cut(headersTooLarge(limits));
          if (bytes.size > limits.maxHeaders + widestFraming * limits.maxBody) cut(bodyTooLarge(limits));
        });
      },
      head: (status, reason, headers) => (head = { status, reason, headers }),
      data(chunk) {
        const part = chunk.subarray(0, limits.maxBody - size);
        body.push(part);
        size += part.length;
        if (part.length < chunk.length) cut(bodyTooLarge(limits));
      },
      end: () => finish({ kind: 'whole' }),
      error: (error) => finish({ kind: 'error', error }),
    });

    function silence(allowed: number): void {
      const last = connection.tap?.log.lastByteAt;
      if (last !== undefined && performance.now() - last >= allowed) cut(outOfTime(allowed));
    }

    function outOfTime(ms: number): TransportFault {
      return timeUp(ms, circumstancesOf(connection, origin, sentAt !== undefined));
    }

    function cut(fault: TransportFault): void {
      finish({ kind: 'cut', fault });
      void connection.close();
    }

    function finish(how: Dispatched['ending']): void {
      clocks.forEach(clearTimeout);
      resolve(how);
    }
  });
  return { sentAt, head, body: Buffer.concat(body), ending };
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
