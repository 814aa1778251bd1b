import type { Exchange, ReceivedResponse, TransportFault, WireRequest } from '../model/exchange.ts';
import type { Connection } from './connection.ts';
import { dispatch, type Dispatched } from './dispatch.ts';
import { faultAfter } from './fault-after.ts';
import { readResponse, type Reading } from './framing.ts';
import type { Limits } from './limits.ts';
import { isFatal } from './notes.ts';
import { redactText, sentRequest } from './secrets/redact.ts';

/** How long to watch a connection, once the answer is whole, for its end or for bytes that should not come. */
const lingerMs = { alone: 25, shared: 10 };

interface Setting {
  readonly origin: string;
  readonly limits: Limits;
  readonly secrets: readonly string[];
  readonly keepAlive: boolean;
  /** Breaks the exchange off. */
  readonly signal?: AbortSignal;
}

/** Performs one exchange over a connection. Never throws for what the server does. */
export async function exchangeOver(connection: Connection, request: WireRequest, setting: Setting): Promise<Exchange> {
  const { origin, limits, secrets, keepAlive, signal } = setting;
  const before = connection.tap;
  before?.rewind();
  const started = performance.now();
  const made = await dispatch(connection, request, { origin, limits, ...(signal === undefined ? {} : { signal }) });
  const { tap } = connection;
  const until = tap?.log.lastByteAt ?? performance.now();
  const read = (): Reading => {
    if (tap === undefined) return { complete: false, notes: [] };
    const { log } = tap;
    return readResponse(log.bytes(), { method: request.method, ended: log.ended, truncated: log.truncated });
  };
  let fault = await faultOfEnding();
  const reading = read();
  // undici takes a bare CR for the end of a line.
  if (made.ending.kind === 'whole' && reading.response === undefined)
    fault = { kind: 'malformed', message: 'the head of the answer has no proper end' };
  const response = responseFrom(made, reading, limits);
  return {
    request: sentRequest(origin, request, secrets),
    ...(response === undefined ? {} : { response }),
    ...(fault === undefined ? {} : { fault: masked(fault) }),
    notes: reading.notes.map(masked),
    ms: Math.max(0, until - (made.sentAt ?? started)),
  };

  /** Faults and notes quote what the server sent, and the server may have sent the key. */
  function masked<T extends { readonly message: string }>(quoting: T): T {
    return { ...quoting, message: redactText(quoting.message, secrets) };
  }

  async function faultOfEnding(): Promise<TransportFault | undefined> {
    switch (made.ending.kind) {
      case 'whole':
        await tap?.settled(() => false, keepAlive ? lingerMs.shared : lingerMs.alone);
        return undefined;
      case 'stopped':
        return undefined;
      case 'cut':
        return made.ending.fault;
      case 'error':
        return faultAfter({
          error: made.ending.error,
          request,
          connection,
          before,
          sent: made.sentAt !== undefined,
          origin,
          limits,
          lingerMs: lingerMs.alone,
          leftMs: () => Math.max(0, limits.timeoutMs - (performance.now() - started)),
          read,
        });
      default:
        return made.ending satisfies never;
    }
  }
}

/** The recorded bytes where they are sound, undici's reading where it came to an end that they doubt, else what there is. */
function responseFrom(
  { head, body, ending }: Dispatched,
  reading: Reading,
  limits: Limits,
): ReceivedResponse | undefined {
  const recorded = reading.response;
  if (ending.kind === 'stopped' && head !== undefined) {
    const { status, reason, headers } = recorded ?? head;
    const { stopped } = ending;
    return { status, reason, httpVersion: recorded?.httpVersion ?? '1.1', headers, body, stopped };
  }
  const sound = recorded !== undefined && reading.complete && !reading.notes.some(isFatal);
  if (head !== undefined && !sound && (ending.kind === 'whole' || recorded === undefined)) {
    const httpVersion = recorded?.httpVersion ?? '1.1';
    return { status: head.status, reason: head.reason, httpVersion, headers: head.headers, body };
  }
  return recorded === undefined ? undefined : { ...recorded, body: recorded.body.subarray(0, limits.maxBody) };
}
