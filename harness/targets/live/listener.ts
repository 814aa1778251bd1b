import { createServer, type IncomingMessage, type RequestListener, Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Target } from '../../model/target.ts';
import { type LiveOptions, liveTarget } from './live.ts';

/**
 * What answers requests of `node:http`: a function `(request, response)`, such as an app of Express, `app.callback()` of
 * Koa or `getRequestListener(app.fetch)` of Hono; an app of Fastify; or a server that does not listen yet.
 */
export type Listener =
  | ((request: IncomingMessage, response: ServerResponse) => unknown)
  | Server
  | {
      /** Resolves when the app has loaded its plugins. */
      readonly ready: () => PromiseLike<unknown>;
      readonly routing: RequestListener;
    };

/** A server in this process, given by its listener: a port of its own is chosen for it. */
export type ListenerOptions = Omit<LiveOptions, 'url' | 'operation' | 'signal' | 'onWaiting'> & {
  readonly listener: Listener;
};

/** A listener as a live target: it listens on a free port of 127.0.0.1 until the target is closed. */
export async function listenerTarget(
  { listener, ...options }: ListenerOptions,
  about: Pick<LiveOptions, 'operation' | 'signal' | 'onWaiting'>,
): Promise<Target> {
  const server = await serverOf(listener);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(0, '127.0.0.1', resolve);
  });
  const stop = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  try {
    const { port } = server.address() as AddressInfo;
    const target = await liveTarget({ ...options, ...about, url: `http://127.0.0.1:${port}` });
    const close = async (): Promise<readonly string[]> => {
      try {
        return await target.close();
      } finally {
        await stop();
      }
    };
    return { ...target, close };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}

async function serverOf(listener: Listener): Promise<Server> {
  if (listener instanceof Server) return listener;
  if (typeof listener === 'function') return createServer((request, response) => void listener(request, response));
  await listener.ready();
  return createServer(listener.routing);
}
