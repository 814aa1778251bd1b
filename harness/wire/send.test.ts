import { createServer, type AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import type { Exchange, FaultKind, WireNote, WireRequest } from '../model.ts';
import * as certificates from './certificates.test-support.ts';
import { defaultLimits, type Limits } from './limits.ts';
import {
  end,
  hang,
  reset,
  startScriptedSocket,
  type Script,
  type ScriptedSocket,
} from './scripted-socket.test-support.ts';
import { openWire, type Wire } from './send.ts';

const key = 'pcsk_test1_0123456789abcdefghij';
const plain: WireRequest = { method: 'DELETE', path: '/backups/b-1', headers: [['Api-Key', key]] };
const notFound = 'HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}';

let server: ScriptedSocket;
beforeAll(async () => {
  server = await startScriptedSocket();
});
afterAll(() => server.close());

function wireTo(origin: string, limits: Partial<Limits> = {}, authority?: string): Wire {
  const wire = openWire({
    origin,
    limits: { ...defaultLimits, timeoutMs: 3000, ...limits },
    secrets: [key],
    ...(authority === undefined ? {} : { authority }),
  });
  onTestFinished(() => wire.close());
  return wire;
}

async function answer(
  script: Script,
  request: Partial<WireRequest> = {},
  limits: Partial<Limits> = {},
): Promise<Exchange> {
  server.play(script);
  return wireTo(server.origin, limits).send({ ...plain, ...request });
}

function bodyOf(exchange: Exchange): string {
  return Buffer.from(exchange.response?.body ?? []).toString('latin1');
}

describe('a request', () => {
  test('leaves byte for byte: raw path, headers in order, repeated and empty ones', async () => {
    await answer([notFound], {
      path: '/backups/%2e%2E//a%2fb;x=1?q=%20&Q=',
      headers: [
        ['api-KEY', key],
        ['X-Two', '1'],
        ['X-Empty', ''],
        ['x-two', '2'],
        ['X-Two', '1'],
      ],
    });
    expect(server.heard.at(-1)?.raw.replace(server.origin.slice(7), 'HOST')).toBe(
      [
        'DELETE /backups/%2e%2E//a%2fb;x=1?q=%20&Q= HTTP/1.1',
        'host: HOST',
        'connection: close',
        `api-KEY: ${key}`,
        'X-Two: 1',
        'X-Empty: ',
        'x-two: 2',
        'X-Two: 1',
        '',
        '',
      ].join('\r\n'),
    );
  });

  test('carries bytes in its path that no URL may hold', async () => {
    await answer([notFound], { path: '/backups/caf\xe9"<>|^`{}' });
    expect(server.heard.at(-1)?.path).toBe('/backups/caf\xe9"<>|^`{}');
  });

  test('carries a body with its length', async () => {
    await answer([notFound], { headers: [['Content-Type', 'application/json']], body: '{"é":1}' });
    expect(server.heard.at(-1)).toMatchObject({ body: '{"Ã©":1}' });
    expect(server.heard.at(-1)?.headers).toContain('content-length: 8');
  });

  test('is sent once, whatever comes back', async () => {
    const before = server.heard.length;
    await answer([reset]);
    await answer([end]);
    await answer(['HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n']);
    expect(server.heard.length - before).toBe(3);
  });

  test('that cannot be written is refused with a reason', async () => {
    await expect(answer([notFound], { headers: [['X', 'a\nb']] })).rejects.toMatchObject({ code: 'E_REQUEST' });
  });

  test('has no secret in its printable form', async () => {
    const { request } = await answer([notFound], {
      path: `/backups/x?Api-Key=${key}`,
      headers: [['Authorization', `Bearer ${key}`]],
    });
    expect(request).toEqual({
      method: 'DELETE',
      url: `${server.origin}/backups/x?Api-Key=<api-key>`,
      headers: [['Authorization', 'Bearer <api-key>']],
    });
  });
});

describe('connections', () => {
  test('are fresh for each request', async () => {
    server.play([notFound]);
    const wire = wireTo(server.origin);
    await wire.send(plain);
    await wire.send(plain);
    const [first, second] = server.heard.slice(-2);
    expect([first?.nth, second?.nth]).toEqual([0, 0]);
    expect(first?.connection).not.toBe(second?.connection);
  });

  test('are shared by requests that name the same one', async () => {
    server.play([notFound]);
    const wire = wireTo(server.origin);
    const all = await Promise.all(['a', 'a', 'b', 'a'].map((connection) => wire.send({ ...plain, connection })));
    expect(all.map(({ response }) => response?.status)).toEqual([404, 404, 404, 404]);
    const nths = server.heard.slice(-4).map(({ nth }) => nth);
    expect(nths.sort()).toEqual([0, 0, 1, 2]);
  });

  test('are made anew after a fault on a shared one', async () => {
    server.play(({ nth }) => (nth === 0 ? [notFound] : ['HTTP/1.1', { wait: 5 }, reset]));
    const wire = wireTo(server.origin);
    const send = (): Promise<Exchange> => wire.send({ ...plain, connection: 'a' });
    expect([(await send()).fault?.kind, (await send()).fault?.kind, (await send()).fault?.kind]).toEqual([
      undefined,
      'reset',
      undefined,
    ]);
  });

  test('may be closed by the server between two requests', async () => {
    server.play([notFound, { wait: 2 }, end]);
    const wire = wireTo(server.origin);
    const send = (): Promise<Exchange> => wire.send({ ...plain, connection: 'a' });
    expect([(await send()).fault, (await send()).fault]).toEqual([undefined, undefined]);
    expect(server.heard.slice(-2).map(({ nth }) => nth)).toEqual([0, 0]);
  });

  test('that end without a word, when used again, tell nothing of the server', async () => {
    server.play(({ nth }) => (nth === 0 ? [notFound] : [end]));
    const wire = wireTo(server.origin);
    const send = (): Promise<Exchange> => wire.send({ ...plain, connection: 'a' });
    expect([(await send()).fault?.kind, (await send()).fault?.kind]).toEqual([undefined, 'refused']);
  });

  test('are left by nobody: a wire that is closed ends what is under way', async () => {
    server.play([hang]);
    const wire = wireTo(server.origin);
    const under = wire.send(plain);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await wire.close();
    expect((await under).fault).toMatchObject({ kind: 'blocked' });
  });
});

describe('an answer', () => {
  test('keeps its headers in order, case and repeats, and tells reason and version', async () => {
    const { response, notes, fault } = await answer([
      'HTTP/1.1 404 Nope Nope\r\nB: 2\r\na: caf\xe9\r\nB:\t1 \t\r\nX:\r\nContent-Length: 0\r\n\r\n',
    ]);
    expect(response).toMatchObject({ status: 404, reason: 'Nope Nope', httpVersion: '1.1' });
    expect(response?.headers).toEqual([
      ['B', '2'],
      ['a', 'caf\xe9'],
      ['B', '1'],
      ['X', ''],
      ['Content-Length', '0'],
    ]);
    expect({ notes, fault }).toEqual({ notes: [], fault: undefined });
  });

  test('is not followed where it redirects', async () => {
    const before = server.heard.length;
    const { response } = await answer([`HTTP/1.1 307 Go\r\nLocation: ${server.origin}/x\r\nContent-Length: 0\r\n\r\n`]);
    expect(response?.status).toBe(307);
    expect(server.heard.length - before).toBe(1);
  });

  test('is not decompressed', async () => {
    const packed = gzipSync('{}');
    const exchange = await answer([
      `HTTP/1.1 404 No\r\nContent-Encoding: gzip\r\nContent-Length: ${packed.length}\r\n\r\n`,
      packed,
    ]);
    expect(Buffer.from(exchange.response?.body ?? [])).toEqual(packed);
  });

  const legal: readonly (readonly [string, Script])[] = [
    ['in chunks', ['HTTP/1.1 404 No\r\nTransfer-Encoding: chunked\r\n\r\n1\r\n{\r\n1\r\n}\r\n0\r\n\r\n']],
    [
      'in chunks, with blanks around their name',
      ['HTTP/1.1 404 No\r\nTransfer-Encoding: \tchunked\t\r\n\r\n2\r\n{}\r\n0\r\n\r\n', end],
    ],
    ['byte by byte', [{ drip: notFound, pauseMs: 1 }]],
    ['after an interim response', ['HTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n', { wait: 20 }, notFound]],
    ['after a 100 that nobody asked for', ['HTTP/1.1 100 Continue\r\n\r\n', { wait: 20 }, notFound]],
    ['with a closed connection', [notFound, end]],
    ['with a connection that stays open', [notFound, hang]],
    ['then a reset', [notFound, { wait: 20 }, reset]],
  ];
  test.each(legal)('may come %s', async (_, script) => {
    const exchange = await answer(script);
    expect(exchange).toMatchObject({ response: { status: 404 }, notes: [] });
    expect(exchange.fault).toBeUndefined();
    expect(bodyOf(exchange)).toBe('{}');
  });

  test('to HEAD and with 304 may announce a length', async () => {
    const head = await answer(['HTTP/1.1 404 No\r\nContent-Length: 20\r\n\r\n'], { method: 'HEAD' });
    const fresh = await answer(['HTTP/1.1 304 No\r\nContent-Length: 20\r\n\r\n']);
    expect([head.fault, head.notes, fresh.fault, fresh.notes]).toEqual([undefined, [], undefined, []]);
  });

  test('tells how long it took, without the wait for bytes that do not come', async () => {
    const { ms } = await answer([{ wait: 60 }, notFound, hang]);
    expect(ms).toBeGreaterThan(55);
    expect(ms).toBeLessThan(80);
  });
});

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

  test('is told in sentences', async () => {
    const told = [
      await answer([reset]),
      await answer([end]),
      await answer([`${headed}{}`, end]),
      await answer([hang], {}, soon),
      await answer([`${headed}{}`, hang], {}, soon),
      await answer(['HTTP/1.1 404 No\r\nX : y\r\n\r\n']),
      await answer(['HTTP/1.1 404 No\r\nContent-Length: 9\r\n\r\n123456789'], {}, { maxBody: 5 }),
    ].map(({ fault }) => fault?.message);
    expect(told).toMatchInlineSnapshot(`
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

describe('no exchange', () => {
  test('where nothing listens', async () => {
    const gone = createServer();
    await new Promise<void>((resolve) => gone.listen(0, '127.0.0.1', resolve));
    const { port } = gone.address() as AddressInfo;
    await new Promise((resolve) => gone.close(resolve));
    const { fault, response } = await wireTo(`http://127.0.0.1:${port}`).send(plain);
    expect(response).toBeUndefined();
    expect(fault).toEqual({ kind: 'refused', message: `nothing listens at http://127.0.0.1:${port} (ECONNREFUSED)` });
  });

  test('where the name leads nowhere', async () => {
    const { fault } = await wireTo('http://no-such-host.invalid').send(plain);
    expect(fault?.kind).toBe('dns');
  });
});

