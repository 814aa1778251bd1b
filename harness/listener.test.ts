import { createServer, type RequestListener } from 'node:http';
import { fastify } from 'fastify';
import { expect, it } from 'vitest';
import { loadContract } from './contract.ts';
import { selectCases } from './cases/select.ts';
import { verifyContract } from './verify.ts';
import type { Listener } from './targets/live/listener.ts';

const key = 'pcsk_listener_0123456789';

/** Only unknown ids and keys: 404 and 401 as declared, or all of it as 404. */
function answer(shown: unknown, wrong: boolean): { readonly status: number; readonly body: object } {
  const known = shown === key || wrong;
  const code = known ? 'NOT_FOUND' : 'UNAUTHENTICATED';
  const status = known ? 404 : 401;
  return {
    status,
    body: { error: { code, message: known ? 'There is no such backup.' : 'Invalid API key.' }, status },
  };
}

function plain(wrong = false): RequestListener {
  return (request, response) => {
    const { status, body } = answer(request.headers['api-key'], wrong);
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  };
}

function fastifyApp(): Listener {
  const app = fastify();
  app.delete('/backups/:id', (request, reply) => {
    const { status, body } = answer(request.headers['api-key'], false);
    return reply.code(status).send(body);
  });
  return app;
}

async function exitOn(listener: Listener): Promise<readonly (string | number)[]> {
  const contract = await loadContract('delete_backup', {});
  const cases = selectCases(contract.cases, { globs: ['delete_backup/401/**', 'delete_backup/404/**'] });
  const { cases: records } = await verifyContract({ contract, cases, target: { listener, key } });
  return records.map(({ status }) => status);
}

it.for([
  ['a function', () => plain()],
  ['a server that does not listen', () => createServer(plain())],
  ['an app of Fastify', fastifyApp],
] as const)('%s can be the target', async ([, listener]) => {
  expect(new Set(await exitOn(listener()))).toEqual(new Set(['pass']));
});

it('a listener that lets everybody in fails, and is closed', async () => {
  const server = createServer(plain(true));
  expect(await exitOn(server)).toContain('fail');
  expect(server.listening).toBe(false);
});

it('a target that cannot be opened is closed, too', async () => {
  const server = createServer(plain());
  const contract = await loadContract('delete_backup', {});
  await expect(verifyContract({ contract, target: { listener: server, key: '' } })).rejects.toThrow('API key');
  expect(server.listening).toBe(false);
});
