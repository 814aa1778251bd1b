import type { Server } from 'node:net';
import { baseUrl } from './cases/client-use.ts';
import { otherOrigin } from './cases/sdk-case.ts';
import type { SdkCase } from './cases/sdk-case.ts';
import { targetIssue } from './rules/target.ts';
import { originOf } from './server/origin.ts';
import { tlsHandshake } from './server/raw-request.ts';
import type { ReceivedRequest, Reply } from './server/script.ts';
import { inTurn, oneForEach, playScript } from './server/scripted-server.ts';

/** What came to the scripted server of a case, by whom it belongs to. */
export interface Arrivals {
  readonly requests: readonly ReceivedRequest[];
  /** Those of the second client. */
  readonly beside: readonly ReceivedRequest[];
  /** How often TLS was asked for where the case allows that. */
  readonly handshakes: number;
}

interface PlayedCase {
  /** The base URL that the client is given. */
  readonly base: string;
  arrivals(): Arrivals;
  close(quietMs?: number): Promise<void>;
}

/** The scripted server of one case on a server that listens already. */
export function playCase(server: Server, one: SdkCase, other: string): PlayedCase {
  const origin = originOf(server);
  const { beside } = one.use ?? {};
  const isFor =
    (value: string) =>
    (request: Pick<ReceivedRequest, 'method' | 'target'>): boolean =>
      request.method === one.operation.method &&
      targetIssue(formOf(request, one, origin), one.path, value) === undefined;
  const replies = one.replies.map((reply) => pointed(reply, other));
  const isMine = isFor(one.value);
  const isBeside = beside === undefined ? () => false : isFor(beside.value);
  const choose = beside === undefined ? inTurn(replies.length, isMine) : oneForEach([isMine, isBeside]);
  const scripted = playScript(server, replies, choose);
  return {
    base: baseUrl(one.use?.base, origin),
    arrivals: () => {
      const all = scripted.requests.map((each) => ({ ...each, target: formOf(each, one, origin) }));
      const isHandshake = ({ unreadable }: ReceivedRequest): boolean =>
        one.use?.base === 'bare-host' && unreadable === tlsHandshake;
      const spoken = all.filter((each) => !isHandshake(each));
      return {
        requests: spoken.filter((each) => !isBeside(each)),
        beside: spoken.filter(isBeside),
        handshakes: all.length - spoken.length,
      };
    },
    close: (quietMs) => scripted.close(quietMs),
  };
}

/** The target, without the origin that a client puts before it when it speaks to a proxy. */
function formOf({ target }: Pick<ReceivedRequest, 'target'>, one: SdkCase, origin: string): string {
  const mayBeProxied = one.use?.environment?.['HTTP_PROXY'] !== undefined;
  return mayBeProxied && target.startsWith(`${origin}/`) ? target.slice(origin.length) : target;
}

/**
 * The origin that redirects lead to. A GET that arrives here is answered with success, so that a client which turns a
 * DELETE into a GET and takes that for a deletion is detected.
 */
export function playOther(server: Server, one: SdkCase): ReturnType<typeof playScript> {
  const page: Reply = { kind: 'answer', status: 200, headers: [], body: '{}', means: { kind: 'success' } };
  const most = 20;
  const reads = inTurn(most, ({ method }) => method === 'GET' || method === 'HEAD');
  const replies = Array.from({ length: most }, () => page);
  const { elsewhere } = one;
  if (elsewhere === undefined) return playScript(server, replies, reads);
  return playScript(server, [...replies, elsewhere], (request) =>
    request.method === one.operation.method ? most : reads(request),
  );
}

function pointed(reply: Reply, other: string): Reply {
  if (reply.kind !== 'answer') return reply;
  return { ...reply, headers: reply.headers.map(([name, value]) => [name, value.replace(otherOrigin, other)]) };
}
