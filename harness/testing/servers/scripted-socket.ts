import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { flood } from './flood.ts';

/** One thing that the server does on a connection. Text is Latin-1: each character is one byte. */
export type Act =
  | string
  | Uint8Array
  | { readonly wait: number }
  /** One piece after the other, with a pause before each. */
  | { readonly drip: string; readonly pauseMs: number; readonly size?: number }
  /** The same bytes again and again, no faster than they are taken. */
  | { readonly flood: string; readonly bytes: number }
  | { readonly close: 'end' | 'reset' | 'never' };

/** Closes its side. */
export const end: Act = { close: 'end' };
/** Closes with RST. */
export const reset: Act = { close: 'reset' };
/** Leaves the connection open, whatever the request asked for. */
export const hang: Act = { close: 'never' };

/** A request as it came. */
export interface Heard {
  /** All of it, Latin-1. */
  readonly raw: string;
  readonly method: string;
  readonly path: string;
  /** Lines as they came, without the request line. */
  readonly headers: readonly string[];
  readonly body: string;
  /** 0 for the first connection. */
  readonly connection: number;
  /** 0 for the first request on its connection. */
  readonly nth: number;
}

/** What is done for a request. Unless its last act says how to close, the connection closes if the request asked for that. */
export type Script = readonly Act[] | ((heard: Heard) => readonly Act[]);

export interface ScriptedSocket {
  readonly origin: string;
  readonly heard: readonly Heard[];
  readonly connections: number;
  play(script: Script): void;
  close(): Promise<void>;
}

/** A server of HTTP, proper or not: it answers with exactly the bytes of its script. */
export async function startScriptedSocket(
  script: Script = [],
  tls?: { readonly key: string; readonly cert: string },
): Promise<ScriptedSocket> {
  let current = script;
  let connections = 0;
  const heard: Heard[] = [];
  const sockets = new Set<Socket>();
  const serve = (socket: Socket): void => {
    const connection = connections++;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    socket.setNoDelay(true);
    let waiting = '';
    let nth = 0;
    let turn = Promise.resolve();
    socket.on('data', (chunk: Buffer) => {
      waiting += chunk.toString('latin1');
      for (let request = wholeRequest(waiting); request !== undefined; request = wholeRequest(waiting)) {
        waiting = waiting.slice(request.raw.length);
        const one: Heard = { ...request, connection, nth: nth++ };
        heard.push(one);
        const acts = typeof current === 'function' ? current(one) : current;
        turn = turn.then(() => perform(socket, acts, /^connection: close$/im.test(one.headers.join('\n'))));
      }
    });
  };
  const server: Server = tls === undefined ? createServer(serve) : createTlsServer({ ...tls }, serve);
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: tls === undefined ? `http://127.0.0.1:${port}` : `https://localhost:${port}`,
    heard,
    get connections() {
      return connections;
    },
    play: (next) => (current = next),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        sockets.forEach((socket) => socket.destroy());
      }),
  };
}

/** The first request in the text, where it is whole. */
function wholeRequest(text: string): Omit<Heard, 'connection' | 'nth'> | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const [line = '', ...headers] = text.slice(0, end).split('\r\n');
  const length = Number(/^content-length: (\d+)$/im.exec(headers.join('\n'))?.[1] ?? 0);
  const raw = text.slice(0, end + 4 + length);
  if (raw.length < end + 4 + length) return undefined;
  const [method = '', path = ''] = line.split(' ');
  return { raw, method, path, headers, body: raw.slice(end + 4) };
}

async function perform(socket: Socket, acts: readonly Act[], closes: boolean): Promise<void> {
  for (const act of acts) {
    if (socket.destroyed) return;
    if (typeof act === 'string') socket.write(act, 'latin1');
    else if (act instanceof Uint8Array) socket.write(act);
    else if ('close' in act) {
      shut(socket, act.close);
      return;
    } else if ('wait' in act) await pause(act.wait);
    else if ('drip' in act) await drip(socket, act);
    else await flood(socket, act.flood, act.bytes);
  }
  if (closes) socket.end();
}

function shut(socket: Socket, how: 'end' | 'reset' | 'never'): void {
  if (how === 'end') socket.end();
  else if (how === 'reset') socket.resetAndDestroy();
}

async function drip(socket: Socket, act: { drip: string; pauseMs: number; size?: number }): Promise<void> {
  const size = act.size ?? 1;
  for (let at = 0; at < act.drip.length && !socket.destroyed; at += size) {
    await pause(act.pauseMs);
    socket.write(act.drip.slice(at, at + size), 'latin1');
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
