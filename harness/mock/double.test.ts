import { expect, it } from 'vitest';

import type { Json, JsonObject } from '../model/document.ts';
import { ask, eventually, object, openMock, text } from '../testing/mock-client.ts';
import type { Mock } from './server.ts';

const serverless = { name: 'pcc-1', dimension: 8, spec: { serverless: { cloud: 'aws', region: 'us-east-1' } } };

async function get(mock: Mock, path: string): Promise<JsonObject> {
  return object(await ask(mock, 'GET', path));
}

async function post(mock: Mock, path: string, body: Json): Promise<JsonObject> {
  return object(await ask(mock, 'POST', path, { body }));
}

async function readyIndex(mock: Mock, name = 'pcc-1'): Promise<void> {
  await post(mock, '/indexes', { ...serverless, name });
  await eventually(() => get(mock, `/indexes/${name}`), isReadyIndex);
}

async function readyBackup(mock: Mock, name = 'pcc-1'): Promise<string> {
  const id = text(await post(mock, `/indexes/${name}/backups`, {}), 'backup_id');
  await eventually(
    () => get(mock, `/backups/${id}`),
    ({ status }) => status === 'Ready',
  );
  return id;
}

function isReadyIndex({ status }: JsonObject): boolean {
  return JSON.stringify(status) === '{"ready":true,"state":"Ready"}';
}

it('takes an index from nothing to ready and away again', async () => {
  const mock = await openMock({ provisionMs: 60 });
  const made = await ask(mock, 'POST', '/indexes', { body: serverless });
  expect(made.status).toBe(201);
  expect(object(made)).toMatchObject({
    name: 'pcc-1',
    dimension: 8,
    metric: 'cosine',
    vector_type: 'dense',
    deletion_protection: 'disabled',
    spec: serverless.spec,
    status: { ready: false, state: 'Initializing' },
  });
  const ready = await eventually(() => get(mock, '/indexes/pcc-1'), isReadyIndex);
  expect(await get(mock, '/indexes')).toEqual({ indexes: [ready] });
  const deleted = await ask(mock, 'DELETE', '/indexes/pcc-1');
  expect([deleted.status, deleted.text]).toEqual([202, '']);
  expect((await ask(mock, 'GET', '/indexes/pcc-1')).status).toBe(404);
  expect(await get(mock, '/indexes')).toEqual({ indexes: [] });
});

it('shows an index as terminating while its deletion goes on', async () => {
  const mock = await openMock({ asyncDeleteMs: 100 });
  await readyIndex(mock);
  await ask(mock, 'DELETE', '/indexes/pcc-1');
  expect(await get(mock, '/indexes/pcc-1')).toMatchObject({ status: { ready: false, state: 'Terminating' } });
  await eventually(
    () => get(mock, '/indexes'),
    ({ indexes }) => JSON.stringify(indexes) === '[]',
  );
});

it('backs an index up, and keeps the backup when the index goes', async () => {
  const mock = await openMock({ provisionMs: 30 });
  await readyIndex(mock);
  const made = await ask(mock, 'POST', '/indexes/pcc-1/backups', { body: { name: 'nightly', description: 'a test' } });
  expect(made.status).toBe(201);
  expect(object(made)).toMatchObject({
    name: 'nightly',
    description: 'a test',
    source_index_name: 'pcc-1',
    status: 'Initializing',
    cloud: 'aws',
    region: 'us-east-1',
    dimension: 8,
  });
  const id = text(object(made), 'backup_id');
  const ready = await eventually(
    () => get(mock, `/backups/${id}`),
    ({ status }) => status === 'Ready',
  );
  expect(await get(mock, '/indexes/pcc-1/backups')).toEqual({ data: [ready] });
  await ask(mock, 'DELETE', '/indexes/pcc-1');
  expect(await get(mock, '/backups')).toEqual({ data: [ready] });
  expect((await ask(mock, 'GET', '/indexes/pcc-1/backups')).status).toBe(404);
});

