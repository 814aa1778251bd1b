import { connect } from 'node:net';
import { expect, it } from 'vitest';

import { ask, key, object, openMock, raw, send } from '../testing/mock-client.ts';

const unknownId = '1b2c3d4e-0000-4000-8000-000000000000';

it('accepts a deletion with neither bytes nor a Content-Type', async () => {
  const mock = await openMock();
  const answer = await raw(
    mock,
    `DELETE /backups/ready-1 HTTP/1.1\r\nHost: localhost\r\nApi-Key: ${key}\r\nConnection: close\r\n\r\n`,
  );
  const [head = '', body] = answer.split('\r\n\r\n');
  expect(head).toMatch(/^HTTP\/1\.1 202 Accepted\r\n/);
  expect(head).toMatch(/\r\nContent-Length: 0\r\n/i);
  expect(head).not.toMatch(/content-type|transfer-encoding/i);
  expect(body).toBe('');
  expect(mock.faults).toEqual([]);
});

it('answers each declared error with the example of the document', async () => {
  const mock = await openMock();
  const rows = [
    [await send(mock, 'DELETE', '/backups/ready-1'), 401, 'UNAUTHENTICATED', 'Invalid API key.'],
    [await ask(mock, 'DELETE', '/backups/boom-1'), 500, 'UNKNOWN', 'Internal server error'],
    [await ask(mock, 'DELETE', `/backups/${unknownId}`), 404, 'NOT_FOUND', `Backup ${unknownId} not found.`],
  ] as const;
  for (const [answer, status, code, message] of rows) {
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toBe('application/json');
    expect(JSON.parse(answer.text)).toEqual({ error: { code, message }, status });
  }
  expect(mock.faults).toEqual([]);
});

it('names the pending restore jobs in a 412', async () => {
  const mock = await openMock();
  const answer = await ask(mock, 'DELETE', '/backups/pending-7');
  const [job] = mock.store.pendingJobs('pending-7');
  expect(answer.status).toBe(412);
  expect(object(answer)).toEqual({
    error: {
      code: 'FAILED_PRECONDITION',
      message: `Unable to delete backup. There are pending restore jobs for this backup: ['${job?.id ?? ''}']`,
    },
    status: 412,
  });
});

it('deletes a backup once', async () => {
  const mock = await openMock();
  expect((await ask(mock, 'GET', '/backups/ready-1')).status).toBe(200);
  expect((await ask(mock, 'DELETE', '/backups/ready-1')).status).toBe(202);
  expect((await ask(mock, 'GET', '/backups/ready-1')).status).toBe(404);
  expect((await ask(mock, 'DELETE', '/backups/ready-1')).status).toBe(404);
});

it('accepts one of two deletions at once', async () => {
  const mock = await openMock();
  const both = await Promise.all([ask(mock, 'DELETE', '/backups/ready-1'), ask(mock, 'DELETE', '/backups/ready-1')]);
  expect(both.map(({ status }) => status).sort()).toEqual([202, 404]);
});

it('leaves the other backups alone', async () => {
  const mock = await openMock();
  await ask(mock, 'GET', '/backups/ready-1');
  await ask(mock, 'GET', '/backups/pending-1');
  await ask(mock, 'DELETE', '/backups/ready-2');
  await ask(mock, 'DELETE', '/backups/pending-1');
  await ask(mock, 'DELETE', '/backups/boom-1');
  expect(mock.store.backups().map(({ id }) => id)).toEqual(['ready-1', 'pending-1', 'boom-1']);
});

it('keeps a backup to be seen while its deletion goes on, and accepts it again', async () => {
  const mock = await openMock({ asyncDeleteMs: 300 });
  expect((await ask(mock, 'DELETE', '/backups/ready-1')).status).toBe(202);
  expect((await ask(mock, 'GET', '/backups/ready-1')).status).toBe(200);
  expect((await ask(mock, 'DELETE', '/backups/ready-1')).status).toBe(202);
  await new Promise((resolve) => setTimeout(resolve, 320));
  expect((await ask(mock, 'GET', '/backups/ready-1')).status).toBe(404);
  expect((await ask(mock, 'DELETE', '/backups/ready-1')).status).toBe(404);
});

