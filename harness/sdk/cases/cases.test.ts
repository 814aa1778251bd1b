import { beforeAll, expect, test } from 'vitest';
import { loadContract } from '../../contract.ts';
import type { Operation } from '../../model/document.ts';
import { schemaIssues } from '../../openapi/schema/schema.ts';
import { sdkCases } from './cases.ts';
import type { Release } from '../releases/manifest.ts';
import type { SdkCase } from './sdk-case.ts';

const sends = (over: Partial<Release['sends']> = {}): Release['sends'] => {
  const once = { min: 1, max: 1 };
  return {
    'server-error': once,
    unavailable: once,
    throttled: once,
    reset: once,
    'cut-short': once,
    malformed: once,
    silent: once,
    ...over,
  };
};

let operation: Operation;
beforeAll(async () => {
  ({ operation } = await loadContract('delete_backup', {}));
});

test('every id is there once, and begins with the operation', () => {
  const ids = sdkCases(operation, sends()).map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.filter((id) => !/^sdk\/delete_backup\/[a-zA-Z0-9/-]+$/.test(id))).toEqual([]);
});

test('each declared response is played with the very example of the document', () => {
  const declared = sdkCases(operation, sends()).filter(({ group }) => group === 'declared');
  expect(declared.map(({ id }) => id)).toEqual([
    'sdk/delete_backup/202/no-content',
    'sdk/delete_backup/401/application-json/unauthorized',
    'sdk/delete_backup/404/application-json/backup-not-found',
    'sdk/delete_backup/412/application-json/pending-restore',
    'sdk/delete_backup/500/application-json/internal-server-error',
  ]);
  for (const { reply, example, response } of declared) {
    if (reply.kind !== 'answer' || example === undefined) continue;
    const body: unknown = JSON.parse(reply.body);
    expect(body).toEqual(example.value);
    const schema = response?.media[0]?.schema ?? '';
    expect(schemaIssues(operation.document, schema, body)).toEqual([]);
  }
});

test('a script is as long as the release is known to send', () => {
  const find = (id: string, known: Release['sends']): SdkCase | undefined =>
    sdkCases(operation, known).find((one) => one.id === `sdk/delete_backup/${id}`);
  const many = sends({ 'server-error': { min: 4, max: 4 }, reset: { min: 1, max: 2 } });
  const lengths = (id: string, known: Release['sends']) => {
    const one = find(id, known);
    return [one?.replies.length, one?.sends.min, one?.sends.max];
  };
  expect(lengths('500/application-json/internal-server-error', sends())).toEqual([1, 1, 1]);
  expect(lengths('500/application-json/internal-server-error', many)).toEqual([4, 4, 4]);
  expect(lengths('retry/500-then-202', sends())).toEqual([1, 1, 1]);
  expect(lengths('retry/500-then-202', many)).toEqual([2, 2, 2]);
  expect(lengths('retry/reset-then-202', many)).toEqual([2, 1, 2]);
  expect(lengths('id/slash', many)).toEqual([1, 0, 1]);
  expect(lengths('id/empty', many)).toEqual([1, 0, 0]);
});

test('of 2026-07 the 401 is plain text, 403 is declared, and the codes are those of its list', async () => {
  const newest = (await loadContract('delete_backup', { api: '2026-07' })).operation;
  const cases = sdkCases(newest, sends());
  const find = (id: string): SdkCase | undefined => cases.find((one) => one.id === `sdk/delete_backup/${id}`);
  expect(find('401/text-plain/example')?.reply).toEqual({
    kind: 'answer',
    status: 401,
    headers: [['Content-Type', 'text/plain']],
    body: 'Invalid API key',
    means: { kind: 'error', status: 401, message: 'Invalid API key' },
  });
  expect(find('403/application-json/permission-denied')).toMatchObject({
    credential: 'forbidden',
    reply: { means: { code: 'PERMISSION_DENIED' } },
  });
  expect(find('reply/undeclared-403')).toBeUndefined();
  expect(find('reply/undeclared-412')?.reply.means).toMatchObject({ status: 412, code: 'FAILED_PRECONDITION' });
  expect(find('retry/503-always')?.reply.means).toMatchObject({ status: 503, code: 'SERVICE_UNAVAILABLE' });
});

test('of 2025-04 403 is not declared, 412 is, and the codes are those of its list', () => {
  const cases = sdkCases(operation, sends());
  const means = (id: string) => cases.find((one) => one.id === `sdk/delete_backup/${id}`)?.reply.means;
  expect(means('reply/undeclared-403')).toMatchObject({ status: 403, code: 'FORBIDDEN' });
  expect(means('reply/undeclared-412')).toBeUndefined();
  expect(means('retry/503-always')).toMatchObject({ status: 503, code: 'UNAVAILABLE' });
});
