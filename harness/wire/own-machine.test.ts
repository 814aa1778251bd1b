import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { describe, expect, onTestFinished, test } from 'vitest';
import { notFound, openServer, plain, wireTo } from '../testing/wire-client.ts';
import { faultOf } from './faults.ts';

/** A server in a thread of its own, so that it answers while this thread is busy. `silent`: it never answers. */
async function serverElsewhere(
  silent: boolean,
): Promise<{ readonly origin: string; readonly heard: SharedArrayBuffer }> {
  const heard = new SharedArrayBuffer(4);
  const code = `
    const { createServer } = require('node:net');
    const { parentPort, workerData: { heard, silent } } = require('node:worker_threads');
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      socket.once('data', () => {
        Atomics.store(new Int32Array(heard), 0, 1);
        if (silent) return;
        setTimeout(() => socket.write('HTTP/1.1 404 Not Found\\r\\nContent-Length: 2\\r\\n\\r\\n{}'), 200);
      });
    });
    server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port));
  `;
  const worker = new Worker(code, { eval: true, workerData: { heard, silent } });
  onTestFinished(async () => {
    await worker.terminate();
  });
  const [port] = (await once(worker, 'message')) as [number];
  return { origin: `http://127.0.0.1:${port}`, heard };
}

/** Once the server has heard the request, keep this thread busy for that long. */
async function busyFor(ms: number, heard: SharedArrayBuffer): Promise<void> {
  while (Atomics.load(new Int32Array(heard), 0) === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  // After this phase of the event loop come the timers, and only then the sockets.
  await new Promise((resolve) => setImmediate(resolve));
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, ms);
}

describe('when this process is too busy to read', () => {
  const { answer } = openServer();

  test('an answer that came in time is an answer', async () => {
    const { origin, heard } = await serverElsewhere(false);
    const exchange = wireTo(origin, { timeoutMs: 1500 }).send(plain);
    await busyFor(2000, heard);
    const { response, fault } = await exchange;
    expect([response?.status, fault]).toEqual([404, undefined]);
  });

  test('a time limit that ends then is a fault of this machine', async () => {
    const { origin, heard } = await serverElsewhere(true);
    const exchange = wireTo(origin, { timeoutMs: 1500 }).send(plain);
    await busyFor(2000, heard);
    const { fault } = await exchange;
    expect(fault?.kind).toBe('own-machine');
    expect(fault?.message).toMatch(/^no whole answer was read within 1500 ms, but for \d+ ms of them this machine/);
  });

  test('what comes after a response is seen before the connection is left', async () => {
    const stop = new AbortController();
    const busy = (): void => {
      // Longer than a connection is listened to after its response.
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 40);
      if (!stop.signal.aborted) setTimeout(busy, 1);
    };
    busy();
    for (let time = 0; time < 5; time += 1) {
      const { notes } = await answer([notFound, { wait: 5 }, '{}']);
      expect(notes.map(({ kind }) => kind)).toEqual(['bytes-after-response']);
    }
    stop.abort();
  });

  test('a silent server is a silent server where it is not', async () => {
    const { origin } = await serverElsewhere(true);
    expect((await wireTo(origin, { timeoutMs: 300 }).send(plain)).fault?.kind).toBe('no-answer');
  });
});

test.for(['EMFILE', 'ENFILE', 'ENOBUFS', 'ENOMEM', 'EADDRNOTAVAIL'])('%s is a fault of this machine', (code) => {
  for (const connected of [false, true]) {
    const error = Object.assign(new Error(`connect ${code}`), { code });
    const circumstances = { origin: 'http://127.0.0.1:1', proxied: false, connected, received: 0 };
    expect(faultOf(error, circumstances)).toEqual({
      kind: 'own-machine',
      message: expect.stringContaining(`(${code})`) as string,
    });
  }
});

describe('an exchange from outside', () => {
  const { answer, scripted } = openServer();

  test('is broken off by a signal', async () => {
    scripted().play([{ wait: 60_000 }]);
    const stop = new AbortController();
    const exchange = wireTo(scripted().origin).send(plain, { signal: stop.signal });
    stop.abort();
    expect((await exchange).fault).toEqual({ kind: 'blocked', message: 'the run ended before an answer came' });
  });

  test('does not begin after the signal', async () => {
    scripted().play([]);
    const { fault } = await wireTo(scripted().origin).send(plain, { signal: AbortSignal.abort() });
    expect(fault?.kind).toBe('blocked');
  });

  test('ends when more trailers come than anybody reads', async () => {
    const trailers = 'no colon in this line, and so no end of the answer\r\n'.repeat(4000);
    const { fault } = await answer([
      'HTTP/1.1 404 Not Found\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n',
      trailers,
      { wait: 60_000 },
    ]);
    expect(fault?.kind).not.toBe('too-slow');
  });
});
