import { expect, it } from 'vitest';
import { casesOf } from '../cases/cases.ts';
import { operationOf, recipesOf } from '../testing/shop-suite.ts';
import { type AnyResponse, validateResponse } from './validate-response.ts';

const schema = {
  type: 'object',
  required: ['error'],
  properties: { error: { type: 'string' } },
  additionalProperties: false,
};
const operation = operationOf({
  operationId: 'remove_item',
  responses: {
    '202': { description: 'Accepted' },
    '404': {
      description: 'None',
      content: {
        'application/json': { schema, example: { error: 'x' } },
        'application/vnd.shop+json': { schema, example: { error: 'x' } },
      },
    },
    '5XX': { description: 'Ours', content: { 'application/json': { schema, example: { error: 'x' } } } },
    default: { description: 'Else' },
  },
});
const cases = casesOf(operation, recipesOf());
const judged = async (response: AnyResponse, status: number): Promise<readonly string[]> =>
  (await validateResponse(response, { operation, status, cases })).map((finding) => finding.check);

const body = { error: 'none' };
const text = JSON.stringify(body);
const headers = { 'Content-Type': 'application/json' };

it.for([
  ['of fetch', new Response(text, { status: 404, headers })],
  [
    'of undici',
    {
      statusCode: 404,
      headers: { 'content-type': 'application/json' },
      body: { arrayBuffer: () => Promise.resolve(new TextEncoder().encode(text).buffer) },
    },
  ],
  ['with text', { status: 404, headers, body: text }],
  ['with bytes', { status: 404, headers, body: new TextEncoder().encode(text) }],
  ['with a value', { status: 404, headers, body }],
  ['with header pairs', { status: 404, headers: [['content-type', 'application/json']], body }],
  ['with Headers', { status: 404, headers: new Headers(headers), body }],
  [
    'with lists of header values',
    { status: 404, headers: { 'content-type': ['application/json'], 'x-none': undefined }, body },
  ],
] as const satisfies readonly (readonly [string, AnyResponse])[])('a response %s is judged', async ([, response]) => {
  expect(await judged(response, 404)).toEqual([]);
  expect(await judged(response, 202)).toContain('status');
});

it.for([
  ['no body', { status: 202 }, 202, []],
  ['an empty body', { status: 202, body: null }, 202, []],
  ['a body where none is declared', { status: 202, headers, body: { a: 1 } }, 202, ['no-content']],
  ['another shape', { status: 404, headers, body: { err: 1 } }, 404, ['schema', 'schema']],
  ['another status', { status: 500, headers, body }, 404, ['status']],
  ['no status at all', { headers, body }, 404, ['status']],
  ['a status of the range', { status: 503, headers, body }, 503, []],
  ['a status of the range, in another shape', { status: 503, headers, body: {} }, 503, ['schema']],
  ['a status that is only default', { status: 418 }, 418, []],
  ['the other media type', { status: 404, headers: { 'content-type': 'application/vnd.shop+json' }, body }, 404, []],
  [
    'a media type that is not declared',
    { status: 404, headers: { 'content-type': 'application/xml' }, body: '<a/>' },
    404,
    ['media-type'],
  ],
] as const satisfies readonly (readonly [string, AnyResponse, number, readonly string[]])[])(
  '%s: %j as %i departs in %j',
  async ([, response, status, want]) => {
    expect(await judged(response, status)).toEqual(want);
  },
);

it('reading leaves a fetch response unread for its owner', async () => {
  const response = new Response(text, { status: 404, headers });
  await judged(response, 404);
  expect(await response.json()).toEqual(body);
});

it('a body that has been read already cannot be judged', async () => {
  const response = new Response(text, { status: 404, headers });
  await response.text();
  await expect(judged(response, 404)).rejects.toThrow(expect.objectContaining({ code: 'E_BODY_USED', exit: 2 }));
});

it('a status that the operation does not declare is refused, with those that it does', async () => {
  const plain = operationOf({
    operationId: 'remove_item',
    responses: { '202': { description: 'Accepted' }, '404': { description: 'None' } },
  });
  await expect(
    validateResponse({ status: 418 }, { operation: plain, status: 418, cases: casesOf(plain, recipesOf()) }),
  ).rejects.toThrow(
    expect.objectContaining({
      code: 'E_UNDECLARED',
      message: 'remove_item does not declare 418',
      hint: 'It declares 202, 404.',
    }),
  );
});

it('a stream of fetch that does not end is judged by the items that came', async () => {
  const feed = operationOf({
    operationId: 'read_feed',
    responses: {
      '200': { description: 'Items', content: { 'application/x-ndjson': { schema: { type: 'object' } } } },
    },
  });
  const flow = (line: string): Response =>
    new Response(
      new ReadableStream({ pull: (controller) => controller.enqueue(new TextEncoder().encode(line.repeat(100))) }),
      { headers: { 'Content-Type': 'application/x-ndjson' } },
    );
  const asked = { operation: feed, status: 200, cases: casesOf(feed, recipesOf('200')) };
  expect(await validateResponse(flow('{}\n'), asked)).toEqual([]);
  const findings = await validateResponse(flow('"one"\n'), asked);
  expect(new Set(findings.map(({ check }) => check))).toEqual(new Set(['items']));
  await expect(validateResponse(flow(' '), asked)).rejects.toThrow(
    /^the response cannot be judged: the stream did not end/,
  );
});
