import * as fc from 'fast-check';
import { end, hang, reset, type Act } from './servers/scripted-socket.ts';
import { errorBody, key, proper, reply } from './describe-check.ts';

/** A request, and the bytes that come back. */
export interface Mangled {
  readonly method: string;
  readonly bytes: string;
  /** Where the bytes are cut into writes. */
  readonly cuts: readonly number[];
  readonly last: Act;
}

const oddities = [
  '\r\n',
  '\n',
  '\r',
  '\0',
  ' ',
  '\t',
  ':',
  ',',
  ';',
  '"',
  '\\',
  '{',
  '}',
  '[',
  ']',
  '\xff',
  '\xc3',
  '\xed\xa0\x80',
  '\\ud800',
  '\xef\xbb\xbf',
  '0',
  '9',
  'NaN',
  key,
  '1f8b',
  '\x1f\x8b',
];

const heads: fc.Arbitrary<string> = fc
  .tuple(
    fc.constantFrom('HTTP/1.1', 'HTTP/1.0', 'HTTP/1.1', 'HTTP/2', 'http/1.1', 'HTTP/9.9', ''),
    fc.oneof(fc.constantFrom(202, 401, 404, 412, 500, 204, 304, 100, 101, 103, 307), fc.nat(1200)),
    fc.constantFrom('OK', 'Not Found', '', 'caf\xe9', key),
    fc.array(
      fc.oneof(
        fc.constantFrom(
          'Content-Type: application/json',
          'Content-Type: application/json; charset=utf-16',
          'Content-Type: ;;;=',
          'Content-Length: 0',
          'Content-Length: 5',
          'Content-Length: 99999999999999999999',
          'Content-Length: -1',
          'Transfer-Encoding: chunked',
          'Transfer-Encoding: gzip, chunked',
          'Transfer-Encoding: x',
          'Content-Encoding: gzip',
          'Connection: close',
          'Connection: keep-alive',
          'Connection: upgrade',
          'Upgrade: h2c',
          'Keep-Alive: timeout=0',
          'Location: //[',
          'Retry-After: x',
          'Set-Cookie: a',
          'Cache-Control: max-age=9',
          `X: ${key}`,
          ' folded',
          'Trailer: X',
        ),
        fc.string({ maxLength: 60 }).map((text) => Buffer.from(text).toString('latin1')),
      ),
      { maxLength: 6 },
    ),
  )
  .map(
    ([version, status, reason, lines]) =>
      `${version} ${status} ${reason}\r\n${lines.map((line) => `${line}\r\n`).join('')}\r\n`,
  );

const bodies: fc.Arbitrary<string> = fc.oneof(
  fc.constantFrom(
    proper(404),
    proper(412),
    errorBody(404, 'X', ''),
    '',
    '[]',
    'null',
    '{"a":1,"a":2}',
    '['.repeat(600),
    '"\\ud800"',
  ),
  fc.json().map((text) => Buffer.from(text).toString('latin1')),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
  fc.nat(80_000).map((size) => 'x'.repeat(size)),
);

const chunked = (body: string, size: number): string => {
  const parts = body.match(new RegExp(`[^]{1,${size + 1}}`, 'g')) ?? [];
  return `${parts.map((part) => `${part.length.toString(16)}\r\n${part}\r\n`).join('')}0\r\n\r\n`;
};

/** Answers that would be right, and such as were never right. */
const answersSent: fc.Arbitrary<string> = fc.oneof(
  fc
    .tuple(fc.constantFrom(404, 202, 500, 200), bodies)
    .map(([status, body]) => reply(status, Buffer.from(body, 'latin1'))),
  fc
    .tuple(fc.constantFrom(404, 412), bodies, fc.nat(40))
    .map(
      ([status, body, size]) =>
        `HTTP/1.1 ${status} X\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n${chunked(body, size)}`,
    ),
  fc.tuple(heads, bodies).map(([head, body]) => head + body),
  fc.tuple(heads, bodies, fc.nat(9)).map(([head, body, size]) => head + chunked(body, size)),
  fc.tuple(heads, heads, bodies).map((parts) => parts.join('')),
  fc.uint8Array({ maxLength: 400 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
);

type Cut = readonly [
  kind: 'delete' | 'insert' | 'swap' | 'repeat' | 'truncate',
  at: number,
  length: number,
  text: string,
];

const cut: fc.Arbitrary<Cut> = fc.tuple(
  fc.constantFrom('delete', 'insert', 'swap', 'repeat', 'truncate'),
  fc.nat(),
  fc.nat(12),
  fc.constantFrom(...oddities),
);

function applied(bytes: string, [kind, where, length, text]: Cut): string {
  // Most of what can go wrong is in the head.
  const at = where % (Math.min(bytes.length, 400) + 1);
  switch (kind) {
    case 'delete':
      return bytes.slice(0, at) + bytes.slice(at + length);
    case 'insert':
      return bytes.slice(0, at) + text + bytes.slice(at);
    case 'swap':
      return bytes.slice(0, at) + text + bytes.slice(at + text.length);
    case 'repeat':
      return bytes.slice(0, at) + bytes.slice(at, at + length).repeat(3) + bytes.slice(at + length);
    case 'truncate':
      return bytes.slice(0, at);
    default:
      return kind satisfies never;
  }
}

/** Requests, and answers that were right or nearly so before they were mangled. */
export const mangled: fc.Arbitrary<Mangled> = fc
  .tuple(
    fc.constantFrom('DELETE', 'DELETE', 'DELETE', 'GET', 'HEAD', 'POST'),
    answersSent,
    fc.array(cut, { maxLength: 3 }),
    fc.array(fc.nat(), { maxLength: 3 }),
    // A connection that stays open costs the deadline where the answer is not whole.
    fc.constantFrom(...Array.from({ length: 12 }, () => end), reset, hang),
  )
  .map(([method, bytes, cuts, places, last]) => ({ method, bytes: cuts.reduce(applied, bytes), cuts: places, last }));
