import { createServer, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { HarnessError } from '../../core/errors.ts';
import { harnessErrorOf } from '../../testing/harness-error.ts';
import { httpStates } from './http.ts';

let server: Server | undefined;
afterEach(async () => {
  server?.closeAllConnections();
  await new Promise((resolve) => (server === undefined ? resolve(undefined) : server.close(resolve)));
});

/** A provider that answers as the test says and collects what it was asked. */
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
  // Set up twice: so the first case finds out whether it is given the same again.
  expect(asked).toEqual([
    { method: 'POST', path: '/states?x=1', state: 'a backup', action: 'setup' },
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
  const thrown = await harnessErrorOf(states.arrange('a backup', { consumes: true }));
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

test.for([
  ['404', { status: 404, body: 'whatever' }],
  ['{"unsupported": true}', { body: '{"unsupported":true}' }],
] as const)('declines a state by %s, and says so from then on', async ([, reply]) => {
  const { url } = await provider(({ state }) => (state === 'a server fault' ? reply : { body: '{"values":{}}' }));
  const states = httpStates(url);
  const thrown = await harnessErrorOf(states.arrange('a server fault', { consumes: true }));
  expect(thrown).toMatchObject({ code: 'E_STATE_UNSUPPORTED', kind: 'target' });
  expect(states.can('a server fault')).toEqual({
    reason: expect.stringContaining('declines "a server fault"') as string,
  });
  expect(states.can('a backup')).toBe(true);
  await states.arrange('a backup', { consumes: true });
  await states.close();
});

/** A provider that makes one resource per state anew, and the cases that it finds running meanwhile. */
async function oneIdProvider(ids: Readonly<Record<string, string>>): Promise<{
  readonly url: string;
  readonly running: Map<string, string>;
  readonly disturbed: string[];
}> {
  const running = new Map<string, string>();
  const disturbed: string[] = [];
  const { url } = await provider(({ state, action }) => {
    const id = ids[String(state)] ?? '';
    const user = running.get(id);
    if (user !== undefined && action === 'setup') disturbed.push(user);
    return { body: JSON.stringify({ values: { backup_id: id } }) };
  });
  return { url, running, disturbed };
}

test('cases wait for each other where a provider gives each state one id', async () => {
  const { url, running, disturbed } = await oneIdProvider({ ready: 'b-1', pending: 'b-2', both: 'b-1' });
  const states = httpStates(url);
  const use = async (state: string, caseId: string): Promise<void> => {
    const arranged = await states.arrange(state, { consumes: true, caseId });
    const id = arranged.values['backup_id'] ?? '';
    expect(running.has(id)).toBe(false);
    running.set(id, caseId);
    await new Promise((resolve) => setTimeout(resolve, 5));
    running.delete(id);
    await arranged.release({ untouched: false });
  };
  const uses = ['ready', 'pending', 'both', 'ready', 'pending', 'ready', 'both', 'ready'];
  await Promise.all(uses.map((state, place) => use(state, `case ${place}`)));
  expect(disturbed).toEqual([]);
  expect(await states.close()).toEqual([]);
});

test('a case that needs two different ids is skipped where the provider has only one', async () => {
  const { url } = await oneIdProvider({ ready: 'b-1', pending: 'b-2' });
  const states = httpStates(url);
  const first = await states.arrange('ready', { consumes: true, caseId: 'one' });
  await expect(states.arrange('ready', { consumes: false, caseId: 'one' })).rejects.toMatchObject({
    code: 'E_STATE_EXHAUSTED',
    message: expect.stringContaining('gives b-1 for "ready"') as string,
  });
  const other = await states.arrange('pending', { consumes: false, caseId: 'one' });
  expect(other.values).toEqual({ backup_id: 'b-2' });
  await other.release({ untouched: true });
  await first.release({ untouched: true });
  const again = await states.arrange('ready', { consumes: true, caseId: 'two' });
  await again.release({ untouched: true });
  await states.close();
});

test('a provider of fresh ids serves cases at the same time', async () => {
  let n = 0;
  const { url } = await provider(({ action }) => ({
    body: JSON.stringify(action === 'setup' ? { values: { backup_id: `b-${(n += 1)}` } } : {}),
  }));
  const states = httpStates(url);
  const all = await Promise.all(['a', 'b', 'c'].map((caseId) => states.arrange('ready', { consumes: true, caseId })));
  const twice = await states.arrange('ready', { consumes: false, caseId: 'a' });
  expect(new Set([...all, twice].map(({ values }) => values['backup_id'])).size).toBe(4);
  await states.close();
});

test('a run that ends does not leave a case waiting', async () => {
  const stop = new AbortController();
  const { url } = await oneIdProvider({ ready: 'b-1' });
  const states = httpStates(url, { signal: stop.signal });
  await states.arrange('ready', { consumes: true, caseId: 'one' });
  const waiting = states.arrange('ready', { consumes: true, caseId: 'two' });
  stop.abort();
  await expect(waiting).rejects.toMatchObject({ code: 'E_CLOSED' });
  await states.close();
});
