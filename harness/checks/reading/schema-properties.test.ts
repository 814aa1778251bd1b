import { expect, it } from 'vitest';
import { operationOf } from '../../testing/shop-suite.ts';
import type { DeclaredResponse, Operation } from '../../model/document.ts';
import { declaresProperty, examplesFor } from './schema-properties.ts';

/** An operation of a document of its own, that answers this way. */
function answering(key: string, media: Readonly<Record<string, unknown>>): Operation {
  return operationOf({ responses: { [key]: { description: 'None', content: { 'application/json': media } } } });
}

function responseOf({ responses: [response] }: Operation): DeclaredResponse {
  if (response === undefined) throw new Error('no response');
  return response;
}

const named = { properties: { a: { properties: { b: {} } } } };
const itself = '#/paths/~1items~1{item_id}/delete/responses/404/content/application~1json/schema';

it.for([
  [named, ['a'], true],
  [named, ['b'], false],
  [named, ['a', 'b'], true],
  [named, ['a', 'a'], false],
  [{ allOf: [{}, named] }, ['a', 'b'], true],
  [{ oneOf: [named, {}] }, ['a'], true],
  [{ anyOf: [{ allOf: [named] }] }, ['a'], true],
  [{ not: [named] }, ['a'], false],
  [{ allOf: [true, named] }, ['a'], true],
  [{ oneOf: [{ $ref: itself }, named] }, ['a', 'b'], true],
  [{ oneOf: [{ $ref: itself }, named] }, ['c'], false],
  [{ anyOf: [{ $ref: '#/nowhere' }, named] }, ['a'], true],
  [{ type: 'object' }, ['a'], false],
] as const)('%j declares %j: %j', ([schema, path, want]) => {
  const operation = answering('404', { schema, examples: { one: { value: {} } } });
  const pointer = responseOf(operation).media[0]?.schema ?? '';
  expect(declaresProperty(operation.document, pointer, path)).toBe(want);
  expect(declaresProperty(operation.document, pointer, path)).toBe(want);
});

const examples = {
  plain: { value: { error: 'none' } },
  same: { value: { status: 404 } },
  other: { value: { status: 429 } },
  text: { value: { status: '429' } },
};

it.for([
  ['404', 404, ['plain', 'same', 'text']],
  ['404', 429, ['other']],
  ['4XX', 429, ['other']],
  ['4XX', 404, ['same']],
  ['4XX', 400, []],
] as const)('the examples of %s for %i are %j', ([key, status, want]) => {
  const response = responseOf(answering(key, { schema: {}, examples }));
  expect(examplesFor(response, status).map(({ name }) => name)).toEqual(want);
});

it.for([
  ['in the schema', { schema: { type: 'object', example: { status: 404 } } }],
  ['made up', { schema: { type: 'object', properties: { status: { type: 'integer', default: 404 } } } }],
] as const)('an example that is %s is none of the response', ([, media]) => {
  expect(examplesFor(responseOf(answering('404', media)), 404)).toEqual([]);
});