describe('over TLS', () => {
  const serve = async (cert: string): Promise<ScriptedSocket> => {
    const secure = await startScriptedSocket([`${notFound}{}`], { key: certificates.serverKey, cert });
    onTestFinished(() => secure.close());
    return secure;
  };

  test('an exchange shows the same, the bytes on the wire included', async () => {
    const { origin } = await serve(certificates.good);
    const exchange = await wireTo(origin, {}, certificates.authority).send(plain);
    expect(exchange.response?.status).toBe(404);
    expect(exchange.notes.map(({ kind }) => kind)).toEqual(['bytes-after-response']);
  });

  const rows: readonly (readonly [string, string, string | undefined, string])[] = [
    ['an unknown authority', certificates.good, undefined, 'its certificate comes from an unknown authority'],
    ['an expired certificate', certificates.expired, certificates.authority, 'its certificate has expired'],
    [
      'a certificate for another host',
      certificates.otherHost,
      certificates.authority,
      'its certificate is for another host',
    ],
    ['a self-signed certificate', certificates.selfSigned, undefined, 'its certificate is self-signed'],
  ];
  test.each(rows)('%s is not trusted', async (_, cert, authority, why) => {
    const { origin } = await serve(cert);
    const { fault, response } = await wireTo(origin, {}, authority).send(plain);
    expect(response).toBeUndefined();
    expect(fault?.kind).toBe('tls');
    expect(fault?.message).toContain(why);
  });

  test('a server of plain HTTP is told', async () => {
    const http = createServer((socket) => {
      socket.on('error', () => undefined).once('data', () => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
    });
    await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void http.close());
    const { port } = http.address() as AddressInfo;
    const { fault } = await wireTo(`https://127.0.0.1:${port}`).send(plain);
    expect(fault?.kind).toBe('tls');
  });
});
