import { type Mock, type MockOptions, startMock } from '../../../harness/index.ts';
import type { Act, On, ReplyTamper, RequestTamper, StateTamper, Tamper, WireTamper } from '../fault.ts';
import { type RawRequest, decoded, headerOf, rawIdOf } from './raw-request.ts';
import { backendAt } from './backend.ts';
import { actsOf, plainShape, type Shape, shaped } from './bytes.ts';
import { tamperResponse } from './tamper-response.ts';
import { openFront } from './front.ts';
import { matchesRequest, matchesResponse } from './matches.ts';
import { changed, changedList } from './interfere.ts';
import { type Acquaintance, another, newMemory } from './memory.ts';
import type { Reply } from './reply.ts';
import type { Names } from './texts.ts';
import { hasKey, tamperRequest, withKey } from './tamper-request.ts';

/** What a server does otherwise than the mock behind it. */
export interface Otherwise {
  readonly on: On;
  readonly tamper: Tamper | readonly Tamper[];
  /** It has no way to look at a backup: each GET is answered with this status. */
  readonly blind?: 404 | 405 | 501;
}

export interface FaultyServer {
  readonly origin: string;
  /** The provider of states of the mock behind. */
  readonly states: string;
  readonly key: string;
  /** A key that is known and lacks the permission. */
  readonly forbiddenKey?: string;
  close(): Promise<void>;
}

/** A real server that is the mock but for one fault: a proxy in front forwards to it and tampers as the row says. */
export async function startFaultyServer(options: MockOptions, otherwise: Otherwise): Promise<FaultyServer> {
  const mock = await startMock(options);
  const backend = backendAt(mock.origin);
  const memory = newMemory();
  let count = 0;
  const { on } = otherwise;
  const tampers = [otherwise.tamper].flat();
  const requests = tampers.filter((each): each is RequestTamper => kindOf(each) === 'request');
  const deeds = tampers.filter((each): each is StateTamper => kindOf(each) === 'state');
  const lies = tampers.filter((each): each is ReplyTamper => kindOf(each) === 'reply');
  const wires = tampers.filter((each): each is WireTamper => kindOf(each) === 'wire');

  async function answer(request: RawRequest, connection: Acquaintance, closes: boolean): Promise<readonly Act[]> {
    if (otherwise.blind !== undefined && request.method === 'GET') return refusal(otherwise.blind, closes);
    const id = decoded(rawIdOf(request) ?? '');
    memory.open.set(id, (memory.open.get(id) ?? 0) + 1);
    if (on.together === true && request.method === 'DELETE') await another(id, memory);
    const touched = matchesRequest(on, request, memory);
    const read = touched ? requests.reduce((each, tamper) => readBy(each, tamper, connection), request) : request;
    const first = await asLooked(read, touched);
    connection.shownKey ||= hasKey(request, mock.key);
    const hit = touched && matchesResponse(on, first.status, memory);
    if (read.method === 'DELETE' && first.status === 202) {
      memory.accepted.add(decoded(rawIdOf(read) ?? ''));
      for (const backup of mock.store.backups()) memory.bystanders.add(backup.id);
    }
    if (hit) for (const deed of deeds) changed(deed, { request: read, mock });
    memory.open.set(id, (memory.open.get(id) ?? 1) - 1);
    const names: Names = {
      key: mock.key,
      id,
      origin: mock.origin,
      asked: headerOf(request.headers, 'origin'),
      n: String(++count),
    };
    const reply = hit ? lies.reduce((each, tamper) => tamperResponse(each, tamper, names), listed(first)) : first;
    const shape = hit ? wires.reduce<Shape>(shaped, plainShape) : plainShape;
    return actsOf(reply, shape, { method: request.method, closes, names });

    function listed(given: Reply): Reply {
      return deeds.reduce((each, deed) => changedList(each, deed, memory), given);
    }
  }

  function readBy(request: RawRequest, tamper: RequestTamper, connection: Acquaintance): RawRequest {
    const ids = mock.store.backups().map((backup) => backup.id);
    return tamperRequest(request, tamper, { key: mock.key, ids, connection });
  }

  /** The mock's answer, or the one that a server gives away which looks before it asks for the key. */
  async function asLooked(request: RawRequest, touched: boolean): Promise<Reply> {
    const early = requests.find((each) => each.do === 'look-before-key');
    if (touched && early !== undefined && !hasKey(request, mock.key) && wouldAnswer(mock, request, early.tells)) {
      return backend.ask(withKey(request, mock.key));
    }
    return backend.ask(request);
  }

  const front = await openFront(answer);
  return {
    origin: front.origin,
    states: `${mock.origin}/_contract/states`,
    key: mock.key,
    ...(options.forbiddenKey === undefined ? {} : { forbiddenKey: options.forbiddenKey }),
    async close() {
      await front.close();
      backend.close();
      await mock.close();
    },
  };
}

function refusal(status: number, closes: boolean): readonly Act[] {
  const reply: Reply = {
    status,
    reason: 'Not Here',
    headers: [['Content-Type', 'text/plain']],
    body: Buffer.from('no'),
  };
  return actsOf(reply, plainShape, { method: 'GET', closes, names: {} });
}

/** Whether the mock would answer the request, with a key, with one of these statuses that change nothing. */
function wouldAnswer(mock: Mock, request: RawRequest, statuses: readonly number[]): boolean {
  const id = decoded(rawIdOf(request) ?? '');
  const backup = mock.store.backup(id);
  if (backup === undefined) return statuses.includes(404);
  if (backup.faulty) return statuses.includes(500);
  return mock.store.pendingJobs(id).length > 0 && statuses.includes(412);
}

export function kindOf({ do: what }: Tamper): 'request' | 'state' | 'reply' | 'wire' {
  switch (what) {
    case 'read-id':
    case 'read-path':
    case 'read-method':
    case 'accept-key':
    case 'refuse-key':
    case 'refuse-request':
    case 'small-pages':
    case 'look-before-key':
      return 'request';
    case 'delete':
    case 'keep':
    case 'list':
      return 'state';
    case 'status-line':
    case 'frame':
    case 'header-names':
    case 'close':
    case 'lines':
    case 'play':
      return 'wire';
    default:
      return 'reply';
  }
}