it('refuses to delete a backup while it is being restored, and lets it go after', async () => {
  let later = 0;
  const mock = await openMock({ restoreMs: 3_600_000, now: () => Date.now() + later });
  await readyIndex(mock);
  const id = await readyBackup(mock);
  const restore = await ask(mock, 'POST', `/backups/${id}/create-index`, { body: { name: 'pcc-2' } });
  expect(restore.status).toBe(202);
  const job = text(object(restore), 'restore_job_id');

  const refused = await ask(mock, 'DELETE', `/backups/${id}`);
  expect(refused.status).toBe(412);
  expect(refused.text).toContain(`['${job}']`);
  expect(await get(mock, `/restore-jobs/${job}`)).toMatchObject({
    restore_job_id: job,
    backup_id: id,
    target_index_name: 'pcc-2',
    target_index_id: object(restore).index_id,
    status: 'Pending',
  });
  expect(await get(mock, '/indexes/pcc-2')).toMatchObject({ status: { ready: false, state: 'Initializing' } });

  later = 3_600_000;
  const done = await get(mock, `/restore-jobs/${job}`);
  expect(done).toMatchObject({
    status: 'Completed',
    percent_complete: 100,
    completed_at: expect.any(String) as string,
  });
  expect(await get(mock, '/restore-jobs')).toEqual({ data: [done] });
  expect(isReadyIndex(await get(mock, '/indexes/pcc-2'))).toBe(true);
  expect((await ask(mock, 'DELETE', `/backups/${id}`)).status).toBe(202);
});

it('keeps a protected index', async () => {
  const mock = await openMock();
  await post(mock, '/indexes', { ...serverless, deletion_protection: 'enabled' });
  const answer = await ask(mock, 'DELETE', '/indexes/pcc-1');
  expect([answer.status, object(answer)]).toMatchObject([403, { error: { code: 'FORBIDDEN' }, status: 403 }]);
  expect((await ask(mock, 'GET', '/indexes/pcc-1')).status).toBe(200);
});

it.each([
  ['no body', '/indexes', undefined, 422],
  ['broken JSON', '/indexes', Buffer.from('{"name":'), 422],
  ['invalid UTF-8', '/indexes', Buffer.from([0x22, 0xff, 0x22]), 422],
  ['a body beyond 1 MiB', '/indexes', Buffer.alloc(1024 * 1024 + 1, ' '), 400],
  ['a list', '/indexes', [], 422],
  ['no name', '/indexes', { spec: serverless.spec }, 422],
  ['no spec', '/indexes', { name: 'a' }, 422],
  ['a pod spec without an environment', '/indexes', { name: 'a', spec: { pod: { pod_type: 'p1.x1' } } }, 422],
  ['no region', '/indexes', { name: 'a', spec: { serverless: { cloud: 'aws' } } }, 422],
  ['an upper-case name', '/indexes', { ...serverless, name: 'Upper' }, 400],
  ['a long name', '/indexes', { ...serverless, name: 'a'.repeat(46) }, 400],
  ['a dimension of 0', '/indexes', { ...serverless, dimension: 0 }, 400],
  ['an unknown metric', '/indexes', { ...serverless, metric: 'taxicab' }, 400],
  ['a sparse index with a dimension', '/indexes', { ...serverless, vector_type: 'sparse' }, 400],
  ['an unknown region', '/indexes', { name: 'a', spec: { serverless: { cloud: 'aws', region: 'moon-1' } } }, 404],
  ['an unknown cloud', '/indexes', { name: 'a', spec: { serverless: { cloud: 'constructor', region: 'x' } } }, 404],
  ['a name that is taken', '/indexes', { ...serverless, name: 'taken' }, 409],
  ['a backup of no index', '/indexes/nobody/backups', {}, 400],
  ['a backup with a number for a name', '/indexes/taken/backups', { name: 1 }, 422],
  ['a restore of no backup', '/backups/nobody/create-index', { name: 'a' }, 404],
  ['a restore without a name', '/backups/ready-1/create-index', {}, 422],
  ['a restore under a name that is taken', '/backups/ready-1/create-index', { name: 'taken' }, 409],
  ['a restore under a bad name', '/backups/ready-1/create-index', { name: '-' }, 400],
] as const)('refuses %s', async (_, path, body, status) => {
  const mock = await openMock();
  await readyIndex(mock, 'taken');
  const answer = await ask(mock, 'POST', path, body === undefined ? {} : { body });
  expect([answer.status, object(answer).status]).toEqual([status, status]);
  expect(mock.store.indexes().map(({ name }) => name)).toEqual(['taken']);
  expect(mock.faults).toEqual([]);
});

it('refuses what is not ready yet', async () => {
  const mock = await openMock({ provisionMs: 60_000 });
  await post(mock, '/indexes', serverless);
  expect((await ask(mock, 'POST', '/indexes/pcc-1/backups', { body: {} })).status).toBe(400);
  const { id } = mock.store.addBackup(mock.store.plantBackup().source);
  expect((await ask(mock, 'POST', `/backups/${id}/create-index`, { body: { name: 'a' } })).status).toBe(400);
  expect((await ask(mock, 'DELETE', `/backups/${id}`)).status).toBe(202);
});

