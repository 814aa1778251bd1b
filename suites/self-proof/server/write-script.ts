import type { Socket } from 'node:net';
import type { Act } from '../fault.ts';

/** Does the acts one by one; resolves to whether the connection can take another request. */
export async function writeScript(socket: Socket, acts: readonly Act[]): Promise<boolean> {
  for (const act of acts) {
    if (socket.destroyed) return false;
    if ('send' in act) socket.write(act.send, 'latin1');
    else if ('wait' in act) await pause(act.wait);
    else if ('drip' in act) await drip(socket, act);
    else if ('flood' in act) await flood(socket, act);
    else {
      if (act.then === 'end') socket.end();
      else if (act.then === 'reset') reset(socket);
      return false;
    }
  }
  return true;
}

/** Node ends a socket before it resets it, so that its peer may see a proper end first; this one is a reset alone. */
function reset(socket: Socket): void {
  socket.destroySoon = () => void socket.destroy();
  socket.resetAndDestroy();
}

async function drip(socket: Socket, { drip: text, pauseMs }: Extract<Act, { drip: string }>): Promise<void> {
  for (const letter of text) {
    if (socket.destroyed) return;
    await pause(pauseMs);
    socket.write(letter, 'latin1');
  }
}

/** No faster than it is taken. */
async function flood(socket: Socket, { flood: text, bytes }: Extract<Act, { flood: string }>): Promise<void> {
  const piece = Buffer.from(text.repeat(Math.ceil(65_536 / text.length)), 'latin1');
  for (let left = bytes; left > 0 && !socket.destroyed; left -= piece.length) {
    if (socket.write(piece.subarray(0, left))) continue;
    await new Promise<void>((resolve) => {
      const go = (): void => {
        socket.off('drain', go).off('close', go);
        resolve();
      };
      socket.once('drain', go).once('close', go);
    });
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
