import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { newByteLog, type ByteLog } from './byte-log.ts';

/** A connection whose incoming bytes are recorded before the client sees them. */
export interface SocketTap {
  readonly log: ByteLog;
  /** What the client talks through. It destroys this as it pleases; the socket below stays open until `close`. */
  readonly stream: Duplex;
  /** Calls back whenever bytes came or the connection ended; one at a time. */
  watch(onChange: (log: ByteLog) => void): void;
  /**
   * Resolves when `done` holds, the server has closed, or the time is up. `done` may read all bytes: however often some
   * come, it is asked so seldom that most of the time is left for other work.
   */
  settled(done: () => boolean, ms: number): Promise<void>;
  rewind(): void;
  close(): void;
}

/**
 * Puts a tape between a socket and undici. undici closes a socket as soon as it has what it wants; reading on for a
 * moment is the only way to see bytes after the end of a response.
 */
export function tapOn(socket: Socket, cap: number): SocketTap {
  const log = newByteLog(cap);
  const stream = new Duplex({
    allowHalfOpen: true,
    read: () => void socket.resume(),
    write: (chunk: Buffer, _encoding, done) => void socket.write(chunk, done),
    final: (done) => void socket.end(done),
    destroy(error, done) {
      socket.resume();
      done(error);
    },
  });
  let changed: (log: ByteLog) => void = () => undefined;
  socket.on('data', (chunk: Buffer) => {
    log.add(chunk);
    if (!stream.destroyed && !stream.push(chunk)) socket.pause();
    changed(log);
  });
  socket.on('end', () => {
    log.end();
    if (!stream.destroyed) stream.push(null);
    changed(log);
  });
  socket.on('error', (error) => void stream.destroy(error));
  socket.on('close', () => {
    stream.destroy();
    changed(log);
  });
  return {
    log,
    stream,
    watch: (onChange) => (changed = onChange),
    settled: (done, ms) =>
      new Promise((resolve) => {
        let next: NodeJS.Timeout | undefined;
        let last: NodeJS.Immediate | undefined;
        let restUntil = 0;
        const finish = (): void => {
          clearTimeout(timer);
          clearTimeout(next);
          clearImmediate(last);
          changed = () => undefined;
          resolve();
        };
        const ask = (): void => {
          clearTimeout(next);
          next = undefined;
          const start = performance.now();
          const over = log.ended || socket.destroyed || done();
          const end = performance.now();
          restUntil = end + 4 * (end - start);
          if (over) finish();
        };
        changed = () => {
          const rest = restUntil - performance.now();
          if (log.ended || socket.destroyed || (next === undefined && rest <= 0)) ask();
          else next ??= setTimeout(ask, rest);
        };
        // What came while this process was too busy to read is read first.
        const timer = setTimeout(() => (last = setImmediate(finish)), ms);
        ask();
      }),
    rewind: () => log.rewind(),
    close: () => void socket.destroy(),
  };
}
