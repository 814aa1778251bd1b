import type { Server } from 'node:net';
import { closeServer } from './close-server.ts';
import { originOf } from './origin.ts';

/** A proxy that answers nothing and records who came: a driver that wants to leave the machine is seen here. */
interface ProxyTrap {
  readonly environment: Readonly<Record<string, string>>;
  /** The first line of every request that came, such as `CONNECT api.pinecone.io:443 HTTP/1.1`. */
  hits(): readonly string[];
  close(): Promise<void>;
}

export function openProxyTrap(server: Server): ProxyTrap {
  const hits: string[] = [];
  const sockets = new Set<{ destroy(): void }>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    socket.once('data', (chunk: Buffer) => {
      hits.push(chunk.toString('latin1').split('\r\n', 1)[0]?.slice(0, 200) ?? '');
      socket.destroy();
    });
  });
  const proxy = originOf(server);
  const direct = '127.0.0.1,localhost';
  return {
    environment: {
      HTTP_PROXY: proxy,
      HTTPS_PROXY: proxy,
      ALL_PROXY: proxy,
      http_proxy: proxy,
      https_proxy: proxy,
      all_proxy: proxy,
      NO_PROXY: direct,
      no_proxy: direct,
    },
    hits: () => hits,
    close: () => closeServer(server, sockets),
  };
}
