import { expect, it } from 'vitest';

import type { Json, JsonObject } from '../model/document.ts';
import { ask, object, openMock, send, text } from '../testing/mock-client.ts';
import type { Answer } from '../testing/mock-client.ts';
import type { Mock } from './server.ts';

function change(mock: Mock, body: Json): Promise<Answer> {
  return send(mock, 'POST', '/_contract/states', { body });
}

async function setUp(mock: Mock, state: string): Promise<JsonObject> {
  return object(await change(mock, { state, action: 'setup' })).values as JsonObject;
}

it.each([
  ['a backup that can be deleted', 202],
  ['no such backup', 404],
  ['a backup with a pending restore job', 412],
  ['a server fault', 500],
])('arranges "%s" under an id of its own each time', async (state, status) => {
  const mock = await openMock();
  const ids = [text(await setUp(mock, state), 'backup_id'), text(await setUp(mock, state), 'backup_id')];
  expect(new Set(ids).size).toBe(2);
  for (const id of ids) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect((await ask(mock, 'DELETE', `/backups/${id}`)).status).toBe(status);
  }
});

it('tears down what the case left, pending job and all', async () => {
  const mock = await openMock();
  const states = ['a backup that can be deleted', 'a backup with a pending restore job', 'a server fault'];
  for (const state of states) {
    const values = await setUp(mock, state);
    expect(object(await change(mock, { state, action: 'teardown', values }))).toEqual({ values: {} });
  }
  expect(object(await send(mock, 'GET', '/_contract/state'))).toEqual({
    backups: [],
    indexes: [],
    restore_jobs: [],
    faults: [],
  });
});

it('returns what exists', async () => {
  const mock = await openMock({ asyncDeleteMs: 60_000 });
  await ask(mock, 'DELETE', '/backups/ready-1');
  await ask(mock, 'GET', '/backups/pending-1');
  const [job] = mock.store.pendingJobs('pending-1');
  expect(object(await send(mock, 'GET', '/_contract/state'))).toEqual({
    backups: [
      { backup_id: 'ready-1', deleting: true, pending_restore_jobs: [] },
      { backup_id: 'pending-1', deleting: false, pending_restore_jobs: [job?.id] },
    ],
    indexes: [],
    restore_jobs: [{ restore_job_id: job?.id, pending: true }],
    faults: [],
  });
});

it.each([
  [
    { state: 'a full moon', action: 'setup' },
    /"a full moon" is no state\. There are: "a backup that can be deleted", /,
  ],
  [{ state: 'constructor', action: 'setup' }, /"constructor" is no state/],
  [{ action: 'setup' }, /state is missing/],
  [[], /state is missing/],
  [{ state: 'no such backup', action: 'dance' }, /action must be "setup" or "teardown"/],
])('refuses %j and says what there is', async (body, message) => {
  const answer = await change(await openMock(), body);
  expect(answer.status).toBe(400);
  expect(answer.text).toMatch(/^\{/);
  expect(text(object(answer).error as JsonObject, 'message')).toMatch(message);
});

it('refuses a body that is no JSON, other methods and other paths', async () => {
  const mock = await openMock();
  expect((await send(mock, 'POST', '/_contract/states', { body: Buffer.from('{') })).status).toBe(400);
  const get = await send(mock, 'GET', '/_contract/states');
  expect([get.status, get.headers.allow]).toEqual([405, 'POST']);
  const remove = await send(mock, 'DELETE', '/_contract/state');
  expect([remove.status, remove.headers.allow]).toEqual([405, 'GET']);
  expect((await send(mock, 'GET', '/_contract/other')).status).toBe(404);
});

it('is not throttled', async () => {
  const mock = await openMock({ rateLimit: 1 });
  const all = await Promise.all(Array.from({ length: 4 }, () => send(mock, 'GET', '/_contract/state')));
  expect(all.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
});

it.each([
  ['a name that was made to resolve here', { host: 'rebound.example.com' }],
  ['a name with a loopback address in it', { host: '127.0.0.1.example.com:80' }],
  ['no proper host', { host: '127.0.0.1@example.com' }],
  ['a page of another site', { origin: 'https://evil.example' }],
  ['a page of another port of this machine', { origin: 'http://127.0.0.1:1' }],
  ['a page without an origin of its own', { origin: 'null' }],
])('does nothing for %s', async (_, headers) => {
  const mock = await openMock();
  const body = { state: 'a backup that can be deleted', action: 'setup' };
  expect((await send(mock, 'POST', '/_contract/states', { headers, body })).status).toBe(403);
  expect((await send(mock, 'GET', '/_contract/state', { headers })).status).toBe(403);
  expect(mock.store.backups()).toEqual([]);
});

it.each([['localhost'], ['127.0.0.1'], ['[::1]']])('serves this machine by the name %s', async (name) => {
  const mock = await openMock();
  const host = `${name}:${mock.port}`;
  expect((await send(mock, 'GET', '/_contract/state', { headers: { host, origin: `http://${host}` } })).status).toBe(
    200,
  );
});
