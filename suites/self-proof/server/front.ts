import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Act } from '../fault.ts';
import { type RawRequest, headerOf, readRawRequest } from './raw-request.ts';
import type { Acquaintance } from './memory.ts';
import { writeScript } from './write-script.ts';

interface Front {
  readonly origin: string;
  close(): Promise<void>;
}

/** A server of raw bytes on a free port of 127.0.0.1: for each request it does the acts that `answer` gives. */
export async function openFront(
  answer: (request: RawRequest, connection: Acquaintance, closes: boolean) => Promise<readonly Act[]>,
): Promise<Front> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    const connection: Acquaintance = { shownKey: false };
    let waiting = Buffer.alloc(0);
    let turn = Promise.resolve(true);
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => sockets.delete(socket)).on('error', () => socket.destroy());
    socket.on('data', (chunk: Buffer) => {
      waiting = Buffer.concat([waiting, chunk]);
      for (let next = readRawRequest(waiting); next !== undefined; next = readRawRequest(waiting)) {
        const { request, length } = next;
        waiting = waiting.subarray(length);
        turn = turn.then(async (open) => open && serve(socket, request));
      }
    });
    async function serve(to: Socket, request: RawRequest): Promise<boolean> {
      const closes = /\bclose\b/i.test(headerOf(request.headers, 'connection'));
      try {
        const open = await writeScript(to, await answer(request, connection, closes));
        if (open && closes) to.end();
        return open && !closes;
      } catch {
        // The server behind is closed: the test is over.
        to.destroy();
        return false;
      }
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of sockets) socket.destroy();
      }),
  };
}
