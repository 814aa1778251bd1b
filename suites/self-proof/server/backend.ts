import { Agent, request as open } from 'node:http';
import type { HeaderPair } from '../../../harness/model/exchange.ts';
import type { RawRequest } from './raw-request.ts';
import { type Reply, withoutFraming } from './reply.ts';

/** The conforming server behind the front. */
interface Backend {
  ask(request: RawRequest): Promise<Reply>;
  close(): void;
}

export function backendAt(origin: string): Backend {
  const agent = new Agent({ keepAlive: true });
  const { hostname, port } = new URL(origin);
  return {
    ask: ({ method, target, headers, body }) =>
      new Promise((resolve, reject) => {
        const outgoing = open({
          agent,
          hostname,
          port,
          method,
          path: target,
          setHost: false,
          headers: withoutFraming(headers)
            .concat([['Content-Length', String(body.length)]])
            .flat(),
        });
        outgoing.on('error', reject);
        outgoing.on('response', (incoming) => {
          const parts: Buffer[] = [];
          incoming.on('data', (part: Buffer) => parts.push(part));
          incoming.on('error', reject);
          incoming.on('end', () =>
            resolve({
              status: incoming.statusCode ?? 0,
              reason: incoming.statusMessage ?? '',
              headers: withoutFraming(pairsOf(incoming.rawHeaders)),
              body: Buffer.concat(parts),
            }),
          );
        });
        outgoing.end(body);
      }),
    close: () => agent.destroy(),
  };
}

function pairsOf(raw: readonly string[]): readonly HeaderPair[] {
  return raw.flatMap((name, at) => (at % 2 === 0 ? [[name, raw[at + 1] ?? ''] as const] : []));
}