it('makes a sparse index without a dimension, and keeps tags', async () => {
  const mock = await openMock();
  const body = { name: 's', vector_type: 'sparse', spec: serverless.spec, tags: { team: 'qa' } };
  const made = await post(mock, '/indexes', body);
  expect(made).toMatchObject({ metric: 'dotproduct', vector_type: 'sparse', tags: { team: 'qa' } });
  expect(made).not.toHaveProperty('dimension');
});

it('makes an index on pods, which has no backups', async () => {
  const mock = await openMock();
  const made = await ask(mock, 'POST', '/indexes', {
    body: { name: 'p', dimension: 8, spec: { pod: { environment: 'x', pod_type: 'p1.x1', replicas: 2 } } },
  });
  expect([made.status, object(made)]).toMatchObject([
    201,
    { spec: { pod: { environment: 'x', replicas: 2, pods: 1 } } },
  ]);
  expect((await ask(mock, 'POST', '/indexes/p/backups', { body: {} })).status).toBe(400);
  expect(mock.faults).toEqual([]);
});

it('makes an index for a model, and changes its tags and protection', async () => {
  const mock = await openMock();
  const body = { name: 'm', cloud: 'aws', region: 'us-east-1', embed: { model: 'e5', field_map: { text: 't' } } };
  expect((await ask(mock, 'POST', '/indexes/create-for-model', { body })).status).toBe(201);
  expect((await ask(mock, 'POST', '/indexes/create-for-model', { body })).status).toBe(409);
  const first = await ask(mock, 'PATCH', '/indexes/m', {
    body: { deletion_protection: 'enabled', tags: { a: '1', b: '2' } },
  });
  expect([first.status, object(first)]).toMatchObject([
    202,
    { deletion_protection: 'enabled', tags: { a: '1', b: '2' } },
  ]);
  await ask(mock, 'PATCH', '/indexes/m', { body: { tags: { a: '' } } });
  expect(await get(mock, '/indexes/m')).toMatchObject({
    embed: { model: 'e5' },
    tags: { b: '2' },
    deletion_protection: 'enabled',
  });
  expect((await ask(mock, 'PATCH', '/indexes/nobody', { body: {} })).status).toBe(404);
  expect((await ask(mock, 'PATCH', '/indexes/m', { body: { deletion_protection: 5 } })).status).toBe(400);
  expect(mock.faults).toEqual([]);
});

it('turns the pages of a list to its end', async () => {
  const mock = await openMock();
  const ids = Array.from({ length: 25 }, () => mock.store.plantBackup().id);
  const seen: unknown[] = [];
  const sizes: number[] = [];
  let token = '';
  do {
    const page = await get(mock, `/backups?limit=12${token === '' ? '' : `&paginationToken=${token}`}`);
    const data = page.data as readonly JsonObject[];
    sizes.push(data.length);
    seen.push(...data.map((backup) => backup.backup_id));
    token = text((page.pagination ?? { next: '' }) as JsonObject, 'next');
  } while (token !== '');
  expect(sizes).toEqual([12, 12, 1]);
  expect(seen).toEqual(ids);
});

it.each([
  ['', 10],
  ['?limit=0', 1],
  ['?limit=1000', 12],
  ['?limit=-1', 10],
  ['?limit=ten', 10],
  ['?paginationToken=nonsense', 0],
  ['?paginationToken=', 10],
])('brings odd list parameters %s into their range', async (query, size) => {
  const mock = await openMock();
  for (let n = 0; n < 12; n += 1) mock.store.plantBackup();
  expect((await get(mock, `/backups${query}`)).data).toHaveLength(size);
});

it('leaves nothing when all that was made is deleted', async () => {
  const mock = await openMock({ restoreMs: 1 });
  await readyIndex(mock);
  const id = await readyBackup(mock);
  await post(mock, `/backups/${id}/create-index`, { name: 'pcc-2' });
  await eventually(
    () => get(mock, '/restore-jobs'),
    ({ data }) => JSON.stringify(data).includes('Completed'),
  );
  for (const path of [`/backups/${id}`, '/indexes/pcc-1', '/indexes/pcc-2']) await ask(mock, 'DELETE', path);
  expect(await get(mock, '/_contract/state')).toMatchObject({ backups: [], indexes: [], faults: [] });
});
