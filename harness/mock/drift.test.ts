import { expect, it } from 'vitest';

import { ask, changedDocument, object, openMock, send } from '../testing/mock-client.ts';

it.each([
  [
    'a body whose status is another',
    ['                    status: 404', '                    status: 405'],
    'the body says status 405, not 404',
  ],
  ['a code outside of the list', ['code: NOT_FOUND', 'code: LOST'], 'the body departs from its schema: /error/code is'],
  ['a status that is not declared', ["'404':", "'410':"], 'status 404 is not declared'],
] as const)('answers a loud fault where the document has %s', async (_, change, fault) => {
  const mock = await openMock({ document: await changedDocument(change) });
  const answer = await ask(mock, 'DELETE', '/backups/nobody');
  expect(answer.status).toBe(500);
  expect(answer.text).toContain(`mock fault: DELETE /backups/{backup_id} → 404: ${fault}`);
  expect(mock.faults).toHaveLength(1);
  expect(mock.faults[0]).toContain(fault);
  expect(object(await send(mock, 'GET', '/_contract/state')).faults).toEqual(mock.faults);
});

it('says that an answer without content is declared with some', async () => {
  const content = 'content:\n            application/json:\n              schema:\n                type: object';
  const accepted = 'description: The request to delete the backup has been accepted.';
  const document = await changedDocument([accepted, `${accepted}\n          ${content}`]);
  const mock = await openMock({ document });
  expect((await ask(mock, 'DELETE', '/backups/ready-1')).status).toBe(500);
  expect(mock.faults).toEqual(['DELETE /backups/{backup_id} → 202: status 202 is declared with content, none is sent']);
});

it('takes wording and key header from the document', async () => {
  const document = await changedDocument(
    ['message: Invalid API key.', 'message: Who is there?'],
    ['name: Api-Key', 'name: X-Secret'],
    ['Backup bkp_123abc not found.', 'Nothing like bkp_123abc not found here.'],
  );
  const mock = await openMock({ document });
  const refused = await ask(mock, 'DELETE', '/backups/x');
  expect([refused.status, object(refused)]).toMatchObject([401, { error: { message: 'Who is there?' } }]);
  const lost = await send(mock, 'DELETE', '/backups/x', { headers: { 'x-secret': mock.key } });
  expect(object(lost)).toMatchObject({ error: { message: 'Nothing like x not found here.' } });
});

it('serves an operation that it does not know by the document, which names one resource', async () => {
  const document = await changedDocument(
    ['/backups/{backup_id}:', '/toys/{toy_id}:'],
    ['name: backup_id', 'name: toy_id'],
  );
  const mock = await openMock({ document });
  const named = '/toys/670e8400-e29b-41d4-a716-446655440000';
  expect((await ask(mock, 'DELETE', '/toys/1')).status).toBe(404);
  expect((await ask(mock, 'DELETE', named)).status).toBe(202);
  expect((await ask(mock, 'DELETE', named)).status).toBe(404);
  expect((await send(mock, 'DELETE', '/toys/670e8400-e29b-41d4-a716-446655440000')).status).toBe(401);
  expect(
    (await ask(mock, 'DELETE', '/toys/670e8400-e29b-41d4-a716-446655440000', { headers: { Prefer: 'code=412' } }))
      .status,
  ).toBe(412);
  expect((await ask(mock, 'DELETE', '/backups/ready-1')).status).toBe(404);
});

it('takes no wording from the example of a schema that all errors share', async () => {
  const own = [
    '              examples:',
    '                backup-not-found:',
    '                  summary: Backup not found',
    '                  value:',
    '                    error:',
    '                      code: NOT_FOUND',
    '                      message: Backup bkp_123abc not found.',
    '                    status: 404',
    '',
  ].join('\n');
  const mock = await openMock({ document: await changedDocument([own, '']) });
  expect(object(await ask(mock, 'DELETE', '/backups/x'))).toEqual({
    error: { code: 'NOT_FOUND', message: 'Resource x not found.' },
    status: 404,
  });
  const preferred = await ask(mock, 'DELETE', '/backups/x', { headers: { Prefer: 'code=404' } });
  expect(object(preferred)).toMatchObject({ error: { code: 'QUOTA_EXCEEDED' }, status: 404 });
  expect(mock.faults).toEqual([]);
});

it('sends a 204 without a Content-Length', async () => {
  const document = await changedDocument(["'202':", "'204':"], ['/backups/{backup_id}:', '/toys/{backup_id}:']);
  const mock = await openMock({ document });
  const answer = await ask(mock, 'DELETE', '/toys/670e8400-e29b-41d4-a716-446655440000');
  expect([answer.status, answer.text, answer.headers['content-length']]).toEqual([204, '', undefined]);
});
