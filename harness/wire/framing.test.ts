import { describe, expect, test } from 'vitest';
import type { WireNote } from '../model/exchange.ts';
import { readResponse } from './framing.ts';

const head = 'HTTP/1.1 404 Not Found\r\n';
const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n`;
const length = (bytes: number): string => `${head}Content-Length: ${bytes}\r\n\r\n`;

interface Row {
  readonly bytes: string;
  readonly method?: string;
  readonly ended?: boolean;
  readonly notes?: readonly WireNote['kind'][];
  readonly body?: string;
  readonly complete?: boolean;
}

const rows: readonly (readonly [string, Row])[] = [
  ['a length', { bytes: `${length(2)}{}`, body: '{}' }],
  ['a length of zero', { bytes: length(0), body: '' }],
  ['chunks', { bytes: `${chunked}2\r\n{}\r\n0\r\n\r\n`, body: '{}' }],
  ['chunks with an extension', { bytes: `${chunked}2;a="b"\r\n{}\r\n0\r\n\r\n`, body: '{}' }],
  ['chunks with leading zeros', { bytes: `${chunked}002\r\n{}\r\n000\r\n\r\n`, body: '{}' }],
  ['chunks with trailers', { bytes: `${chunked}2\r\n{}\r\n0\r\nX-Sum: 1\r\n\r\n`, body: '{}' }],
  ['chunks of nothing', { bytes: `${chunked}0\r\n\r\n`, body: '' }],
  ['an empty reason', { bytes: 'HTTP/1.1 404 \r\nContent-Length: 0\r\n\r\n', body: '' }],
  ['an interim response before', { bytes: `HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n${length(2)}{}`, body: '{}' }],
  ['a length without a body, to HEAD', { bytes: length(20), method: 'HEAD', body: '' }],
  ['a length without a body, with 304', { bytes: 'HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n', body: '' }],
  ['Latin-1 in a header value', { bytes: `${head}X: caf\xe9\r\nContent-Length: 0\r\n\r\n`, body: '' }],
  ['a tab in a header value', { bytes: `${head}X:\ta\tb\t\r\nContent-Length: 0\r\n\r\n`, body: '' }],
  ['an empty header value', { bytes: `${head}X:\r\nContent-Length: 0\r\n\r\n`, body: '' }],
  ['a body up to the end', { bytes: `${head}\r\n{}`, ended: true, body: '{}', notes: ['close-delimited'] }],
  [
    'HTTP/1.0 up to the end',
    { bytes: 'HTTP/1.0 404 No\r\n\r\n{}', ended: true, body: '{}', notes: ['close-delimited'] },
  ],
  ['a body not yet at its end', { bytes: `${head}\r\n{}`, complete: false, body: '{}' }],
  ['a body not yet whole', { bytes: `${length(9)}{}`, complete: false, body: '{}' }],
  ['a chunk not yet whole', { bytes: `${chunked}9\r\n{}`, complete: false, body: '{}' }],

  [
    'a trailer that is no header line',
    { bytes: `${chunked}2\r\n{}\r\n0\r\nnonsense\r\n\r\n`, body: '{}', notes: ['bad-header-line'] },
  ],
  ...['Content-Length: 2', 'content-type: text/plain', 'Transfer-Encoding: gzip', 'Trailer: X', 'Host: x'].map(
    (line): readonly [string, Row] => [
      `a trailer such as ${line}`,
      { bytes: `${chunked}2\r\n{}\r\n0\r\nX: 1\r\n${line}\r\n\r\n`, body: '{}', notes: ['forbidden-trailer'] },
    ],
  ),
  [
    'a trailer with such a name in it',
    { bytes: `${chunked}2\r\n{}\r\n0\r\nX-Content-Length: 1\r\nContent-Lengths: 2\r\n\r\n`, body: '{}' },
  ],
  [
    'chunked in other letter case',
    { bytes: `${head}transfer-encoding: Chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`, body: '{}' },
  ],
  ...['gzip, chunked', 'chunked, chunked'].map((coding): readonly [string, Row] => [
    `a transfer coding of ${coding}`,
    {
      bytes: `${head}Transfer-Encoding: ${coding}\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
      body: '{}',
      notes: ['transfer-coding'],
    },
  ]),
  [
    'a transfer coding up to the end',
    {
      bytes: `${head}Transfer-Encoding: identity\r\n\r\n{}`,
      ended: true,
      body: '{}',
      notes: ['transfer-coding', 'close-delimited'],
    },
  ],
  ['more than the length', { bytes: `${length(2)}{}{}`, body: '{}', notes: ['bytes-after-response'] }],
  ['a second response', { bytes: `${length(2)}{}${length(0)}`, body: '{}', notes: ['bytes-after-response'] }],
  ['more after the last chunk', { bytes: `${chunked}0\r\n\r\nx`, body: '', notes: ['bytes-after-response'] }],
  [
    'less than the length',
    { bytes: `${length(9)}{}`, ended: true, complete: false, body: '{}', notes: ['short-body'] },
  ],
  [
    'no last chunk',
    { bytes: `${chunked}2\r\n{}\r\n`, ended: true, complete: false, body: '{}', notes: ['unfinished-chunks'] },
  ],
  [
    'no end of trailers',
    { bytes: `${chunked}0\r\n`, ended: true, complete: false, body: '', notes: ['unfinished-chunks'] },
  ],
  [
    'half a chunk',
    { bytes: `${chunked}9\r\n{}`, ended: true, complete: false, body: '{}', notes: ['unfinished-chunks'] },
  ],
  ['no chunk size', { bytes: `${chunked}{}\r\n0\r\n\r\n`, complete: false, body: '', notes: ['unfinished-chunks'] }],
  [
    'a chunk longer than its size',
    { bytes: `${chunked}1\r\n{}\r\n0\r\n\r\n`, complete: false, body: '{', notes: ['unfinished-chunks'] },
  ],
  ['a body on 204', { bytes: 'HTTP/1.1 204 No\r\n\r\n{}', body: '', notes: ['body-where-none-allowed'] }],
  ['a body on 304', { bytes: 'HTTP/1.1 304 No\r\n\r\n{}', body: '', notes: ['body-where-none-allowed'] }],
  ['a body to HEAD', { bytes: `${length(2)}{}`, method: 'HEAD', body: '', notes: ['body-where-none-allowed'] }],
  [
    'length and chunks',
    {
      bytes: `${head}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`,
      body: '{}',
      notes: ['length-and-chunked'],
    },
  ],
  [
    'two lengths',
    { bytes: `${head}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}`, body: '{}', notes: ['conflicting-lengths'] },
  ],
  ['a list of lengths', { bytes: `${head}Content-Length: 2, 2\r\n\r\n{}`, body: '{}', notes: ['conflicting-lengths'] }],
  [
    'a length that is no number',
    {
      bytes: `${head}Content-Length: two\r\n\r\n{}`,
      ended: true,
      body: '{}',
      notes: ['bad-header-line', 'close-delimited'],
    },
  ],
  [
    'a negative length',
    {
      bytes: `${head}Content-Length: -2\r\n\r\n{}`,
      ended: true,
      body: '{}',
      notes: ['bad-header-line', 'close-delimited'],
    },
  ],
  [
    'a folded header line',
    { bytes: `${head}X: a\r\n b\r\nContent-Length: 0\r\n\r\n`, body: '', notes: ['bad-header-line'] },
  ],
  [
    'a space before the colon',
    { bytes: `${head}X : a\r\nContent-Length: 0\r\n\r\n`, body: '', notes: ['bad-header-line'] },
  ],
  [
    'a header without a name',
    { bytes: `${head}: a\r\nContent-Length: 0\r\n\r\n`, body: '', notes: ['bad-header-line'] },
  ],
  [
    'a name that is no token',
    { bytes: `${head}X(y): a\r\nContent-Length: 0\r\n\r\n`, body: '', notes: ['bad-header-line'] },
  ],
  [
    'a header line without a colon',
    { bytes: `${head}X\r\nContent-Length: 0\r\n\r\n`, body: '', notes: ['bad-header-line'] },
  ],
  [
    'NUL in a header value',
    { bytes: `${head}X: a\0b\r\nContent-Length: 0\r\n\r\n`, body: '', notes: ['bad-header-line'] },
  ],
  [
    'a bare CR in a header value',
    { bytes: `${head}X: a\rb\r\nContent-Length: 0\r\n\r\n`, body: '', notes: ['bad-header-line'] },
  ],
  [
    'lines that end in LF',
    { bytes: 'HTTP/1.1 404 No\nContent-Length: 2\n\n{}', body: '{}', notes: ['bad-header-line'] },
  ],
  [
    'an empty line that ends in LF',
    { bytes: `${head}Content-Length: 2\r\n\n{}`, body: '{}', notes: ['bad-header-line'] },
  ],
  ['a tab after a value', { bytes: `${head}Transfer-Encoding: chunked\t\r\n\r\n2\r\n{}\r\n0\r\n\r\n`, body: '{}' }],
  [
    'no space after the status',
    { bytes: 'HTTP/1.1 404\r\nContent-Length: 0\r\n\r\n', body: '', notes: ['bad-status-line'] },
  ],
  [
    'two spaces before the status',
    { bytes: 'HTTP/1.1  404 No\r\nContent-Length: 0\r\n\r\n', body: '', notes: ['bad-status-line'] },
  ],
  ['another version', { bytes: 'HTTP/2.0 404 No\r\nContent-Length: 0\r\n\r\n', body: '', notes: ['bad-status-line'] }],
  ['a later minor version', { bytes: 'HTTP/1.2 404 No\r\nContent-Length: 0\r\n\r\n', body: '' }],
  ['an empty line before', { bytes: `\r\n${length(2)}{}`, body: '{}', notes: ['bad-status-line'] }],
  ['a status of 600', { bytes: 'HTTP/1.1 600 No\r\nContent-Length: 0\r\n\r\n', body: '', notes: ['bad-status-line'] }],
  ['a status of 099', { bytes: 'HTTP/1.1 099 No\r\nContent-Length: 0\r\n\r\n', body: '', notes: ['bad-status-line'] }],
  [
    'a control byte in the reason',
    { bytes: 'HTTP/1.1 404 N\x01\r\nContent-Length: 0\r\n\r\n', body: '', notes: ['bad-status-line'] },
  ],
];

