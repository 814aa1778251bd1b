import { expect, it } from 'vitest';
import type { CredentialVariant, RequestPlan } from '../model/case.ts';
import type { WireRequest } from '../model/exchange.ts';
import { renderRequest } from './render-request.ts';
import { operationOf, removeItem } from '../testing/shop-suite.ts';

const key = 'Abc-123xyz';
const plain: RequestPlan = { method: 'DELETE', path: '/items/{id}', headers: [], credential: 'valid' };
const operation = operationOf(removeItem);

function filled(
  plan: Partial<RequestPlan>,
  values: Readonly<Record<string, string>> = { id: 'a' },
  of = operation,
): WireRequest {
  const request = renderRequest({ plan: { ...plain, ...plan }, values, key, operation: of });
  if ('reason' in request) throw new Error(request.reason);
  return request;
}

it.for([
  ['a plain value', '/items/{id}', { id: 'abc-1' }, '/items/abc-1'],
  ['a value with a slash', '/items/{id}', { id: 'a/b?c#d' }, '/items/a%2Fb%3Fc%23d'],
  ['two values', '/{a}/x/{b}', { a: '1', b: '2' }, '/1/x/2'],
  ['a value that looks like a placeholder', '/{a}/{b}', { a: '{b}', b: '2' }, '/%7Bb%7D/2'],
  ['a disguised value', '/items/{id|upper}', { id: 'abc' }, '/items/ABC'],
  ['escapes of the plan itself', '/items/a%00b{id}', { id: 'x' }, '/items/a%00bx'],
] as const)('the path takes %s', ([, path, values, want]) => {
  expect(filled({ path }, values).path).toBe(want);
});

it.for([
  ['none', {}, 'It gives: nothing. Add "id" to the state in the states file.'],
  ['others', { a: '1', b: '2' }, 'It gives: a, b. Add "id" to the state in the states file.'],
] as const)('a value that is missing from the path is an error, with %s given', ([, values, hint]) => {
  expect(() => filled({}, values)).toThrow(
    expect.objectContaining({
      code: 'E_STATE_VALUE',
      message: 'the arranged state gives no value "id"',
      hint,
      exit: 3,
    }),
  );
});

it('a name that every object has is no value', () => {
  expect(() => filled({ path: '/items/{constructor}' })).toThrow(/gives no value "constructor"/);
  expect(filled({ body: '{constructor}' }).body).toBe('{constructor}');
});

it('a id variant that nobody knows is a fault of the harness', () => {
  expect(() => filled({ path: '/items/{id|pirate}' })).toThrow(
    expect.objectContaining({ code: 'E_DISGUISE', message: 'there is no id variant called "pirate"', exit: 3 }),
  );
});

it('an id that has no such form cannot show anything', () => {
  const request = renderRequest({
    plan: { ...plain, path: '/items/{id|upper}' },
    values: { id: '123' },
    key,
    operation,
  });
  expect(request).toEqual({ reason: 'the id has no form "upper" that differs from itself' });
});

it('values are put into query, headers and body, the query percent-encoded', () => {
  const request = filled(
    {
      query: [
        ['of', '{id}'],
        ['a b', '&{id}='],
      ],
      headers: [['X-Item', 'is {id}']],
      body: '{"id":"{id}"}',
    },
    { id: 'x y' },
  );
  expect(request).toEqual({
    method: 'DELETE',
    path: '/items/x%20y?of=x%20y&a%20b=%26x%20y%3D',
    headers: [
      ['Api-Key', key],
      ['X-Item', 'is x y'],
    ],
    body: '{"id":"x y"}',
  });
});

it.for(['{"name":"x"}', '{"a":{"b":"{c}"}}', '{}', '{a|b}', '{{id'])('a body keeps its own braces: %s', (body) => {
  expect(filled({ body }).body).toBe(body);
});

it('joins the query to one that the path has', () => {
  expect(filled({ path: '/items?limit=1', query: [['a', 'b']] }).path).toBe('/items?limit=1&a=b');
});

it('names the connection where one is asked for', () => {
  const request = renderRequest({ plan: plain, values: { id: 'a' }, key, operation, connection: 'shared line' });
  expect(request).toHaveProperty('connection', 'shared line');
  expect(filled({})).not.toHaveProperty('connection');
});

const keyNames = ['Api-Key', 'api_key', 'api-key', 'apiKey', 'apikey', 'x-api-key', 'key', 'access_token', 'token'];

it.for([
  ['valid', [['Api-Key', key]], ''],
  ['none', [], ''],
  ['empty', [['Api-Key', '']], ''],
  ['wrong', [['Api-Key', 'pcsk_00000_not-a-key-0000000000000000000000000000000000']], ''],
  ['truncated', [['Api-Key', 'Abc-123xy']], ''],
  ['extended', [['Api-Key', 'Abc-123xyz0']], ''],
  ['other-case', [['Api-Key', 'aBC-123XYZ']], ''],
  ['over-long', [['Api-Key', key + 'x'.repeat(4000)]], ''],
  ['in-query', [], `?${keyNames.map((name) => `${name}=${key}`).join('&')}`],
  ['in-cookie', [['Cookie', keyNames.map((name) => `${name}=${key}`).join('; ')]], ''],
  ['as-bearer', [['Authorization', `Bearer ${key}`]], ''],
  ['other-spelling', [['aPI-kEY', key]], ''],
] as const satisfies readonly (readonly [CredentialVariant, unknown, string])[])(
  'a key in a header, %s',
  ([credential, headers, query]) => {
    expect(filled({ credential })).toEqual({ method: 'DELETE', path: `/items/a${query}`, headers });
  },
);

it.for([
  ['query', { type: 'apiKey', in: 'query', name: 'key' }, 'valid', [], `?key=${key}`],
  ['query', { type: 'apiKey', in: 'query', name: 'key' }, 'empty', [], '?key='],
  ['cookie', { type: 'apiKey', in: 'cookie', name: 'key' }, 'valid', [['Cookie', `key=${key}`]], ''],
  ['bearer', { type: 'http', scheme: 'bearer' }, 'valid', [['Authorization', `Bearer ${key}`]], ''],
  ['bearer', { type: 'http', scheme: 'bearer' }, 'empty', [['Authorization', 'Bearer ']], ''],
  [
    'OAuth',
    { type: 'oauth2', flows: { clientCredentials: { tokenUrl: 'https://shop.test/token', scopes: {} } } },
    'valid',
    [['Authorization', `Bearer ${key}`]],
    '',
  ],
  ['nobody', null, 'valid', [], ''],
  ['nobody', null, 'wrong', [], ''],
] as const)('a key for %s: %j, %s', ([, scheme, credential, headers, query]) => {
  const of = operationOf(removeItem, { scheme });
  expect(filled({ credential }, { id: 'a' }, of)).toEqual({ method: 'DELETE', path: `/items/a${query}`, headers });
});

it('a key without letters has no other letter case', () => {
  const plan: RequestPlan = { ...plain, credential: 'other-case' };
  expect(renderRequest({ plan, values: { id: 'a' }, key: '123-456', operation })).toEqual({
    reason: 'the key has no letters, so it has no other letter case',
  });
});
