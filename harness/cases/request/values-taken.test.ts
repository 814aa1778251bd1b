import { expect, it } from 'vitest';
import type { Exchange } from '../../model/exchange.ts';
import { usableOperation } from '../../openapi/operation/usable.ts';
import { listOperations } from '../../openapi/operation/operation.ts';
import { documentOf, head } from '../../testing/documents/document-folder.ts';
import { valuesTaken } from './values-taken.ts';

const text = `${head()}
paths:
  /things/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: integer, minimum: 1 } }]
    get: { responses: { '200': { description: one } } }
`;

const exchange = (body: unknown, headers: readonly (readonly [string, string])[] = []): Exchange => ({
  request: { method: 'POST', url: 'http://127.0.0.1/things', headers: [] },
  notes: [],
  ms: 1,
  response: { status: 201, reason: 'Created', httpVersion: '1.1', headers, body: Buffer.from(JSON.stringify(body)) },
});

it('passes over what the parameter cannot be', async () => {
  const [listed] = listOperations(await documentOf(text));
  const reader = listed === undefined ? undefined : usableOperation(listed);
  const take = { id: ['/id', '/number', '/code'] };
  const body = { id: 'abc', number: 0, code: '17' };
  expect(valuesTaken(take, exchange(body), reader)).toEqual({ id: '17' });
  expect(valuesTaken(take, exchange(body))).toEqual({ id: 'abc' });
  expect(valuesTaken(take, exchange({ id: 'abc' }, [['Location', '/things/5']]), reader)).toEqual({ id: '5' });
  expect(valuesTaken(take, exchange({ id: 'abc' }, [['Location', '/things/x']]), reader)).toEqual({});
});
