import type { HeaderPair, WireNote } from '../model/exchange.ts';
import { readChunks } from './chunks.ts';
import { readHead, readHeaderLines, valuesOf, type Head } from './head.ts';

/** What raw bytes say about a response, read as leniently as they allow. */
export interface Reading {
  /** The final response; absent when its head never came whole. */
  readonly response?: {
    readonly status: number;
    readonly reason: string;
    readonly httpVersion: string;
    readonly headers: readonly HeaderPair[];
    /** After transfer decoding, as far as it came. */
    readonly body: Buffer;
  };
  /** Whether the framing says that nothing is missing. */
  readonly complete: boolean;
  /** The bytes that the head announces, where it announces them. */
  readonly announced?: number;
  readonly notes: readonly WireNote[];
}

interface Situation {
  /** Of the request. */
  readonly method: string;
  /** Whether the server closed its side. */
  readonly ended: boolean;
  /** Whether there were more bytes than were kept. */
  readonly truncated?: boolean;
}

/** Reads a response from the bytes of its connection. RFC 9112, sections 4 to 7. */
export function readResponse(bytes: Buffer, situation: Situation): Reading {
  let from = 0;
  let head = readHead(bytes, from);
  // Interim responses come before the final one; 101 is final.
  while (head !== undefined && head.status < 200 && head.status >= 100 && head.status !== 101) {
    from = head.end;
    head = readHead(bytes, from);
  }
  if (head === undefined) return { complete: false, notes: noHead(bytes.subarray(from)) };
  const framed = readBody(bytes, head, situation);
  const { status, reason, httpVersion, headers } = head;
  return {
    response: { status, reason, httpVersion, headers, body: framed.body },
    complete: framed.complete,
    ...(framed.announced === undefined ? {} : { announced: framed.announced }),
    notes: [...head.notes, ...switchNotes(status), ...lengthNotes(headers), ...codingNotes(headers), ...framed.notes],
  };
}

/** Whether a response to that request with that status has no body, whatever its headers say. */
function isBodiless(method: string, status: number): boolean {
  return method === 'HEAD' || status < 200 || status === 204 || status === 304;
}

interface Framed {
  readonly body: Buffer;
  readonly complete: boolean;
  readonly announced?: number;
  readonly notes: readonly WireNote[];
}

function readBody(bytes: Buffer, head: Head, { method, ended, truncated }: Situation): Framed {
  const rest = bytes.subarray(head.end);
  if (isBodiless(method, head.status)) {
    const why = method === 'HEAD' ? 'an answer to HEAD' : `a ${head.status}`;
    return { body: Buffer.alloc(0), complete: true, notes: bodyNotAllowed(rest, why) };
  }
  const codings = codingsOf(head.headers);
  if (codings.at(-1) === 'chunked') {
    const { body, end, trailers, problem } = readChunks(rest);
    if (problem !== undefined && (ended || problem.fatal) && truncated !== true) {
      return { body, complete: false, notes: [{ kind: 'unfinished-chunks', message: problem.message }] };
    }
    if (problem !== undefined) return { body, complete: false, notes: [] };
    return { body, complete: true, notes: [...trailerNotes(trailers), ...after(rest.subarray(end))] };
  }
  const announced = announcedLength(head.headers);
  if (codings.length > 0 || announced === undefined) {
    const message = 'neither a length nor chunks mark where the body ends, only the closed connection does';
    return { body: rest, complete: ended, notes: ended ? [{ kind: 'close-delimited', message }] : [] };
  }
  const body = rest.subarray(0, announced);
  const cut = ended && body.length < announced && truncated !== true;
  const message = `Content-Length announces ${announced} bytes, and ${body.length} came before the connection closed`;
  return {
    body,
    announced,
    complete: body.length === announced,
    notes: cut ? [{ kind: 'short-body', message }] : after(rest.subarray(announced)),
  };
}

