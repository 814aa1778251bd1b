import { expect, it } from 'vitest';
import type { RequestPlan } from '../model/case.ts';
import { plainRequest } from './request-plan.ts';
import { operationOf, recipesOf, removeItem, suiteOf } from '../testing/shop-suite.ts';

const none = recipesOf();

function planWith(change: Readonly<Record<string, unknown>>, suite = none): RequestPlan {
  return plainRequest(operationOf({ ...removeItem, ...change }), suite);
}

it('is the bare request with a valid key where the document asks for nothing more', () => {
  expect(planWith({})).toEqual({
    method: 'DELETE',
    path: '/items/{item_id}',
    headers: [],
    credential: 'valid',
  });
  expect(plainRequest(operationOf(removeItem), none, 'wrong').credential).toBe('wrong');
});

it.for([
  ['an optional one is left out', { name: 'a', in: 'query', schema: { type: 'string' }, example: 'x' }, undefined],
  ['its example', { name: 'a', in: 'query', required: true, schema: { type: 'string' }, example: 'x y' }, ['a=x%20y']],
  ['a number', { name: 'a', in: 'query', required: true, schema: { type: 'integer' }, example: 7 }, ['a=7']],
  [
    'a list, once for each item',
    { name: 'a', in: 'query', required: true, schema: { type: 'array', items: {} }, example: ['x', 2] },
    ['a=x', 'a=2'],
  ],
  [
    'a list in one, where the style says so',
    { name: 'a', in: 'query', required: true, explode: false, schema: { type: 'array', items: {} }, example: ['x', 2] },
    ['a=x,2'],
  ],
  [
    'the properties of an object',
    { name: 'a', in: 'query', required: true, schema: { type: 'object' }, example: { b: 1 } },
    ['b=1'],
  ],
  [
    'an object as JSON, where it is declared by content',
    { name: 'a', in: 'query', required: true, content: { 'application/json': { schema: {} } }, example: { b: 1 } },
    ['a=%7B%22b%22%3A1%7D'],
  ],
  [
    'a value made from its schema where there is no example',
    { name: 'a', in: 'query', required: true, schema: { type: 'string', format: 'date' } },
    [expect.stringMatching(/^a=\d{4}-\d\d-\d\d$/)],
  ],
  ['a parameter of the path is no part of it', { name: 'a', in: 'path', required: true, schema: {} }, undefined],
] as const)('query: %s', ([, parameter, want]) => {
  const route = parameter.in === 'path' ? { route: 'DELETE /items/{a}' } : {};
  const operation = operationOf({ ...removeItem, ...(route.route ? {} : { parameters: [parameter] }) }, route);
  expect(plainRequest(operation, none).encodedQuery).toEqual(want);
});

it('headers: those of the suite, then those that the document requires and the suite does not set', () => {
  const header = (name: string, required: boolean) => ({
    name,
    in: 'header',
    required,
    schema: { type: 'string' },
    example: `document's ${name}`,
  });
  const suite = suiteOf({ headers: { 'X-Version': 'v{version}.{version}', 'X-Own': 'mine' } });
  const parameters = [header('x-version', true), header('X-Needed', true), header('X-Optional', false)];
  expect(planWith({ parameters }, suite).headers).toEqual([
    ['X-Version', 'v7.7'],
    ['X-Own', 'mine'],
    ['X-Needed', "document's X-Needed"],
  ]);
});

it('cookies that the document requires are one header', () => {
  const cookie = (name: string, required: boolean) => ({ name, in: 'cookie', required, schema: {}, example: 'a b' });
  const parameters = [cookie('one', true), cookie('two', true), cookie('three', false)];
  expect(planWith({ parameters }).headers).toEqual([['Cookie', 'one=a%20b; two=a%20b']]);
});

it.for([
  ['application/json', { a: '{b}' }, '{"a":"{b}"}'],
  ['application/json', 'text', '"text"'],
  ['application/vnd.api+json', 'text', '"text"'],
  ['text/plain', 'text', 'text'],
  ['text/plain', 7, '7'],
  ['application/x-www-form-urlencoded', { a: 'x y', b: 2 }, 'a=x+y&b=2'],
  ['application/x-www-form-urlencoded', 'a=1', 'a=1'],
] as const)('the body of %s for %j is %j', ([type, example, body]) => {
  const plan = planWith({ requestBody: { content: { [type]: { example, schema: {} } } } });
  expect(plan.body).toBe(body);
  expect(plan.headers).toEqual([['Content-Type', type]]);
});
