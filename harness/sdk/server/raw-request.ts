import type { HeaderPair } from '../../model/exchange.ts';

export interface RawRequest {
  readonly method: string;
  readonly target: string;
  readonly headers: readonly HeaderPair[];
  readonly body: string;
  readonly unreadable?: string;
}

/** What is said of a client that wants to speak TLS. */
export const tlsHandshake = 'a TLS handshake';

type Parsed =
  { readonly kind: 'incomplete' } | { readonly kind: 'request'; readonly request: RawRequest; readonly bytes: number };

const headCap = 256 * 1024;
const bodyCap = 1024 * 1024;

/**
 * The first request in `bytes`, read strictly and without interpretation: header lines stay in order with their repeats
 * and letter case, the target stays as it was sent. An HTTP library would join, normalise or refuse before we could see.
 */
export function parseRequest(bytes: Buffer): Parsed {
  // A handshake has no line end: to wait for one would be to wait for ever.
  if (bytes[0] === 0x16) return broken(bytes, tlsHandshake);
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return bytes.length > headCap ? broken(bytes, 'no end of the header after 256 KiB') : incomplete;
  const lines = bytes.subarray(0, end).toString('latin1').split('\r\n');
  const start = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+) ([^ ]+) HTTP\/1\.[01]$/.exec(lines[0] ?? '');
  if (start === null) return broken(bytes, `not a request line: ${JSON.stringify((lines[0] ?? '').slice(0, 120))}`);
  const headers: HeaderPair[] = [];
  for (const line of lines.slice(1)) {
    const colon = line.indexOf(':');
    if (colon < 1 || /\s$/.test(line.slice(0, colon))) {
      return broken(bytes, `not a header line: ${JSON.stringify(line.slice(0, 120))}`);
    }
    headers.push([line.slice(0, colon), line.slice(colon + 1).trim()]);
  }
  const body = bodyOf(headers, bytes.subarray(end + 4));
  if (body === undefined) return bytes.length > headCap + bodyCap ? broken(bytes, 'a body over 1 MiB') : incomplete;
  const request = { method: start[1] ?? '', target: start[2] ?? '', headers, body: body.text };
  return { kind: 'request', request, bytes: end + 4 + body.bytes };
}

const incomplete: Parsed = { kind: 'incomplete' };

function broken(bytes: Buffer, why: string): Parsed {
  const request = { method: '', target: '', headers: [], body: '', unreadable: why };
  return { kind: 'request', request, bytes: bytes.length };
}

function bodyOf(headers: readonly HeaderPair[], rest: Buffer): { text: string; bytes: number } | undefined {
  const value = (wanted: string): string | undefined =>
    headers.find(([name]) => name.toLowerCase() === wanted)?.[1].toLowerCase();
  if (value('transfer-encoding')?.includes('chunked') === true) return chunked(rest);
  const length = Number(value('content-length') ?? '0');
  if (!Number.isSafeInteger(length) || length <= 0) return { text: '', bytes: 0 };
  if (rest.length < length) return undefined;
  return { text: rest.subarray(0, length).toString('utf8'), bytes: length };
}

function chunked(rest: Buffer): { text: string; bytes: number } | undefined {
  const parts: Buffer[] = [];
  let at = 0;
  for (;;) {
    const line = rest.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const size = Number.parseInt(rest.subarray(at, line).toString('latin1'), 16);
    if (Number.isNaN(size)) return { text: Buffer.concat(parts).toString('utf8'), bytes: rest.length };
    const from = line + 2;
    if (rest.length < from + size + 2) return undefined;
    parts.push(rest.subarray(from, from + size));
    at = from + size + 2;
    if (size === 0) return { text: Buffer.concat(parts).toString('utf8'), bytes: at };
  }
}
