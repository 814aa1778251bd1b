import { STATUS_CODES } from 'node:http';
import type { Server, Socket } from 'node:net';
import { closeServer } from './close-server.ts';
import { parseRequest } from './raw-request.ts';
import type { RawRequest } from './raw-request.ts';
import type { ReceivedRequest, Reply } from './script.ts';

export interface ScriptedServer {
  readonly requests: readonly ReceivedRequest[];
  /** Wait a quiet period for stragglers, then close. */
  close(quietMs?: number): Promise<void>;
}

/** What a request gets that the script has no reply for: a status that no SDK retries. */
const unmatched: Reply & { readonly kind: 'answer' } = {
  kind: 'answer',
  status: 418,
  headers: [['Content-Type', 'application/json']],
  body: '{"error":{"code":"UNKNOWN","message":"the script of this case has no reply for this request"},"status":418}',
  means: { kind: 'error', status: 418 },
};

/** The replies in their order, one for each request that `matches`. */
export function inTurn(count: number, matches: (request: RawRequest) => boolean): ReplyChoice {
  let next = 0;
  return (request) => (matches(request) && next < count ? next++ : undefined);
}

/** The reply at the place of the first test that a request passes, once each. */
export function oneForEach(tests: readonly ((request: RawRequest) => boolean)[]): ReplyChoice {
  const given = new Set<number>();
  return (request) => {
    const index = tests.findIndex((matches) => matches(request));
    if (index < 0 || given.has(index)) return undefined;
    given.add(index);
    return index;
  };
}

/** Which reply of the script a request gets; none: 418. */
type ReplyChoice = (request: RawRequest) => number | undefined;

/**
 * Plays the replies that `choose` gives to requests, on a server that listens already. It is written on node:net, because an
 * HTTP library could neither show the raw request nor misbehave on demand.
 */
export function playScript(server: Server, replies: readonly Reply[], choose: ReplyChoice): ScriptedServer {
  const began = performance.now();
  const requests: ReceivedRequest[] = [];
  const sockets = new Set<Socket>();
  let connections = 0;

  server.on('connection', (socket) => {
    const connection = ++connections;
    let waiting = Buffer.alloc(0);
    let busy = false;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
    socket.on('data', (chunk: Buffer) => {
      waiting = Buffer.concat([waiting, chunk]);
      void serve();
    });

    const serve = async (): Promise<void> => {
      // One at a time: a pipelined request waits for the answer before it.
      if (busy) return;
      busy = true;
      for (;;) {
        const parsed = parseRequest(waiting);
        if (parsed.kind === 'incomplete') break;
        waiting = waiting.subarray(parsed.bytes);
        await answer(parsed.request);
      }
      busy = false;
    };

    const answer = async (request: RawRequest): Promise<void> => {
      const index = request.unreadable === undefined ? choose(request) : undefined;
      const at = requests.length;
      const seen: ReceivedRequest = {
        ...request,
        atMs: Math.round(performance.now() - began),
        connection,
        delivered: false,
        ...(index === undefined ? {} : { reply: index }),
      };
      requests.push(seen);
      const reply = index === undefined ? unmatched : (replies[index] ?? unmatched);
      const delivered = await send(socket, reply);
      requests[at] = { ...seen, delivered };
      if (request.unreadable !== undefined) socket.destroy();
    };
  });

  return {
    requests,
    close: async (quietMs = 50) => {
      await new Promise((resolve) => setTimeout(resolve, quietMs));
      await closeServer(server, sockets);
    },
  };
}

async function send(socket: Socket, reply: Reply): Promise<boolean> {
  switch (reply.kind) {
    case 'silence':
      return true;
    case 'reset':
      socket.resetAndDestroy();
      return true;
    case 'raw': {
      const written = await write(socket, Buffer.from(reply.bytes, 'latin1'));
      socket.end();
      return written;
    }
    case 'answer': {
      if (reply.delayMs !== undefined) await new Promise((resolve) => setTimeout(resolve, reply.delayMs));
      const body = Buffer.from(reply.body, 'utf8');
      const written = await write(socket, Buffer.concat([headOf(reply, body), body.subarray(0, reply.cut?.after)]));
      if (reply.cut?.how === 'close') socket.end();
      if (reply.cut?.how === 'reset') {
        // The bytes before the reset must arrive first, or the client would see only the reset.
        await new Promise((resolve) => setTimeout(resolve, 50));
        socket.resetAndDestroy();
      }
      return written;
    }
    default:
      return reply satisfies never;
  }
}

function headOf(reply: Reply & { readonly kind: 'answer' }, body: Buffer): Buffer {
  const lengthIsSaid = reply.headers.some(([name]) => name.toLowerCase() === 'content-length');
  const none = reply.status === 204 || reply.status === 304;
  const lines = [
    `HTTP/1.1 ${reply.status} ${STATUS_CODES[reply.status] ?? 'Unknown'}`,
    ...reply.headers.map(([name, value]) => `${name}: ${value}`),
    ...(lengthIsSaid || none ? [] : [`Content-Length: ${body.length}`]),
  ];
  return Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1');
}

function write(socket: Socket, bytes: Buffer): Promise<boolean> {
  if (socket.destroyed || !socket.writable) return Promise.resolve(false);
  return new Promise((resolve) => {
    const gone = (): void => resolve(false);
    socket.once('close', gone);
    socket.write(bytes, (error) => {
      socket.removeListener('close', gone);
      resolve(error === null || error === undefined);
    });
  });
}
