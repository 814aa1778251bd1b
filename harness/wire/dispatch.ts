import type { TransportFault, WireRequest } from '../model/exchange.ts';
import { timeUp, type Circumstances } from './faults.ts';
import type { Line } from './connection.ts';
import type { Limits } from './limits.ts';

/** What undici made of an exchange. */
export interface Attempt {
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
export async function attempt(line: Line, request: WireRequest, origin: string, limits: Limits): Promise<Attempt> {
  let sentAt: number | undefined;
  let head: Attempt['head'];
  const body: Buffer[] = [];
  let size = 0;

  const ending = await new Promise<Attempt['ending']>((resolve) => {
    const clocks = [setTimeout(() => cut(outOfTime(limits.timeoutMs)), limits.timeoutMs)];
    const { idleMs } = limits;
    if (idleMs !== undefined) clocks.push(setInterval(() => silence(idleMs), Math.ceil(idleMs / 4)));

    line.dispatch(request, {
      sent() {
        sentAt = performance.now();
        line.tap?.watch((tape) => {
          if (head === undefined && tape.size > limits.maxHeaders) cut(headersTooLarge(limits));
          if (tape.size > limits.maxHeaders + widestFraming * limits.maxBody) cut(bodyTooLarge(limits));
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
      const last = line.tap?.tape.lastByteAt;
      if (last !== undefined && performance.now() - last >= allowed) cut(outOfTime(allowed));
    }

    function outOfTime(ms: number): TransportFault {
      return timeUp(ms, circumstancesOf(line, origin, sentAt !== undefined));
    }

    function cut(fault: TransportFault): void {
      finish({ kind: 'cut', fault });
      void line.close();
    }

    function finish(how: Attempt['ending']): void {
      clocks.forEach(clearTimeout);
      resolve(how);
    }
  });
  return { sentAt, head, body: Buffer.concat(body), ending };
}

export function circumstancesOf(line: Line, origin: string, connected: boolean): Circumstances {
  return { origin, proxied: line.proxied, connected, received: line.tap?.tape.size ?? 0 };
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