it.each([
  ['no key', {}],
  ['an empty key', { 'Api-Key': '' }],
  ['another key', { 'Api-Key': 'pcsk_other' }],
  ['the start of the key', { 'Api-Key': key.slice(0, -1) }],
  ['the key and more', { 'Api-Key': `${key}x` }],
  ['the key in another letter case', { 'Api-Key': key.toUpperCase() }],
  ['a key of 100 kB', { 'Api-Key': key.repeat(8000) }],
  ['the key twice', { 'Api-Key': [key, key] }],
  ['the key after a wrong one', { 'Api-Key': ['wrong', key] }],
  ['the key as a bearer token', { Authorization: `Bearer ${key}` }],
  ['the key in a cookie', { Cookie: `Api-Key=${key}` }],
  ['the key under another name', { 'X-Api-Key': key }],
] as const)('refuses %s with 401', async (_, headers) => {
  const mock = await openMock();
  for (const [method, path] of [
    ['DELETE', '/backups/ready-1'],
    ['DELETE', `/backups/${unknownId}`],
    ['DELETE', '/backups/pending-1'],
    ['DELETE', `/backups/ready-1?api_key=${key}&Api-Key=${key}`],
    ['GET', '/backups'],
    ['GET', '/nowhere'],
    ['PUT', '/backups/ready-1'],
  ] as const) {
    const answer = await send(mock, method, path, { headers });
    expect([answer.status, object(answer).status]).toEqual([401, 401]);
  }
  expect(mock.store.backups()).toEqual([]);
});

it.each(['api-key', 'API-KEY', 'aPi-kEy'])('takes the key under the spelling %s', async (name) => {
  const mock = await openMock();
  expect((await send(mock, 'DELETE', '/backups/ready-1', { headers: { [name]: key } })).status).toBe(202);
});

it.each([
  '/backups/ready-1/',
  '//backups/ready-1',
  '/backups//ready-1',
  '/Backups/ready-1',
  '/BACKUPS/ready-1',
  '/backups/READY-1',
  '/backups/Ready-1',
  '/backups/',
  '/backups/ready-1/x',
  '/backups/./ready-1',
  '/backups/../backups/ready-1',
  '/backups/%2e%2e',
  '/backups/ready-1%2F',
  '/backups/ready-1%00',
  '/backups/%00',
  '/backups/ready-1%20',
  '/backups/ready-1;v=1',
  '/backups/%',
  '/backups/%zz',
  '/backups/%ff%fe',
  '/backups/ready-01x',
  '/v1/backups/ready-1',
  `/backups/${'a'.repeat(20_000)}`,
])('knows no resource %.40s', async (path) => {
  const mock = await openMock();
  const answer = await ask(mock, 'DELETE', path);
  expect([answer.status, object(answer).status]).toEqual([404, 404]);
  expect(object(answer)).toMatchObject({ error: { code: 'NOT_FOUND' } });
  expect(mock.faults).toEqual([]);
  expect((await ask(mock, 'GET', '/backups/ready-1')).status).toBe(200);
});

it('decodes an id and names it as it was meant', async () => {
  const mock = await openMock();
  expect((await ask(mock, 'DELETE', '/backups/ready%2D1')).status).toBe(202);
  const answer = await ask(mock, 'DELETE', '/backups/caf%C3%A9%20%22%24%26%22');
  expect(object(answer)).toMatchObject({ error: { message: 'Backup café "$&" not found.' } });
});

it('ignores query and fragment of the path', async () => {
  const mock = await openMock();
  expect((await ask(mock, 'DELETE', '/backups/ready-1?force=true&dry_run=1')).status).toBe(202);
});

it.each(['PUT', 'PATCH', 'POST', 'OPTIONS', 'TRACE', 'PROPFIND', 'HEAD'])(
  'refuses %s and names what is allowed',
  async (method) => {
    const mock = await openMock();
    const answer = await ask(mock, method, '/backups/ready-1', { headers: { 'X-HTTP-Method-Override': 'DELETE' } });
    expect([answer.status, answer.headers.allow]).toEqual([405, 'DELETE, GET']);
    if (method === 'HEAD') expect(answer.text).toBe('');
    else expect(object(answer).status).toBe(405);
    expect((await ask(mock, 'GET', '/backups/ready-1')).status).toBe(200);
  },
);

