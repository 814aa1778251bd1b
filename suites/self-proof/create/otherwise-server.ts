import type { ReplyTamper, WireTamper } from '../fault.ts';
import { newKey } from '../proof.ts';
import { backendAt } from '../server/backend.ts';
import { actsOf, plainShape, type Shape, shaped } from '../server/bytes.ts';
import { kindOf } from '../server/faulty-server.ts';
import { openFront } from '../server/front.ts';
import { matchesRequest, matchesResponse } from '../server/matches.ts';
import { newMemory } from '../server/memory.ts';
import { tamperResponse } from '../server/tamper-response.ts';
import type { Otherwise } from './fault.ts';
import { startIndexServer } from './index-server.ts';

/** The independent server, behaving otherwise, behind a front that changes what it says. */
export async function startOtherwise({ behaviour, on = {}, tamper = [] }: Otherwise): Promise<{
  readonly origin: string;
  readonly key: string;
  close(): Promise<void>;
}> {
  const server = await startIndexServer(newKey(), behaviour);
  const tampers = [tamper].flat();
  if (tampers.length === 0) return server;
  const lies = tampers.filter((each): each is ReplyTamper => kindOf(each) === 'reply');
  const wires = tampers.filter((each): each is WireTamper => kindOf(each) === 'wire');
  const backend = backendAt(server.origin);
  const memory = newMemory();
  const where = { method: 'POST', ...on };
  const front = await openFront(async (request, _, closes) => {
    const reply = await backend.ask(request);
    const hit = matchesRequest(where, request, memory) && matchesResponse(where, reply.status, memory);
    const names = { key: server.key };
    const told = hit ? lies.reduce((each, lie) => tamperResponse(each, lie, names), reply) : reply;
    const shape = hit ? wires.reduce<Shape>(shaped, plainShape) : plainShape;
    return actsOf(told, shape, { method: request.method, closes, names });
  });
  return {
    origin: front.origin,
    key: server.key,
    async close() {
      await front.close();
      backend.close();
      await server.close();
    },
  };
}
