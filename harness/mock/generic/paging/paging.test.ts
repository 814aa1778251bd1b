import { describe, expect, it } from 'vitest';
import { documentOf, head } from '../../../testing/documents/document-folder.ts';
import { key, object, openMock, send, type Answer } from '../../../testing/mock-client.ts';
import type { Json, JsonObject } from '../../../model/document.ts';
import { isObject } from '../../reply/reply.ts';
import type { Mock, MockOptions } from '../../server.ts';

const item = '{ $ref: "#/components/schemas/Item" }';

const collection = (path: string, parameters: string, list: string): string => `
  ${path}:
    get:
      parameters: [${parameters}]
      responses: { '200': { description: all, content: { application/json: { schema: ${list} } } } }
    post:
      requestBody: { content: { application/json: { schema: ${item} } } }
      responses: { '201': { description: made, content: { application/json: { schema: ${item} } } } }
  ${path}/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get:
      responses:
        '200': { description: one, content: { application/json: { schema: ${item}, examples: { small: { value: { id: s } }, large: { value: { id: l } } } } } }
        '404': { description: none }
    delete: { responses: { '204': { description: gone }, '404': { description: none } } }`;

const number = (name: string, rest = ''): string => `{ name: '${name}', in: query, schema: { type: integer${rest} } }`;
const token = (name: string): string => `{ name: '${name}', in: query, schema: { type: string } }`;
const array = `{ type: array, items: ${item} }`;

const text = `${head()}paths:
${collection('/offsets', `${number('limit')}, ${number('offset')}`, array)}
${collection('/pages', `${number('page')}, ${number('per_page', ', default: 2')}`, `{ type: object, required: [items, total, hasMore], properties: { items: ${array}, total: { type: integer }, hasMore: { type: boolean } } }`)}
${collection('/zeros', `${number('page', ', minimum: 0')}, ${number('pageSize')}`, array)}
${collection('/tokens', `${number('limit')}, ${token('paginationToken')}`, `{ type: object, properties: { data: ${array}, pagination: { type: object, properties: { next: { type: string } } } } }`)}
${collection('/known', `${number('limit')}, { name: cursor, in: query, example: of-the-document, schema: { type: string } }`, array).replace("responses: { '200'", "responses: { '400': { description: wrong, content: { application/json: { schema: { type: object, required: [message], properties: { message: { type: string } } } } } }, '200'")}
${collection('/cursors', `${number('page[size]')}, ${token('page[cursor]')}`, `{ type: object, required: [data, next_cursor], properties: { data: ${array}, next_cursor: { type: string, nullable: true } } }`)}
components: { schemas: { Item: { type: object, required: [id], properties: { id: { type: string } } } } }
`;

async function open(path: string, ids: readonly string[], options: Partial<MockOptions> = {}): Promise<Mock> {
  const mock = await openMock({ document: await documentOf(text), key, ...options });
  for (const id of ids) {
    const made = await send(mock, 'POST', path, {
      headers: { 'Content-Type': 'application/json' },
      body: { id },
    });
    expect(made.status, made.text).toBe(201);
  }
  return mock;
}

const five = ['a', 'b', 'c', 'd', 'e'];

async function listed(mock: Mock, path: string): Promise<{ readonly ids: readonly Json[]; readonly body: JsonObject }> {
  const answer: Answer = await send(mock, 'GET', path);
  expect(answer.status, answer.text).toBe(200);
  const value = JSON.parse(answer.text) as Json;
  const body = isObject(value) ? value : {};
  const items = (isObject(value) ? (value.items ?? value.data) : value) as readonly JsonObject[];
  return { ids: items.map(({ id = null }) => id), body };
}

describe('a list of the generic mock', () => {
  it.each([
    ['/offsets', five],
    ['/offsets?limit=2', ['a', 'b']],
    ['/offsets?limit=2&offset=3', ['d', 'e']],
    ['/offsets?offset=9', []],
    ['/pages', ['a', 'b']],
    ['/pages?page=2', ['c', 'd']],
    ['/pages?page=2&per_page=3', ['d', 'e']],
    ['/zeros?page=0&pageSize=2', ['a', 'b']],
    ['/zeros?page=1&pageSize=2', ['c', 'd']],
    ['/tokens?limit=2', ['a', 'b']],
    ['/tokens?paginationToken=unknown', []],
  ])('is cut as %s asks', async (path, expected) => {
    const mock = await open(path.replace(/\?.*$/, ''), five);
    expect((await listed(mock, path)).ids).toEqual(expected);
  });

  it('says how many there are in all, and whether there are more', async () => {
    const mock = await open('/pages', five);
    expect((await listed(mock, '/pages')).body).toMatchObject({ total: 5, hasMore: true });
    expect((await listed(mock, '/pages?page=3')).body).toMatchObject({ total: 5, hasMore: false });
  });

  it.each([
    ['/tokens', 'limit', 'paginationToken', (body: JsonObject) => (body.pagination as JsonObject | undefined)?.next],
    ['/cursors', 'page[size]', 'page[cursor]', (body: JsonObject) => body.next_cursor],
  ])('of %s leads from page to page by the token in its body', async (path, size, name, tokenIn) => {
    const mock = await open(path, five);
    const seen: Json[] = [];
    let next = '';
    for (let page = 0; page < 3; page += 1) {
      const { ids, body } = await listed(mock, `${path}?${size}=2${next === '' ? '' : `&${name}=${next}`}`);
      seen.push(...ids);
      next = (tokenIn(body) as string | null | undefined) ?? '';
      expect(next !== '').toBe(page < 2);
    }
    expect(seen).toEqual(five);
  });
});

it('a token that leads to no page is refused where the document has a status for that', async () => {
  const mock = await open('/known', five);
  const refused = await send(mock, 'GET', '/known?cursor=unknown');
  expect([refused.status, object(refused)]).toEqual([400, { message: 'The token unknown leads to no page.' }]);
  // The document itself names this one.
  expect((await listed(mock, '/known?cursor=of-the-document')).ids).toEqual([]);
});

it('what is deleted stays to be seen for the time of asyncDeleteMs, in lists, too', async () => {
  let now = 1000;
  const mock = await open('/offsets', ['a', 'b'], { asyncDeleteMs: 500, now: () => now });
  expect((await send(mock, 'DELETE', '/offsets/a')).status).toBe(204);
  now += 499;
  expect((await send(mock, 'GET', '/offsets/a')).status).toBe(200);
  // To be deleted a second time does not make it stay longer.
  expect((await send(mock, 'DELETE', '/offsets/a')).status).toBe(204);
  expect((await listed(mock, '/offsets')).ids).toEqual(['a', 'b']);
  now += 1;
  expect((await send(mock, 'GET', '/offsets/a')).status).toBe(404);
  expect((await send(mock, 'DELETE', '/offsets/a')).status).toBe(404);
  expect((await listed(mock, '/offsets')).ids).toEqual(['b']);
});

it('Prefer: example=NAME gets that example of any document', async () => {
  const mock = await open('/offsets', []);
  const answer = await send(mock, 'GET', '/offsets/x', { headers: { Prefer: 'example=large' } });
  expect([answer.status, object(answer)]).toEqual([200, { id: 'l' }]);
  expect((await send(mock, 'GET', '/offsets/x', { headers: { Prefer: 'example=none' } })).status).toBe(400);
});