it.each(['X-HTTP-Method-Override', 'X-HTTP-Method', 'X-Method-Override'])('reads past %s', async (name) => {
  const mock = await openMock();
  expect((await ask(mock, 'GET', '/backups/ready-1', { headers: { [name]: 'DELETE' } })).status).toBe(200);
  expect((await ask(mock, 'GET', '/backups/ready-1')).status).toBe(200);
});

it.each([undefined, '2025-04', '2099-12', 'nonsense'])(
  'gives the same answers for the version header %s',
  async (version) => {
    const mock = await openMock();
    const headers = version === undefined ? {} : { 'X-Pinecone-Api-Version': version };
    expect((await ask(mock, 'DELETE', '/backups/ready-1', { headers })).status).toBe(202);
  },
);

it.each([
  ['JSON', Buffer.from('{"force":true}')],
  ['noise', Buffer.from([0, 255, 1, 2])],
  ['a megabyte', Buffer.alloc(1024 * 1024, 'x')],
] as const)('reads and ignores a body of %s on DELETE', async (_, body) => {
  const mock = await openMock();
  expect((await ask(mock, 'DELETE', '/backups/ready-1', { body })).status).toBe(202);
});

it('serves the next request on the same connection after a body', async () => {
  const mock = await openMock();
  const one = `DELETE /backups/ready-1 HTTP/1.1\r\nHost: x\r\nApi-Key: ${key}\r\nContent-Length: 5\r\n\r\nhello`;
  const two = `GET /backups/ready-1 HTTP/1.1\r\nHost: x\r\nApi-Key: ${key}\r\nConnection: close\r\n\r\n`;
  const answer = await raw(mock, one + two);
  expect([...answer.matchAll(/HTTP\/1\.1 (\d+)/g)].map(([, status]) => status)).toEqual(['202', '404']);
});

it('takes the absolute form of a request target', async () => {
  const mock = await openMock();
  const line = `DELETE ${mock.origin}/backups/ready-1 HTTP/1.1`;
  const answer = await raw(mock, `${line}\r\nHost: x\r\nApi-Key: ${key}\r\nConnection: close\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 202 /);
});

it('holds answers back by its latency', async () => {
  const mock = await openMock({ latencyMs: 80 });
  const started = performance.now();
  await ask(mock, 'DELETE', '/backups/ready-1');
  expect(performance.now() - started).toBeGreaterThan(75);
});

it('reports each request without the key and without the query', async () => {
  const seen: string[] = [];
  const mock = await openMock({ onRequest: ({ method, path, outcome }) => seen.push(`${method} ${path} ${outcome}`) });
  await ask(mock, 'DELETE', `/backups/ready-1?k=${key}`);
  await ask(mock, 'DELETE', `/backups/${key}`);
  expect(seen).toEqual(['DELETE /backups/ready-1 202', 'DELETE /backups/<api-key> 404']);
});

it('closes idle and busy connections, and may be closed twice', async () => {
  const mock = await openMock({ latencyMs: 60_000 });
  const idle = connect(mock.port, '127.0.0.1');
  const gone = new Promise<void>((resolve) => idle.once('close', () => resolve()));
  const busy = ask(mock, 'DELETE', '/backups/ready-1').then(
    () => 'answered',
    () => 'cut',
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
  await Promise.all([mock.close(), mock.close()]);
  await gone;
  expect(await busy).toBe('cut');
});

it('says which port is in use', async () => {
  const mock = await openMock();
  await expect(openMock({ port: mock.port })).rejects.toMatchObject({
    code: 'E_PORT_IN_USE',
    message: `Port ${mock.port} of 127.0.0.1 is in use`,
    exit: 2,
  });
});

it('refuses to have no key', async () => {
  await expect(openMock({ key: '' })).rejects.toMatchObject({ code: 'E_MOCK_KEY' });
});