/** The first length that is a number: what most clients go by. */
function announcedLength(headers: readonly HeaderPair[]): number | undefined {
  const digits = lengths(headers).find((length) => /^\d{1,15}$/.test(length));
  return digits === undefined ? undefined : Number(digits);
}

function lengths(headers: readonly HeaderPair[]): readonly string[] {
  return valuesOf(headers, 'content-length').flatMap(listed);
}

function codingsOf(headers: readonly HeaderPair[]): readonly string[] {
  return valuesOf(headers, 'transfer-encoding').flatMap(listed);
}

function listed(value: string): readonly string[] {
  return value.split(',').map((part) => part.trim().toLowerCase());
}

function lengthNotes(headers: readonly HeaderPair[]): readonly WireNote[] {
  const given = lengths(headers);
  const notes: WireNote[] = [];
  const wrong = given.find((length) => !/^\d+$/.test(length));
  if (wrong !== undefined) {
    notes.push({
      kind: 'bad-header-line',
      message: `Content-Length ${JSON.stringify(wrong)} is not a number of bytes`,
    });
  }
  if (given.length > 1) {
    notes.push({
      kind: 'conflicting-lengths',
      message: `Content-Length is given ${given.length} times: ${given.join(', ')}`,
    });
  }
  if (given.length > 0 && codingsOf(headers).length > 0) {
    const message = 'Content-Length and Transfer-Encoding are given together, so the end of the body is ambiguous';
    notes.push({ kind: 'length-and-chunked', message });
  }
  return notes;
}

/** No request here says that it accepts any transfer coding, and chunked is the only one that need not be said. */
function codingNotes(headers: readonly HeaderPair[]): readonly WireNote[] {
  const given = codingsOf(headers);
  if (given.length === 0 || (given.length === 1 && given[0] === 'chunked')) return [];
  return [{ kind: 'transfer-coding', message: `Transfer-Encoding is ${JSON.stringify(given.join(', '))}` }];
}

/** What a recipient must know before it reads the body cannot follow it. */
const forbiddenInTrailers = /^(content-(length|type|encoding|range)|transfer-encoding|trailer|te|host|connection)$/i;

function trailerNotes(lines: readonly string[]): readonly WireNote[] {
  const { headers, notes } = readHeaderLines(lines);
  const forbidden = headers.filter(([name]) => forbiddenInTrailers.test(name));
  return [
    ...notes,
    ...forbidden.map(([name]): WireNote => {
      return { kind: 'forbidden-trailer', message: `${name} follows the body as a trailer` };
    }),
  ];
}

function switchNotes(status: number): readonly WireNote[] {
  const message = 'the answer switches protocols, and no Upgrade was asked for';
  return status === 101 ? [{ kind: 'bad-status-line', message }] : [];
}

function bodyNotAllowed(rest: Buffer, why: string): readonly WireNote[] {
  if (rest.length === 0) return [];
  return [
    { kind: 'body-where-none-allowed', message: `${why} must have no body, yet ${rest.length} bytes follow its head` },
  ];
}

function after(rest: Buffer): readonly WireNote[] {
  if (rest.length === 0) return [];
  const what = /^HTTP\/\d/.test(rest.toString('latin1', 0, 6))
    ? 'a second response follows'
    : `${rest.length} more bytes follow`;
  return [{ kind: 'bytes-after-response', message: `the response is whole, yet ${what} on the same connection` }];
}

function noHead(bytes: Buffer): readonly WireNote[] {
  const [line = ''] = bytes
    .toString('latin1', 0, 80)
    .replace(/^[\r\n]+/, '')
    .split(/\r?\n/, 1);
  // What is only the beginning of a status line is filled up to a whole one.
  if (/^HTTP\/\d\.\d +\d{3}( |$)/.test(line + 'HTTP/1.1 200 '.slice(line.length))) return [];
  const shown = JSON.stringify(line.slice(0, 40));
  return [{ kind: 'bad-status-line', message: `the answer begins with ${shown}, which is no status line of HTTP/1` }];
}
