import { HarnessError } from '../core/errors.ts';
import type { TransportFault, WireRequest } from '../model/exchange.ts';
import type { Connection } from './connection.ts';
import { bodyTooLarge, circumstancesOf } from './dispatch.ts';
import { closedEarly, codeOf, faultOf, isOwnFault, timeUp } from './faults.ts';
import type { Reading } from './framing.ts';
import type { Limits } from './limits.ts';
import { isFatal, isOfHead } from './notes.ts';
import type { SocketTap } from './tap.ts';

/** An exchange that undici gave up. */
interface GivenUp {
  readonly error: Error;
  readonly request: WireRequest;
  readonly connection: Connection;
  /** The connection before the exchange began, where there was one. */
  readonly before: SocketTap | undefined;
  /** Whether the request went out. */
  readonly sent: boolean;
  readonly origin: string;
  readonly limits: Limits;
  /** How long to watch the connection for its end or for the rest, in milliseconds. */
  readonly lingerMs: number;
  /** How much of the exchange's time is left, in milliseconds. */
  readonly leftMs: () => number;
  /** What the recorded bytes say by now. */
  readonly read: () => Reading;
}

/**
 * What an error of undici means; nothing where the recorded bytes show a whole answer after all. undici is stricter than
 * HTTP in places (an unasked-for 100, a 304 with a length), so the bytes decide.
 */
export async function faultAfter(ended: GivenUp): Promise<TransportFault | undefined> {
  const { error, sent, connection, origin, limits, read } = ended;
  throwIfUnsent(ended);
  const circumstances = (): ReturnType<typeof circumstancesOf> => circumstancesOf(connection, origin, sent);
  if (isOwnFault(error)) return faultOf(error, circumstances());
  if (sent) await restOfAnswer(ended);
  const reading = read();
  const acceptable = !reading.notes.some(isFatal);
  if (reading.complete && acceptable) {
    return (reading.response?.body.length ?? 0) > limits.maxBody ? bodyTooLarge(limits) : undefined;
  }
  if (codeOf(error) === 'UND_ERR_DESTROYED') return brokenOff;
  return sent ? faultOfAnswer(ended, reading) : faultOf(error, circumstances());
}

/** The request never went out because of us: not a fault of the exchange. */
function throwIfUnsent({ error, request, sent }: GivenUp): void {
  if (error instanceof HarnessError) throw error;
  const code = codeOf(error);
  if (!sent && (code === 'UND_ERR_INVALID_ARG' || code === 'UND_ERR_NOT_SUPPORTED')) {
    throw new HarnessError('E_REQUEST', `${request.method} ${request.path} cannot be sent: ${error.message}`, {
      kind: 'harness',
      hint: 'Correct the request in suite.yaml; where it is not from there, report it.',
      cause: error,
    });
  }
}

/** Wait for the rest of an answer that undici objects to, or for a moment where the connection ended. */
async function restOfAnswer({ error, connection: { tap }, lingerMs, leftMs, read }: GivenUp): Promise<void> {
  const acceptable = (): boolean => tap?.log.truncated !== true && !read().notes.some(isFatal);
  if (isObjection(error) && acceptable()) {
    await tap?.settled(() => read().complete || !acceptable(), leftMs());
  } else {
    await tap?.settled(() => read().complete, lingerMs);
  }
}

function faultOfAnswer({ error, connection, before, origin, limits }: GivenUp, reading: Reading): TransportFault {
  const { tap } = connection;
  const circumstances = circumstancesOf(connection, origin, true);
  // A server may close a connection between two requests; that it did so just now says nothing.
  if (before === tap && circumstances.received === 0) return closedBetween;
  const bad = reading.notes.find(isOfHead);
  if (bad !== undefined) return { kind: 'malformed', message: `the answer is not proper HTTP/1.1: ${bad.message}` };
  if (tap?.log.truncated === true) return bodyTooLarge(limits);
  if (!reading.notes.some(isFatal)) {
    if (tap?.log.ended === true) return closedEarly(circumstances);
    if (isObjection(error)) return timeUp(limits.timeoutMs, circumstances);
  }
  return faultOf(error, circumstances);
}

const brokenOff: TransportFault = { kind: 'blocked', message: 'the exchange was broken off from this side' };

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
