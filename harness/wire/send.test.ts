import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import type { Exchange } from '../model/exchange.ts';
import { end, hang, reset, type Script } from '../testing/servers/scripted-socket.ts';
import { bodyOf, key, notFound, openServer, plain, wireTo } from '../testing/wire-client.ts';

const { answer, scripted } = openServer();

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
    expect(scripted().heard.at(-1)?.raw.replace(scripted().origin.slice(7), 'HOST')).toBe(
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
    expect(scripted().heard.at(-1)?.path).toBe('/backups/caf\xe9"<>|^`{}');
  });

  test('carries a body with its length', async () => {
    await answer([notFound], { headers: [['Content-Type', 'application/json']], body: '{"é":1}' });
    expect(scripted().heard.at(-1)).toMatchObject({ body: '{"Ã©":1}' });
    expect(scripted().heard.at(-1)?.headers).toContain('content-length: 8');
  });

  test('is sent once, whatever comes back', async () => {
    const before = scripted().heard.length;
    await answer([reset]);
    await answer([end]);
    await answer(['HTTP/1.1 503 Busy\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n']);
    expect(scripted().heard.length - before).toBe(3);
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
      url: `${scripted().origin}/backups/x?Api-Key=<api-key>`,
      headers: [['Authorization', 'Bearer <api-key>']],
    });
  });
});

describe('connections', () => {
  test('are fresh for each request', async () => {
    scripted().play([notFound]);
    const wire = wireTo(scripted().origin);
    await wire.send(plain);
    await wire.send(plain);
    const [first, second] = scripted().heard.slice(-2);
    expect([first?.nth, second?.nth]).toEqual([0, 0]);
    expect(first?.connection).not.toBe(second?.connection);
  });

  test('are shared by requests that name the same one', async () => {
    scripted().play([notFound]);
    const wire = wireTo(scripted().origin);
    const all = await Promise.all(['a', 'a', 'b', 'a'].map((connection) => wire.send({ ...plain, connection })));
    expect(all.map(({ response }) => response?.status)).toEqual([404, 404, 404, 404]);
    const nths = scripted()
      .heard.slice(-4)
      .map(({ nth }) => nth);
    expect(nths.sort()).toEqual([0, 0, 1, 2]);
  });

  test('are made anew after a fault on a shared one', async () => {
    scripted().play(({ nth }) => (nth === 0 ? [notFound] : ['HTTP/1.1', { wait: 60 }, reset]));
    const wire = wireTo(scripted().origin);
    const send = (): Promise<Exchange> => wire.send({ ...plain, connection: 'a' });
    expect([(await send()).fault?.kind, (await send()).fault?.kind, (await send()).fault?.kind]).toEqual([
      undefined,
      'reset',
      undefined,
    ]);
  });

  test('may be closed by the server between two requests', async () => {
    scripted().play([notFound, { wait: 2 }, end]);
    const wire = wireTo(scripted().origin);
    const send = (): Promise<Exchange> => wire.send({ ...plain, connection: 'a' });
    expect([(await send()).fault, (await send()).fault]).toEqual([undefined, undefined]);
    expect(
      scripted()
        .heard.slice(-2)
        .map(({ nth }) => nth),
    ).toEqual([0, 0]);
  });

  test('that end without a word, when used again, tell nothing of the server', async () => {
    scripted().play(({ nth }) => (nth === 0 ? [notFound] : [end]));
    const wire = wireTo(scripted().origin);
    const send = (): Promise<Exchange> => wire.send({ ...plain, connection: 'a' });
    expect([(await send()).fault?.kind, (await send()).fault?.kind]).toEqual([undefined, 'refused']);
  });

  test('that the client leaves on its own, as after a DELETE with a body, are closed with the wire', async () => {
    const server = createServer((_, response) => response.writeHead(404, { 'content-length': 0 }).end());
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const wire = wireTo(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    for (const body of ['{}', '{}', undefined]) {
      await wire.send({ ...plain, ...(body === undefined ? {} : { body }), connection: 'a' });
    }
    await wire.close();
    await pause(50);
    const open = await new Promise((resolve) => server.getConnections((_, count) => resolve(count)));
    server.closeAllConnections();
    server.close();
    expect(open).toBe(0);
  });

  test('are left by nobody: a wire that is closed ends what is under way', async () => {
    scripted().play([hang]);
    const wire = wireTo(scripted().origin);
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
    const before = scripted().heard.length;
    const { response } = await answer([
      `HTTP/1.1 307 Go\r\nLocation: ${scripted().origin}/x\r\nContent-Length: 0\r\n\r\n`,
    ]);
    expect(response?.status).toBe(307);
    expect(scripted().heard.length - before).toBe(1);
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
    const start = performance.now();
    const { ms } = await answer([{ wait: 60 }, notFound, hang]);
    expect(ms).toBeGreaterThan(55);
    // After the response the client waits at least 10 ms for bytes that should not come.
    expect(performance.now() - start - ms).toBeGreaterThan(8);
  });
});