describe('a response with', () => {
  test.each(rows)('%s', (_, { bytes, method = 'DELETE', ended = false, notes = [], body, complete = true }) => {
    const reading = readResponse(Buffer.from(bytes, 'latin1'), { method, ended });
    expect(reading.notes.map(({ kind }) => kind)).toEqual(notes);
    expect(reading.response?.body.toString('latin1')).toBe(body);
    expect(reading.complete).toBe(complete);
  });
});

describe('bytes without a response', () => {
  const none: readonly (readonly [string, string, boolean, readonly WireNote['kind'][]])[] = [
    ['nothing', '', true, []],
    ['empty lines', '\r\n\r\n', true, []],
    ['half a status line', 'HTTP/1.1 40', true, []],
    ['a head that breaks off', `${head}Content-Le`, true, []],
    ['an interim response alone', 'HTTP/1.1 100 Continue\r\n\r\n', true, []],
    ['another protocol', 'SSH-2.0-OpenSSH\r\n', false, ['bad-status-line']],
    ['a page', '<!doctype html>\r\n\r\n<html>', true, ['bad-status-line']],
    ['a version without a number', 'HTTP/x 404 Not Found\r\n\r\n', false, ['bad-status-line']],
    ['a status of letters', 'HTTP/1.1 abc Not Found\r\n\r\n', false, ['bad-status-line']],
    ['a status of two digits', 'HTTP/1.1 40 Not Found\r\n\r\n', false, ['bad-status-line']],
    ['binary noise', '\x00\x01\x02\xff', false, ['bad-status-line']],
  ];
  test.each(none)('%s', (_, bytes, ended, notes) => {
    const reading = readResponse(Buffer.from(bytes, 'latin1'), { method: 'DELETE', ended });
    expect(reading.response).toBeUndefined();
    expect(reading.complete).toBe(false);
    expect(reading.notes.map(({ kind }) => kind)).toEqual(notes);
  });
});

test('headers keep their order, their case and their repeats', () => {
  const bytes = Buffer.from(`${head}B: 2\r\na: 1\r\nB:  3 \r\nContent-Length: 0\r\n\r\n`);
  expect(readResponse(bytes, { method: 'GET', ended: false }).response).toMatchObject({
    status: 404,
    reason: 'Not Found',
    httpVersion: '1.1',
    headers: [
      ['B', '2'],
      ['a', '1'],
      ['B', '3'],
      ['Content-Length', '0'],
    ],
  });
});

test('nothing is said of the end of a tape that was cut', () => {
  const bytes = Buffer.from(`${length(9)}{}`);
  expect(readResponse(bytes, { method: 'GET', ended: true, truncated: true }).notes).toEqual([]);
});
