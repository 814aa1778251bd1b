import { expect, it } from 'vitest';
import { packageFile } from '../core/package-files.ts';
import { readDocument } from '../openapi/document/document.ts';
import { ask, key, object, openMock, send } from '../testing/mock-client.ts';
import type { Mock } from './server.ts';

const forbiddenKey = 'pcsk_test_Forbidden';
const forbidden = { headers: { 'Api-Key': forbiddenKey } };

async function mockOf(version: string): Promise<Mock> {
  return openMock({
    document: await readDocument(packageFile('specs', `db_control_${version}.oas.yaml`)),
    key,
    forbiddenKey,
  });
}

it('sends the text of a 401 as text, without the quotes of JSON', async () => {
  const mock = await mockOf('2026-07');
  const answer = await send(mock, 'DELETE', '/backups/ready-1');
  expect([answer.status, answer.headers['content-type'], answer.text]).toEqual([401, 'text/plain', 'Invalid API key']);
  expect(mock.faults).toEqual([]);
});

it.for(['/backups/ready-1', '/backups/pending-1', '/backups/boom-1', '/backups/nobody'])(
  'answers the second key 403 for %s, whatever is there, and deletes nothing',
  async (path) => {
    const mock = await mockOf('2026-07');
    const before = (await ask(mock, 'GET', path)).status;
    const answer = await send(mock, 'DELETE', path, forbidden);
    expect([answer.status, object(answer)]).toMatchObject([403, { error: { code: 'PERMISSION_DENIED' }, status: 403 }]);
    expect((await ask(mock, 'GET', path)).status).toBe(before);
    expect(mock.faults).toEqual([]);
  },
);

it('does not know the second key where the document declares no 403', async () => {
  const mock = await mockOf('2026-04');
  expect((await send(mock, 'DELETE', '/backups/ready-1', forbidden)).status).toBe(401);
  expect(mock.faults).toEqual([]);
});

it.for([
  ['2026-04', 412],
  ['2026-07', 202],
] as const)('in %s a pending restore job is answered %i', async ([version, status]) => {
  const mock = await mockOf(version);
  expect((await ask(mock, 'DELETE', '/backups/pending-1')).status).toBe(status);
  expect(mock.faults).toEqual([]);
});
