import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Act } from '../fault.ts';
import { type Asked, headerOf, readAsked } from './raw-request.ts';
import type { Acquaintance } from './memory.ts';
import { play } from './write-script.ts';

interface Front {
  readonly origin: string;
  close(): Promise<void>;
}

/** A server of raw bytes on a free port of 127.0.0.1: for each request it does the acts that `answer` gives. */
export async function openFront(
  answer: (asked: Asked, connection: Acquaintance, closes: boolean) => Promise<readonly Act[]>,
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
      for (let next = readAsked(waiting); next !== undefined; next = readAsked(waiting)) {
        const { asked, length } = next;
        waiting = waiting.subarray(length);
        turn = turn.then(async (open) => open && serve(socket, asked));
      }
    });
    async function serve(to: Socket, asked: Asked): Promise<boolean> {
      const closes = /\bclose\b/i.test(headerOf(asked.headers, 'connection'));
      try {
        const open = await play(to, await answer(asked, connection, closes));
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
