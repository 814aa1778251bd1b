import { createServer, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { HarnessError } from '../../core/errors.ts';
import { httpStates } from './http.ts';

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
});

/** A provider that answers as told; what it was asked is collected. */
async function provider(
  answer: (asked: Record<string, unknown>) => { readonly status?: number; readonly body: string } | undefined,
): Promise<{ readonly url: string; readonly asked: unknown[] }> {
  const asked: unknown[] = [];
  server = createServer((request, response) => {
    let text = '';
    request.on('data', (chunk: Buffer) => (text += chunk.toString()));
    request.on('end', () => {
      const body = JSON.parse(text) as Record<string, unknown>;
      asked.push({ method: request.method, path: request.url, ...body });
      const reply = answer(body);
      if (reply === undefined) return;
      response.writeHead(reply.status ?? 200, { 'content-type': 'application/json' }).end(reply.body);
    });
  });
  const at = server;
  await new Promise<void>((resolve) => at.listen(0, '127.0.0.1', resolve));
  const address = at.address();
  return { url: `http://127.0.0.1:${typeof address === 'object' ? (address?.port ?? 0) : 0}/states?x=1`, asked };
}

test('sets up before a case and takes down after it', async () => {
  const { url, asked } = await provider(() => ({ body: '{"values":{"backup_id":"b-1","n":7}}' }));
  const states = httpStates(url);
  expect(states.can('anything')).toBe(true);
  const arranged = await states.arrange('a backup', { consumes: true });
  const { values } = arranged;
  await arranged.release({ untouched: true });
  expect(values).toEqual({ backup_id: 'b-1', n: '7' });
  expect(asked).toEqual([
    { method: 'POST', path: '/states?x=1', state: 'a backup', action: 'setup' },
    { method: 'POST', path: '/states?x=1', state: 'a backup', action: 'teardown', values },
  ]);
  expect(await states.close()).toEqual([]);
});

test('a state without values needs no body', async () => {
  const { url } = await provider(() => ({ status: 204, body: '' }));
  const states = httpStates(url);
  expect((await states.arrange('nothing special', { consumes: false })).values).toEqual({});
  await states.close();
});

test.for([
  ['no JSON', { body: '<html>' }, 'it answered <html> where'],
  ['values that are no texts', { body: '{"values":{"id":{"a":1}}}' }, 'where {"values"'],
  ['an error', { status: 500, body: 'no such state' }, 'it answered 500 no such state'],
  ['a redirect', { status: 302, body: '' }, 'it answered 302'],
  ['nothing', undefined, 'within 200 ms'],
] as const)('%s is trouble of the target, in plain words', async ([, reply, words]) => {
  const { url } = await provider(() => reply);
  const states = httpStates(url, { timeoutMs: 200 });
  const thrown: unknown = await states.arrange('a backup', { consumes: true }).catch((error: unknown) => error);
  expect(thrown).toBeInstanceOf(HarnessError);
  expect(thrown).toMatchObject({ code: 'E_STATE_PROVIDER', kind: 'target' });
  expect(String(thrown)).toContain('The setup of "a backup" at http://127.0.0.1:');
  expect(String(thrown)).toContain(words);
  await states.close();
});

test('a tear-down that fails is left over', async () => {
  const { url } = await provider(({ action }) =>
    action === 'setup' ? { body: '{"values":{"id":"b-1"}}' } : { status: 500, body: 'locked' },
  );
  const states = httpStates(url);
  await (await states.arrange('a backup', { consumes: true })).release({ untouched: true });
  expect(await states.close()).toEqual([
    expect.stringMatching(/^"a backup" {"id":"b-1"} was not taken down: .*it answered 500 locked/),
  ]);
});

test.for(['http://user:pw@127.0.0.1/', 'ftp://127.0.0.1/'])('%s is refused', (url) => {
  expect(() => httpStates(url)).toThrow(HarnessError);
});
