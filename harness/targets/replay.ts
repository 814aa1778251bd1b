import { type IncomingMessage, request as httpRequest } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import { HarnessError } from '../errors.ts';
import type { HeaderPair, ReceivedResponse, WireRequest } from '../model.ts';

type Nock = typeof import('nock');

/** What is answered: bytes and header pairs as they were recorded. */
interface Recorded {
  readonly status: number;
  readonly headers: readonly HeaderPair[];
  readonly body: Uint8Array;
}

/** The network of this process, shut: a request is answered from a recording or not at all. */
interface Replay {
  send(request: WireRequest, recorded: Recorded): Promise<ReceivedResponse>;
  close(): void;
}

// nock shuts the network of the whole process, so those who use it at the same time share that and the last one opens it.
let users = 0;
let hosts = 0;

/** Shut the network until `close`. Each replay has a host name of its own, so that several do not meet. */
export async function openReplay(): Promise<Replay> {
  if (process.env['NOCK_OFF'] === 'true') throw switchedOff();
  const { default: nock } = await import('nock');
  hosts += 1;
  // `.invalid` never resolves (RFC 6761): a request that slipped past nock would still go nowhere.
  const origin = `http://replay-${hosts}.invalid`;
  shut(nock);
  let open = true;
  return {
    async send(request, recorded) {
      if (!open) throw new HarnessError('E_CLOSED', 'the fixtures target is closed already', { kind: 'harness' });
      const interceptor = nock(origin).intercept(request.path, request.method, request.body);
      interceptor.reply(recorded.status, Buffer.from(recorded.body), recorded.headers.flat());
      try {
        return await exchange(origin, request);
      } finally {
        nock.removeInterceptor(interceptor);
      }
    },
    close() {
      if (open) reopen(nock);
      open = false;
    },
  };
}

function shut(nock: Nock): void {
  users += 1;
  if (!nock.isActive()) nock.activate();
  nock.disableNetConnect();
  // nock changes the node:http module object; names imported from it, here and in other modules, follow only now.
  syncBuiltinESMExports();
}

function reopen(nock: Nock): void {
  users -= 1;
  if (users > 0) return;
  nock.enableNetConnect();
  nock.restore();
  syncBuiltinESMExports();
}

/** node:http rather than global fetch: nock catches both, but fetch merges headers and decodes the body. */
function exchange(origin: string, request: WireRequest): Promise<ReceivedResponse> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(
      origin,
      { path: request.path, method: request.method, headers: byName(request.headers), agent: false },
      (response) => {
        collect(response).then(resolve, reject);
      },
    );
    sent.on('error', reject);
    sent.end(request.body);
  });
}

function byName(headers: readonly HeaderPair[]): Record<string, string[]> {
  const all: Record<string, string[]> = {};
  for (const [name, value] of headers) (all[name] ??= []).push(value);
  return all;
}

async function collect(response: IncomingMessage): Promise<ReceivedResponse> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of response as AsyncIterable<Uint8Array>) chunks.push(chunk);
  return {
    status: response.statusCode ?? 0,
    reason: response.statusMessage ?? '',
    httpVersion: response.httpVersion,
    headers: pairs(response.rawHeaders),
    body: new Uint8Array(Buffer.concat(chunks)),
  };
}

function pairs(raw: readonly string[]): readonly HeaderPair[] {
  return Array.from({ length: raw.length / 2 }, (_, index) => [raw[index * 2] ?? '', raw[index * 2 + 1] ?? '']);
}

function switchedOff(): HarnessError {
  return new HarnessError('E_NOCK_OFF', 'NOCK_OFF=true is set, so recorded fixtures cannot be replayed', {
    hint: 'Unset NOCK_OFF.',
  });
}
