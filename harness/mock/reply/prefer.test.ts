import { expect, it } from 'vitest';

import type { JsonObject } from '../../model/document.ts';
import { ask, changedDocument, object, openMock, send, text } from '../../testing/mock-client.ts';
import { preferenceOf } from './prefer.ts';

it.each([
  [['code=404'], { code: '404' }],
  [['code=404, example=backup-not-found'], { code: '404', example: 'backup-not-found' }],
  [['code=404', 'example="backup-not-found"'], { code: '404', example: 'backup-not-found' }],
  [['CODE = "404" ; wait=1; example=x'], { code: '404' }],
  [['respond-async, code=202'], { code: '202' }],
  [['code=404, code=500'], { code: '404' }],
  [['example="a, b=\\"c\\"; d"'], { example: 'a, b="c"; d' }],
  [['return=minimal'], {}],
  [['code='], {}],
  [[',,;=,"'], {}],
] as const)('reads %j', (values, preference) => {
  expect(preferenceOf(values)).toEqual(preference);
});

it.each([
  ['code=202', 202, undefined],
  ['code=401', 401, 'UNAUTHENTICATED'],
  ['code=404', 404, 'NOT_FOUND'],
  ['code=412, example=pending-restore', 412, 'FAILED_PRECONDITION'],
  ['example=internal-server-error', 500, 'UNKNOWN'],
])('follows Prefer: %s', async (prefer, status, code) => {
  const mock = await openMock();
  const answer = await ask(mock, 'DELETE', '/backups/ready-1', { headers: { Prefer: prefer } });
  expect(answer.status).toBe(status);
  expect(answer.headers['preference-applied']).toBe(prefer.replace(/=([a-z][a-z-]*)/, '="$1"'));
  if (code === undefined) expect([answer.text, answer.headers['content-type']]).toEqual(['', undefined]);
  else expect(object(answer)).toMatchObject({ error: { code }, status });
  expect(mock.store.backups()).toEqual([]);
});

it.each(['code=418', 'code=4XX', 'code=404, example=nobody', 'code=202, example=x', 'example=nobody'])(
  'refuses Prefer: %s and lists what is declared',
  async (prefer) => {
    const answer = await ask(await openMock(), 'DELETE', '/backups/ready-1', { headers: { Prefer: prefer } });
    expect(answer.status).toBe(400);
    expect(text(object(answer).error as JsonObject, 'message')).toContain(
      'Declared: 202; 401 (unauthorized); 404 (backup-not-found); 412 (pending-restore); 500 (internal-server-error).',
    );
    expect(answer.headers['preference-applied']).toBeUndefined();
  },
);

it('asks for the key first', async () => {
  const answer = await send(await openMock(), 'DELETE', '/backups/ready-1', { headers: { Prefer: 'code=202' } });
  expect(answer.status).toBe(401);
});

it('serves a range under the code that is asked for', async () => {
  const document = await changedDocument(["'404':", "'4XX':"], ["'500':", 'default:']);
  const mock = await openMock({ document });
  expect((await ask(mock, 'DELETE', '/backups/x', { headers: { Prefer: 'code=204' } })).text).toBe('');
  const status = async (prefer: string): Promise<number> =>
    (await ask(mock, 'DELETE', '/backups/ready-1', { headers: { Prefer: prefer } })).status;
  expect(await status('code=418')).toBe(418);
  expect(await status('code=4xx')).toBe(400);
  expect(await status('code=default')).toBe(500);
  expect(await status('code=503')).toBe(503);
});
