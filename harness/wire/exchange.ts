import { HarnessError } from '../core/errors.ts';
import type {
  Exchange,
  HeaderPair,
  ReceivedResponse,
  TransportFault,
  WireNote,
  WireRequest,
} from '../model/exchange.ts';
import { dispatch, bodyTooLarge, circumstancesOf, type Dispatched } from './dispatch.ts';
import { closedEarly, codeOf, faultOf, timeUp } from './faults.ts';
import { readResponse, type Reading } from './framing.ts';
import { withoutBlanks } from './head.ts';
import type { Connection } from './connection.ts';
import type { Limits } from './limits.ts';
import { redactText, sentRequest } from './redact.ts';

/** How long to watch a connection, once the answer is whole, for its end or for bytes that should not come. */
const lingerMs = { alone: 25, shared: 10 };

interface Setting {
  readonly origin: string;
  readonly limits: Limits;
  readonly secrets: readonly string[];
  readonly keepAlive: boolean;
}

/** Performs one exchange over a line. Never throws for what the server does. */
export async function exchangeOver(connection: Connection, request: WireRequest, setting: Setting): Promise<Exchange> {
  const { origin, limits, secrets, keepAlive } = setting;
  const before = connection.tap;
  before?.rewind();
  const started = performance.now();
  const made = await dispatch(connection, request, origin, limits);
  const { tap } = connection;
  const until = tap?.log.lastByteAt ?? performance.now();
  const read = (): Reading => {
    if (tap === undefined) return { complete: false, notes: [] };
    const { log } = tap;
    return readResponse(log.bytes(), { method: request.method, ended: log.ended, truncated: log.truncated });
  };

  let fault: TransportFault | undefined;
  if (made.ending.kind === 'whole') {
    await tap?.settled(() => false, keepAlive ? lingerMs.shared : lingerMs.alone);
  } else if (made.ending.kind === 'cut') {
    fault = made.ending.fault;
  } else {
    fault = await faultAfter(made.ending.error);
  }

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
  function masked<T extends { readonly message: string }>(told: T): T {
    return { ...told, message: redactText(told.message, secrets) };
  }

  /** undici is stricter than HTTP in places (an unasked-for 100, a 304 with a length): the tape has the last word. */
  async function faultAfter(error: Error): Promise<TransportFault | undefined> {
    const sent = made.sentAt !== undefined;
    const code = codeOf(error);
    if (!sent && (code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_NOT_SUPPORTED')) {
      throw new HarnessError('E_REQUEST', `${request.method} ${request.path} cannot be sent: ${error.message}`, {
        kind: 'harness',
        cause: error,
      });
    }
    const acceptable = (): boolean => !read().notes.some(isFatal);
    if (sent && isObjection(error) && acceptable()) {
      const left = Math.max(0, limits.timeoutMs - (performance.now() - started));
      await tap?.settled(() => read().complete || !acceptable(), left);
    } else if (sent) {
      await tap?.settled(() => read().complete, lingerMs.alone);
    }
    if (read().complete && acceptable()) {
      return (read().response?.body.length ?? 0) > limits.maxBody ? bodyTooLarge(limits) : undefined;
    }
    const circumstances = circumstancesOf(connection, origin, sent);
    if (code === 'UND_ERR_DESTROYED') return { kind: 'blocked', message: 'the exchange was broken off from this side' };
    // A server may close a connection between two requests; that it did so just now says nothing.
    if (sent && before === tap && circumstances.received === 0) return closedBetween;
    const bad = read().notes.find(isOfHead);
    if (bad !== undefined) return { kind: 'malformed', message: `the answer is not proper HTTP/1.1: ${bad.message}` };
    if (sent && acceptable() && tap?.log.ended === true) return closedEarly(circumstances);
    if (sent && acceptable() && isObjection(error)) return timeUp(limits.timeoutMs, circumstances);
    return faultOf(error, circumstances);
  }
}

const closedBetween: TransportFault = {
  kind: 'refused',
  message: 'the server closed the connection of an earlier request before it heard this one',
};

/** Whether undici objected to what it read, rather than to how the connection ended. */
function isObjection(error: Error): boolean {
  const code = codeOf(error);
  return (
    error.name === 'HTTPParserError' || code === 'UND_ERR_SOCKET' || code === 'UND_ERR_RES_CONTENT_LENGTH_MISMATCH'
  );
}

/** Notes of what leaves no doubt where the answer and its body end. */
const harmless: ReadonlySet<WireNote['kind']> = new Set([
  'close-delimited',
  'bytes-after-response',
  'body-where-none-allowed',
  'forbidden-trailer',
]);

function isFatal({ kind }: WireNote): boolean {
  return !harmless.has(kind);
}

/** Whether a note is of the head, which then cannot be relied on for where the body ends. */
function isOfHead(note: WireNote): boolean {
  return isFatal(note) && note.kind !== 'short-body' && note.kind !== 'unfinished-chunks';
}

/** The tape's word where it is sound, undici's where it read to the end what the tape doubts, else what there is. */
function responseFrom(
  { head, body, ending }: Dispatched,
  reading: Reading,
  limits: Limits,
): ReceivedResponse | undefined {
  const taped = reading.response;
  const sound = taped !== undefined && reading.complete && !reading.notes.some(isFatal);
  if (head !== undefined && !sound && (ending.kind === 'whole' || taped === undefined)) {
    const httpVersion = taped?.httpVersion ?? '1.1';
    return { status: head.status, reason: head.reason, httpVersion, headers: pairs(head.headers), body };
  }
  return taped === undefined ? undefined : { ...taped, body: taped.body.subarray(0, limits.maxBody) };
}

/** undici leaves a tab at the end of a value, which is no part of it. */
function pairs(raw: readonly Buffer[]): readonly HeaderPair[] {
  const headers: HeaderPair[] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    headers.push([raw[at]?.toString('latin1') ?? '', withoutBlanks(raw[at + 1]?.toString('latin1') ?? '')]);
  }
  return headers;
}
