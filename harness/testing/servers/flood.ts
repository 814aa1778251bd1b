import type { Socket } from 'node:net';

/** Writes a text again and again, so many bytes of it, no faster than the other side reads. */
export async function flood(socket: Socket, text: string, bytes: number): Promise<void> {
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
