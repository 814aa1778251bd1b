import type { Act, Fault, Tamper } from '../fault.ts';
import { errors, inAnswer } from './row.ts';

/** What a client library hides or trips over: lengths, chunks, lines, time, size. */
export const wireFaults: readonly Fault[] = [
  transport('reset', 'The connection is reset instead of an answer', [{ then: 'reset' }]),
  transport('hung-up', 'The connection is closed without an answer', [{ then: 'end' }]),
  transport('reset-in-head', 'The connection is reset in the middle of the head', [
    { send: 'HTTP/1.1 404 Not Found\r\nContent-Ty' },
    { then: 'reset' },
  ]),
  transport('closed-in-head', 'The connection is closed in the middle of the head', [
    { send: 'HTTP/1.1 404 Not Found\r\nContent-Ty' },
    { then: 'end' },
  ]),
  resetInBody(),
  timed('silence', 'The server never answers', [{ then: 'hang' }]),
  timed('silence-after-head', 'The server sends the head and then nothing', [{ send: '{head}' }, { then: 'hang' }]),
  timed('silence-in-body', 'The server stops in the middle of the body', [{ send: '{head}{half}' }, { then: 'hang' }]),
  timed('drip', 'The server sends its answer letter by letter, too slowly', [{ drip: '{head}{body}', pauseMs: 40 }]),
  {
    ...timed('silence-everywhere', 'The server takes every request and never answers', [{ then: 'hang' }]),
    on: { method: /^/ },
    violates: ['202', '401', '404', '412', '500'],
    whole: true,
    timeoutMs: 500,
  },
  transport('large-body', 'The body of a 404 has two megabytes', [
    { send: 'HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 2000000\r\n\r\n' },
    { flood: ' ', bytes: 2_000_000 },
  ]),
  transport('endless-body', 'The chunked body of a 404 has no end', [
    { send: 'HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n' },
    { flood: '10\r\n                \r\n', bytes: 60_000_000 },
  ]),
  transport('large-head', 'The head of a 404 has a hundred kilobytes', [
    { send: 'HTTP/1.1 404 Not Found\r\n' },
    { flood: `X-Filler: ${'x'.repeat(90)}\r\n`, bytes: 102_000 },
    { send: 'Content-Length: 0\r\n\r\n' },
  ]),
  transport('endless-head', 'The head of a 404 has no end', [
    { send: 'HTTP/1.1 404 Not Found\r\n' },
    { flood: `X-Filler: ${'x'.repeat(90)}\r\n`, bytes: 10_000_000 },
  ]),

  framed('short-body', 'Content-Length announces five bytes more than come', [
    { do: 'frame', as: 'none' },
    { do: 'lines', lines: ['Content-Length: {length+5}'] },
  ]),
  framed('more-than-announced', 'Content-Length announces five bytes fewer than come', [
    { do: 'frame', as: 'none' },
    { do: 'lines', lines: ['Content-Length: {length-5}'] },
  ]),
  framed('length-in-words', 'Content-Length is a word', [
    { do: 'frame', as: 'none' },
    { do: 'lines', lines: ['Content-Length: many'] },
  ]),
  framed('length-negative', 'Content-Length is negative', [
    { do: 'frame', as: 'none' },
    { do: 'lines', lines: ['Content-Length: -1'] },
  ]),
  framed('length-with-unit', 'Content-Length has a unit', [
    { do: 'frame', as: 'none' },
    { do: 'lines', lines: ['Content-Length: {length} bytes'] },
  ]),
  framed('two-lengths', 'Two Content-Lengths contradict each other', {
    do: 'lines',
    lines: ['Content-Length: {length+5}'],
  }),
  framed('length-twice', 'The same Content-Length is there twice', {
    do: 'lines',
    lines: ['Content-Length: {length}'],
  }),
  framed('length-and-chunks', 'Content-Length and chunks are given together', [
    { do: 'frame', as: 'chunked' },
    { do: 'lines', lines: ['Content-Length: {length}'] },
  ]),
  framed('unfinished-chunks', 'The last chunk is missing', [
    { do: 'frame', as: 'chunked' },
    { do: 'play', acts: [{ send: '{head}5\r\n{"err\r\n' }, { then: 'end' }] },
  ]),
  framed('cut-chunk', 'A chunk is cut off in the middle', [
    { do: 'frame', as: 'chunked' },
    { do: 'play', acts: [{ send: '{head}ff\r\n{"error":{"code"' }, { then: 'end' }] },
  ]),
  framed('chunk-size-in-words', 'The size of a chunk is no number', [
    { do: 'frame', as: 'chunked' },
    { do: 'play', acts: [{ send: '{head}many\r\n{plain}\r\n0\r\n\r\n' }, { then: 'end' }] },
  ]),
  framed('chunk-too-long', 'A chunk has more bytes than it announces', [
    { do: 'frame', as: 'chunked' },
    { do: 'play', acts: [{ send: '{head}5\r\n{plain}\r\n0\r\n\r\n' }, { then: 'end' }] },
  ]),
  framed('chunked-in-name-only', 'The answer says that it is chunked, and its body is not', [
    { do: 'frame', as: 'chunked' },
    { do: 'play', acts: [{ send: '{head}{plain}' }, { then: 'end' }] },
  ]),
  framed('trailer-of-framing', 'A trailer gives the length of the body after it', [
    { do: 'frame', as: 'chunked' },
    { do: 'play', acts: [{ send: '{head}{hex}\r\n{plain}\r\n0\r\nContent-Length: 5\r\n\r\n' }, { then: 'end' }] },
  ]),
  framed('trailer-without-colon', 'A trailer is no header line', [
    { do: 'frame', as: 'chunked' },
    { do: 'play', acts: [{ send: '{head}{hex}\r\n{plain}\r\n0\r\nnonsense\r\n\r\n' }, { then: 'end' }] },
  ]),
  framed('transfer-coding-identity', 'Transfer-Encoding is a coding that no longer is one', [
    { do: 'frame', as: 'none' },
    { do: 'lines', lines: ['Transfer-Encoding: identity'] },
  ]),
  framed('chunked-twice', 'Transfer-Encoding is chunked twice', [
    { do: 'frame', as: 'chunked' },
    { do: 'lines', lines: ['Transfer-Encoding: chunked'] },
  ]),
  framed('second-answer', 'A second answer follows the first on the same connection', {
    do: 'play',
    acts: [{ send: '{head}{body}HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n' }],
  }),
  framed('stray-bytes', 'Stray bytes follow the answer', { do: 'play', acts: [{ send: '{head}{body}\r\nstray' }] }),
  framed('header-without-colon', 'A header line has no colon', { do: 'lines', lines: ['X-Broken header'] }),
  framed('header-with-space', 'A header has a space before its colon', { do: 'lines', lines: ['X-Spaced : yes'] }),
  framed('header-folded', 'A header is folded onto a second line', { do: 'lines', lines: ['X-Folded: one', '  two'] }),
  framed('header-with-control', 'A header has a control byte in its value', {
    do: 'lines',
    lines: ['X-Control: a\u0001b'],
  }),
  framed('header-name-odd', 'A header has a name that is no token', { do: 'lines', lines: ['X(Odd): yes'] }),
  framed('header-without-name', 'A header has no name', { do: 'lines', lines: [': nameless'] }),
  framed('line-feeds-only', 'The lines of the head end in line feeds without carriage returns', {
    do: 'play',
    acts: [
      { send: 'HTTP/1.1 404 Not Found\nContent-Type: application/json\nContent-Length: {length}\n\n{body}' },
      { then: 'end' },
    ],
  }),
  framed('no-status-line', 'The answer begins without a status line', {
    do: 'play',
    acts: [{ send: 'Content-Type: application/json\r\n\r\n{body}' }, { then: 'end' }],
  }),
  framed('only-a-body', 'The answer is a body without a head', {
    do: 'play',
    acts: [{ send: '{body}' }, { then: 'end' }],
  }),
  framed('other-protocol', 'The answer is in another protocol', {
    do: 'play',
    acts: [{ send: 'SSH-2.0-OpenSSH_9.6\r\n' }, { then: 'end' }],
  }),
  framed('tls', 'The answer is a TLS alert: the port speaks HTTPS', {
    do: 'play',
    acts: [{ send: '\u0015\u0003\u0001\u0000\u0002\u0002\u0046' }, { then: 'end' }],
  }),
  framed('version-2', 'The status line says HTTP/2', { do: 'status-line', text: 'HTTP/2 {status} {reason}' }),
  framed('status-of-four-digits', 'The status has four digits', { do: 'status-line', text: 'HTTP/1.1 4040 Not Found' }),
  framed('status-of-none', 'The status is out of any range', { do: 'status-line', text: 'HTTP/1.1 999 Denied' }),
  framed('no-reason-no-space', 'The status line ends after the number', {
    do: 'status-line',
    text: 'HTTP/1.1 {status}',
  }),
  inAnswer(202, {
    name: 'wire/body-of-204',
    says: 'A 204 with a body is sent in place of the 202',
    tamper: [
      { do: 'status', status: 204 },
      { do: 'body', text: '{}' },
    ],
    check: 'framing',
  }),
  inAnswer(404, {
    name: 'wire/no-length',
    says: 'Only the closed connection tells where the body ends',
    tamper: { do: 'frame', as: 'none' },
    check: 'framing',
    as: 'advice',
  }),
  unasked('gzip', 'The body is compressed though nobody asked for it'),
  unasked('deflate', 'The body is deflated though nobody asked for it'),
  unasked('br', 'The body is compressed with Brotli though nobody asked for it'),
  packed('unfit', 'A compressed body does not fit its schema', 'schema', [{ do: 'without', at: '/error' }]),
  packed('broken', 'A compressed body is JSON that breaks off', 'json', [{ do: 'body', text: '{"error":' }]),
  packed('code-swapped', 'A compressed 404 has the code of the 412', 'error-code', [
    { do: 'json', at: '/error/code', to: 'FAILED_PRECONDITION' },
  ]),
  packed('key', 'A compressed body holds the key', 'leaked-key', [
    { do: 'json', at: '/error/message', to: 'No backup for {key}.' },
  ]),
  packed('trace', 'A compressed body holds a stack trace', 'stack-trace', [
    { do: 'json', at: '/error/message', to: 'Error: x\n    at Object.<anonymous> (/srv/app/index.js:12:7)' },
  ]),
  coded('gzip-in-name-only', 'The body is labelled gzip and is none', 'gzip', []),
  coded('brotli-in-name-only', 'The body is labelled br and is none', 'br', []),
  coded('twice-gzip', 'The body is labelled gzip twice and compressed once', 'gzip, gzip', {
    do: 'encode',
    as: 'gzip',
  }),
  inAnswer(errors, {
    name: 'wire/gzip-unlabelled',
    says: 'Errors are compressed, and nothing says so',
    tamper: { do: 'encode', as: 'gzip' },
    check: 'content-encoding',
  }),
];

