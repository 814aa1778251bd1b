import { connect, createServer } from 'node:net';
import type { Server } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import type { Reply } from './script.ts';
import { inTurn, playScript } from './scripted-server.ts';
import type { ScriptedServer } from './scripted-server.ts';

const ok: Reply = { kind: 'answer', status: 202, headers: [], body: '', means: { kind: 'success' } };
const body: Reply = {
  kind: 'answer',
  status: 404,
  headers: [['Content-Type', 'text/plain']],
  body: 'none such',
  means: { kind: 'error', status: 404 },
};

let open: { server: Server; played: ScriptedServer } | undefined;
afterEach(async () => {
  await open?.played.close(0);
  open = undefined;
});

describe('what is recorded', () => {
  test('keeps the raw target, the order, letter case and repeats of headers', async () => {
    const port = await play([ok]);
    await talk(port, 'DELETE /a/../b?c HTTP/1.1\r\nHOST: x\r\nApi-Key: one\r\napi-key: two\r\n\r\n');
    expect(open?.played.requests[0]).toMatchObject({
      method: 'DELETE',
      target: '/a/../b?c',
      headers: [
        ['HOST', 'x'],
        ['Api-Key', 'one'],
        ['api-key', 'two'],
      ],
      body: '',
      reply: 0,
      delivered: true,
    });
  });

  test.each([
    ['Content-Length', 'Content-Length: 5\r\n\r\nhello'],
    ['chunks', 'Transfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2\r\nlo\r\n0\r\n\r\n'],
  ])('reads a body sent with %s', async (_, rest) => {
    const port = await play([ok]);
    await talk(port, `DELETE /x HTTP/1.1\r\n${rest}`);
    expect(open?.played.requests[0]?.body).toBe('hello');
  });

  test.each([
    ['a target with a space', 'DELETE /a b HTTP/1.1\r\n\r\n', 'not a request line'],
    ['a header without a colon', 'DELETE /a HTTP/1.1\r\nnonsense\r\n\r\n', 'not a header line'],
  ])('says of %s that it is no request', async (_, bytes, why) => {
    const port = await play([ok]);
    await talk(port, bytes);
    expect(open?.played.requests[0]?.unreadable).toContain(why);
    expect(open?.played.requests[0]?.reply).toBeUndefined();
  });
});

describe('what is answered', () => {
  test('plays the replies in order, on one connection, then answers 418', async () => {
    const port = await play([ok, body]);
    const three = await talk(port, 'DELETE /x HTTP/1.1\r\n\r\n'.repeat(3));
    expect(three.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 202', 'HTTP/1.1 404', 'HTTP/1.1 418']);
    expect(open?.played.requests.map(({ reply }) => reply)).toEqual([0, 1, undefined]);
  });

  test('answers 418 to a request that does not match, and keeps the reply for one that does', async () => {
    const port = await play([ok], ({ method }) => method === 'DELETE');
    const both = await talk(port, 'GET /x HTTP/1.1\r\n\r\nDELETE /x HTTP/1.1\r\n\r\n');
    expect(both.match(/HTTP\/1\.1 \d+/g)).toEqual(['HTTP/1.1 418', 'HTTP/1.1 202']);
  });

  test('says the length of the body, and says nothing of it with 204', async () => {
    const port = await play([body, { ...ok, status: 204 }]);
    const text = await talk(port, 'DELETE /x HTTP/1.1\r\n\r\n'.repeat(2));
    expect(text).toBe(
      'HTTP/1.1 404 Not Found\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nnone such' +
        'HTTP/1.1 204 No Content\r\n\r\n',
    );
  });

  test('cuts a body off after so many bytes', async () => {
    const port = await play([{ ...body, cut: { after: 4, how: 'close' } }]);
    const text = await talk(port, 'DELETE /x HTTP/1.1\r\n\r\n');
    expect(text).toMatch(/Content-Length: 9\r\n\r\nnone$/);
  });

  test('resets the connection', async () => {
    const port = await play([{ kind: 'reset', means: { kind: 'fault' } }]);
    await expect(talk(port, 'DELETE /x HTTP/1.1\r\n\r\n')).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  test('waits before an answer', async () => {
    const port = await play([{ ...ok, delayMs: 120 }]);
    const began = performance.now();
    await talk(port, 'DELETE /x HTTP/1.1\r\n\r\n');
    expect(performance.now() - began).toBeGreaterThan(100);
  });

  test('stays silent, and closes all the same', async () => {
    const port = await play([{ kind: 'silence', means: { kind: 'fault' } }]);
    expect(await talk(port, 'DELETE /x HTTP/1.1\r\n\r\n')).toBe('');
    expect(open?.played.requests).toHaveLength(1);
  });
});

async function play(
  replies: readonly Reply[],
  matches: (r: { method: string }) => boolean = () => true,
): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  open = { server, played: playScript(server, replies, inTurn(replies.length, matches)) };
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

/** Send bytes and give what came within 250 ms. */
function talk(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes));
    const done = (): void => {
      socket.destroy();
      resolve(text);
    };
    socket.setTimeout(250, done);
    socket.on('data', (chunk: Buffer) => (text += chunk.toString('latin1')));
    socket.on('error', reject);
    socket.on('end', done);
  });
}
