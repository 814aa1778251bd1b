import { afterAll, beforeAll, onTestFinished } from 'vitest';
import type { Exchange, WireRequest } from '../model/exchange.ts';
import { defaultLimits, type Limits } from '../wire/limits.ts';
import { startScriptedSocket, type Script, type ScriptedSocket } from './servers/scripted-socket.ts';
import { openWire, type Wire } from '../wire/send.ts';

export const key = 'pcsk_test1_0123456789abcdefghij';
export const plain: WireRequest = { method: 'DELETE', path: '/backups/b-1', headers: [['Api-Key', key]] };
export const notFound = 'HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}';

/** A server that is there for all tests of the file, and a way to ask it. */
export function openServer(): {
  /** Sends a request, most of it plain, to a server that answers with the script. */
  readonly answer: (script: Script, request?: Partial<WireRequest>, limits?: Partial<Limits>) => Promise<Exchange>;
  readonly scripted: () => ScriptedSocket;
} {
  let server: ScriptedSocket;
  beforeAll(async () => {
    server = await startScriptedSocket();
  });
  afterAll(() => server.close());
  return {
    scripted: () => server,
    answer(script, request = {}, limits = {}) {
      server.play(script);
      return wireTo(server.origin, limits).send({ ...plain, ...request });
    },
  };
}

/** A wire that is closed when the test ends. */
export function wireTo(origin: string, limits: Partial<Limits> = {}, authority?: string): Wire {
  const wire = openWire({
    origin,
    limits: { ...defaultLimits, timeoutMs: 3000, ...limits },
    secrets: [key],
    ...(authority === undefined ? {} : { authority }),
  });
  onTestFinished(() => wire.close());
  return wire;
}

export function bodyOf(exchange: Exchange): string {
  return Buffer.from(exchange.response?.body ?? []).toString('latin1');
}