function transport(name: string, says: string, acts: readonly Act[]): Fault {
  return inAnswer(404, { name: `wire/${name}`, says, tamper: { do: 'play', acts }, check: 'transport' });
}

/** A client that reads late may be shown the end of the connection and not its reset. */
function resetInBody(): Fault {
  const fault = transport('reset-in-body', 'The connection is reset in the middle of the body', [
    { send: '{head}{half}' },
    { wait: 10 },
    { then: 'reset' },
  ]);
  return { ...fault, caughtBy: { ...fault.caughtBy, or: 'framing' } };
}

function timed(name: string, says: string, acts: readonly Act[]): Fault {
  return { ...transport(name, says, acts), timeoutMs: 2500 };
}

function framed(name: string, says: string, tamper: Tamper | readonly Tamper[]): Fault {
  return inAnswer(404, { name: `wire/${name}`, says, tamper, check: 'framing' });
}

/** HTTP allows it (RFC 9110 §12.5.3), and the content is judged all the same. */
function unasked(coding: 'gzip' | 'deflate' | 'br', says: string): Fault {
  return inAnswer(404, {
    name: `wire/${coding}-unasked`,
    says,
    tamper: [
      { do: 'header', name: 'Content-Encoding', value: coding },
      { do: 'encode', as: coding },
    ],
    check: 'content-encoding',
    as: 'advice',
  });
}

function packed(name: string, says: string, check: string, tamper: readonly Tamper[]): Fault {
  return inAnswer(404, {
    name: `wire/gzip-${name}`,
    says,
    tamper: [...tamper, { do: 'header', name: 'Content-Encoding', value: 'gzip' }, { do: 'encode', as: 'gzip' }],
    check,
  });
}

function coded(name: string, says: string, coding: string, tamper: Tamper | readonly Tamper[]): Fault {
  return inAnswer(404, {
    name: `wire/${name}`,
    says,
    tamper: [{ do: 'header', name: 'Content-Encoding', value: coding }, ...[tamper].flat()],
    check: 'content-encoding',
  });
}
