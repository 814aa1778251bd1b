// What a user of Playwright writes by hand: each declared response, and that the backup is gone.
import { expect, test } from '@playwright/test';

test.use({ baseURL: process.env.ORIGIN, extraHTTPHeaders: { 'Api-Key': process.env.API_KEY } });

test('202: a backup is deleted, and gone', async ({ request }) => {
  expect((await request.get('/backups/ready-1')).status()).toBe(200);
  const response = await request.delete('/backups/ready-1');
  expect(response.status()).toBe(202);
  expect(await response.text()).toBe('');
  await expect.poll(async () => (await request.get('/backups/ready-1')).status(), { timeout: 2000 }).toBe(404);
  expect((await request.delete('/backups/ready-1')).status()).toBe(404);
});

test('401: a wrong key deletes nothing', async ({ request }) => {
  await expectError(await request.delete('/backups/ready-2', { headers: { 'Api-Key': 'wrong' } }), 401);
  expect((await request.get('/backups/ready-2')).status()).toBe(200);
});

for (const [status, id] of [
  [404, 'nothing-1'],
  [412, 'pending-1'],
  [500, 'boom-1'],
]) {
  test(`${status}: ${id}`, async ({ request }) => {
    await expectError(await request.delete(`/backups/${id}`), status);
  });
}

const codes = { 401: 'UNAUTHENTICATED', 404: 'NOT_FOUND', 412: 'FAILED_PRECONDITION', 500: 'UNKNOWN' };

async function expectError(response, status) {
  expect(response.status()).toBe(status);
  expect(response.headers()['content-type']).toContain('application/json');
  const error = { code: codes[status], message: expect.any(String) };
  expect(await response.json()).toEqual({ status, error });
}
