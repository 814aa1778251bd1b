import { describe, expect, test } from 'vitest';
import type { FaultKind, WireNote, WireRequest } from '../model/exchange.ts';
import type { Limits } from './limits.ts';
import { end, hang, reset, type Script } from '../testing/servers/scripted-socket.ts';
import { bodyOf, notFound, openServer } from '../testing/wire-client.ts';

const { answer } = openServer();

interface Broken {
  readonly script: Script;
  readonly fault?: FaultKind;
  readonly notes?: readonly WireNote['kind'][];
  readonly status?: number;
  readonly body?: string;
  readonly limits?: Partial<Limits>;
  readonly request?: Partial<WireRequest>;
}

const soon = { timeoutMs: 150 };
const headed = 'HTTP/1.1 404 No\r\nContent-Length: 9\r\n\r\n';

describe('an answer that is broken', () => {
  const rows: readonly (readonly [string, Broken])[] = [
    ['by a reset', { script: [reset], fault: 'reset' }],
    [
      'by a reset in the middle',
      { script: [`${headed}{}`, { wait: 30 }, reset], fault: 'reset', status: 404, body: '{}' },
    ],
    ['by silence', { script: [hang], fault: 'no-answer', limits: soon }],
    ['by an end without an answer', { script: [end], fault: 'closed-early' }],
    ['by an end in the head', { script: ['HTTP/1.1 404 No\r\nCont', end], fault: 'closed-early' }],
    [
      'by a head that ends in bare CR',
      { script: ['HTTP/1.1 500 No\r\r\r\nContent-Type: text/plain\r\nConten', end], fault: 'malformed', status: 500 },
    ],
    ['by nothing after 100', { script: ['HTTP/1.1 100 Continue\r\n\r\n', hang], fault: 'too-slow', limits: soon }],
    ['by a head that stops', { script: ['HTTP/1.1 404 No\r\nCont', hang], fault: 'too-slow', limits: soon }],
    [
      'by a body that stops',
      { script: [`${headed}{}`, hang], fault: 'too-slow', status: 404, body: '{}', limits: soon },
    ],
    [
      'by dripping',
      { script: [{ drip: `${headed}{}`.padEnd(500), pauseMs: 10 }], fault: 'too-slow', limits: { timeoutMs: 200 } },
    ],
    [
      'by dripping in an endless body',
      { script: [headed, { drip: '{}'.padEnd(9), pauseMs: 100 }], fault: 'too-slow', status: 404, limits: soon },
    ],
    [
      'by a pause longer than allowed',
      { script: [`${headed}{}`, { wait: 400 }, '1234567'], fault: 'too-slow', status: 404, limits: { idleMs: 100 } },
    ],
    [
      'by too few bytes',
      { script: [`${headed}{}`, end], fault: 'closed-early', notes: ['short-body'], status: 404, body: '{}' },
    ],
    ['by too many bytes', { script: [`${notFound}{}`], notes: ['bytes-after-response'], status: 404, body: '{}' }],
    [
      'by too many bytes, later',
      { script: [notFound, { wait: 5 }, '{}'], notes: ['bytes-after-response'], status: 404, body: '{}' },
    ],
    [
      'by missing chunks',
      {
        script: ['HTTP/1.1 404 No\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n', end],
        fault: 'closed-early',
        notes: ['unfinished-chunks'],
        status: 404,
        body: '{}',
      },
    ],
    [
      'by a chunk size that is none',
      {
        script: ['HTTP/1.1 404 No\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n'],
        fault: 'malformed',
        notes: ['unfinished-chunks'],
        status: 404,
      },
    ],
    [
      'by length and chunks together',
      {
        script: ['HTTP/1.1 404 No\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n'],
        fault: 'malformed',
        notes: ['length-and-chunked'],
        status: 404,
        body: '{}',
      },
    ],
    [
      'by two lengths',
      {
        script: ['HTTP/1.1 404 No\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{}'],
        fault: 'malformed',
        notes: ['conflicting-lengths'],
        status: 404,
      },
    ],
    [
      'by a folded header',
      {
        script: ['HTTP/1.1 404 No\r\nX: a\r\n b\r\nContent-Length: 2\r\n\r\n{}'],
        fault: 'malformed',
        notes: ['bad-header-line'],
        status: 404,
        body: '{}',
      },
    ],
    [
      'by a space before a colon',
      {
        script: ['HTTP/1.1 404 No\r\nX : a\r\nContent-Length: 2\r\n\r\n{}'],
        fault: 'malformed',
        notes: ['bad-header-line'],
        status: 404,
        body: '{}',
      },
    ],
    ['by another protocol', { script: ['SSH-2.0-OpenSSH_9\r\n', end], fault: 'malformed', notes: ['bad-status-line'] }],
    [
      'by the preface of HTTP/2',
      { script: ['PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'], fault: 'malformed', notes: ['bad-status-line'] },
    ],
    [
      'by a body on 204',
      { script: ['HTTP/1.1 204 No\r\n\r\n{}'], notes: ['body-where-none-allowed'], status: 204, body: '' },
    ],
    [
      'by a body to HEAD',
      { script: [notFound], request: { method: 'HEAD' }, notes: ['body-where-none-allowed'], status: 404, body: '' },
    ],
    [
      'by no length, legally',
      { script: ['HTTP/1.0 404 No\r\n\r\n{}', end], notes: ['close-delimited'], status: 404, body: '{}' },
    ],
    [
      'by a switch of protocols',
      {
        script: ['HTTP/1.1 101 Go\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n'],
        fault: 'malformed',
        notes: ['bad-status-line'],
        status: 101,
      },
    ],
    [
      'by a body beyond the limit',
      {
        script: ['HTTP/1.1 404 No\r\nContent-Length: 100\r\n\r\n', 'x'.repeat(100)],
        fault: 'body-too-large',
        status: 404,
        body: 'x'.repeat(40),
        limits: { maxBody: 40 },
      },
    ],
    [
      'by a header beyond the limit',
      {
        script: [`HTTP/1.1 404 No\r\nX: ${'x'.repeat(3000)}\r\nContent-Length: 0\r\n\r\n`],
        fault: 'headers-too-large',
        status: 404,
        limits: { maxHeaders: 1024 },
      },
    ],
    [
      'by headers without end',
      {
        script: ['HTTP/1.1 404 No\r\n', { flood: 'X: y\r\n', bytes: 1e6 }],
        fault: 'headers-too-large',
        limits: { maxHeaders: 1024 },
      },
    ],
    [
      'by interim responses without end',
      {
        script: [{ flood: 'HTTP/1.1 103 Hint\r\n\r\n', bytes: 1e6 }],
        fault: 'headers-too-large',
        limits: { maxHeaders: 1024 },
      },
    ],
    [
      'by a reason without end',
      {
        script: ['HTTP/1.1 404 ', { flood: 'No ', bytes: 1e6 }],
        fault: 'headers-too-large',
        limits: { maxHeaders: 1024 },
      },
    ],
  ];
  test.each(rows)('%s', async (_, { script, fault, notes = [], status, body, limits, request }) => {
    const exchange = await answer(script, request, limits);
    expect(exchange.fault?.kind).toBe(fault);
    expect(exchange.notes.map(({ kind }) => kind)).toEqual(notes);
    expect(exchange.response?.status).toBe(status);
    if (body !== undefined) expect(bodyOf(exchange)).toBe(body);
  });

  test('is described in sentences', async () => {
    const messages = [
      await answer([reset]),
      await answer([end]),
      await answer([`${headed}{}`, end]),
      await answer([hang], {}, soon),
      await answer([`${headed}{}`, hang], {}, soon),
      await answer(['HTTP/1.1 404 No\r\nX : y\r\n\r\n']),
      await answer(['HTTP/1.1 404 No\r\nContent-Length: 9\r\n\r\n123456789'], {}, { maxBody: 5 }),
    ].map(({ fault }) => fault?.message);
    expect(messages).toMatchInlineSnapshot(`
      [
        "the server reset the connection without answering",
        "the server closed the connection without answering",
        "the server closed the connection in the middle of its answer, after 40 bytes",
        "no byte of an answer came within 150 ms",
        "the answer was not whole after 150 ms; 40 bytes had come",
        "the answer is not proper HTTP/1.1: the header line "X : y" has a space before the colon",
        "the body of the answer is larger than the limit of 5 bytes",
      ]
    `);
  });
});
