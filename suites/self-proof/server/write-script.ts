import type { Socket } from 'node:net';
import { flood } from '../../../harness/testing/servers/flood.ts';
import type { Act } from '../fault.ts';

/** Does the acts one by one; resolves to whether the connection can take another request. */
export async function writeScript(socket: Socket, acts: readonly Act[]): Promise<boolean> {
  for (const act of acts) {
    if (socket.destroyed) return false;
    if ('send' in act) socket.write(act.send, 'latin1');
    else if ('wait' in act) await pause(act.wait);
    else if ('drip' in act) await drip(socket, act);
    else if ('flood' in act) await flood(socket, act.flood, act.bytes);
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

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
