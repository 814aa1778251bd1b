import { describe, expect, it } from 'vitest';
import { documentOf } from '../../testing/documents/document-folder.ts';
import { key, object, openMock, send, type Answer } from '../../testing/mock-client.ts';
import type { Json } from '../../model/document.ts';
import type { Mock } from '../server.ts';

const library = `openapi: 3.0.3
info: { title: Library, version: '1' }
security: [{ token: [] }]
paths:
  /shelves:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer, minimum: 1 } }
      responses:
        '200': { description: all, content: { application/json: { schema: { $ref: '#/components/schemas/Shelves' } } } }
        '400': { $ref: '#/components/responses/Error' }
    post:
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/NewShelf' } } }
      responses:
        '201':
          description: made
          headers: { X-Trace: { required: true, schema: { type: string, format: uuid } } }
          content: { application/json: { schema: { $ref: '#/components/schemas/Shelf' } } }
        '409': { $ref: '#/components/responses/Error' }
        '415': { $ref: '#/components/responses/Error' }
        '422': { $ref: '#/components/responses/Error' }
  /shelves/{shelf_name}:
    parameters: [{ $ref: '#/components/parameters/shelf' }]
    get:
      responses:
        '200': { description: one, content: { application/json: { schema: { $ref: '#/components/schemas/Shelf' } } } }
        '404': { $ref: '#/components/responses/Error' }
        '406': { $ref: '#/components/responses/Error' }
    delete:
      responses: { '204': { description: gone }, '404': { $ref: '#/components/responses/Error' } }
  /shelves/{shelf_name}/books:
    parameters: [{ $ref: '#/components/parameters/shelf' }]
    get:
      responses:
        '200': { description: all, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Book' } } } } }
        '404': { $ref: '#/components/responses/Error' }
    post:
      requestBody:
        required: true
        content:
          application/json: { schema: { $ref: '#/components/schemas/Book' } }
          application/x-www-form-urlencoded: { schema: { $ref: '#/components/schemas/Book' } }
          multipart/form-data: { schema: { $ref: '#/components/schemas/Book' } }
      responses:
        '201': { description: made, content: { application/json: { schema: { $ref: '#/components/schemas/Book' } } } }
        '400': { $ref: '#/components/responses/Error' }
        '404': { $ref: '#/components/responses/Error' }
  /books/{bookId}:
    parameters: [{ name: bookId, in: path, required: true, schema: { type: integer, minimum: 1 } }]
    get:
      responses:
        '200':
          description: one
          content:
            application/json: { schema: { $ref: '#/components/schemas/Book' } }
            application/xml: { schema: { $ref: '#/components/schemas/Book' } }
            text/plain: { schema: { type: string }, example: a book }
        '404': { $ref: '#/components/responses/Error' }
    put:
      requestBody: { required: true, content: { application/json: { schema: { $ref: '#/components/schemas/Book' } } } }
      responses:
        '200': { description: changed, content: { application/json: { schema: { $ref: '#/components/schemas/Book' } } } }
        '404': { $ref: '#/components/responses/Error' }
    patch:
      requestBody: { content: { application/merge-patch+json: { schema: { type: object } } } }
      responses:
        '200': { description: changed, content: { application/json: { schema: { $ref: '#/components/schemas/Book' } } } }
        '404': { $ref: '#/components/responses/Error' }
    delete:
      responses: { '204': { description: gone }, '404': { $ref: '#/components/responses/Error' } }
  /books/{bookId}/lend:
    parameters: [{ name: bookId, in: path, required: true, schema: { type: integer } }]
    post:
      responses:
        '200': { description: lent, content: { application/json: { schema: { $ref: '#/components/schemas/Book' } } } }
        '404': { $ref: '#/components/responses/Error' }
  /hours:
    get: { responses: { '200': { description: hours, content: { application/json: { schema: { type: object, required: [open], properties: { open: { type: string, format: byte } } } } } } } }
    put:
      requestBody: { content: { application/json: { schema: { type: object, required: [open], properties: { open: { type: string, format: byte } } } } } }
      responses: { '204': { description: kept } }
  /readers/{reader}:
    get:
      security: []
      parameters: [{ name: reader, in: path, required: true, schema: { type: string }, example: ada }]
      responses:
        '200': { description: one, content: { application/json: { schema: { type: object, properties: { reader: { type: string } } } } } }
        '404': { $ref: '#/components/responses/Error' }
components:
  securitySchemes: { token: { type: http, scheme: bearer } }
  parameters:
    shelf: { name: shelf_name, in: path, required: true, schema: { type: string, maxLength: 20 } }
  responses:
    Error:
      description: wrong
      content: { application/problem+json: { schema: { type: object, required: [status, detail], properties: { status: { type: integer }, detail: { type: string } } } } }
  schemas:
    NewShelf:
      type: object
      required: [name, secret]
      additionalProperties: false
      properties:
        name: { type: string, pattern: '^[a-z]+$' }
        room: { type: integer }
        secret: { type: string, writeOnly: true }
    Shelf:
      type: object
      required: [name, made_at]
      additionalProperties: false
      properties:
        name: { type: string }
        room: { type: integer, example: 7 }
        made_at: { type: string, format: date-time }
    Shelves:
      type: object
      required: [items]
      properties:
        items: { type: array, items: { $ref: '#/components/schemas/Shelf' } }
        total: { type: integer }
        next: { type: string }
    Book:
      type: object
      required: [title, id]
      properties:
        id: { type: integer, readOnly: true }
        title: { type: string, minLength: 1 }
        pages: { type: integer }
        tags: { type: array, items: { type: string } }
`;

async function openLibrary(): Promise<{ readonly mock: Mock; readonly ask: Ask }> {
  const mock = await openMock({ document: await documentOf(library) });
  const ask: Ask = async (method, path, body, headers = {}) => {
    const type = body === undefined || 'Content-Type' in headers ? {} : { 'Content-Type': 'application/json' };
    const sent = { Authorization: `Bearer ${key}`, ...type, ...headers };
    const answer = await send(mock, method, path, { headers: sent, ...(body === undefined ? {} : { body }) });
    expect(mock.faults).toEqual([]);
    return answer;
  };
  return { mock, ask };
}

type Ask = (
  method: string,
  path: string,
  body?: Json | Buffer,
  headers?: Readonly<Record<string, string>>,
) => Promise<Answer>;

function json({ text }: Answer): unknown {
  return JSON.parse(text);
}

const shelf = { name: 'poems', secret: 'x' };

describe('a resource whose name its body gives', () => {
  it('is made, listed, read and deleted', async () => {
    const { ask } = await openLibrary();
    expect(json(await ask('GET', '/shelves'))).toMatchObject({ items: [] });
    const made = await ask('POST', '/shelves', { ...shelf, room: 3 });
    expect(made.status).toBe(201);
    expect(made.headers.location).toBe('/shelves/poems');
    expect(made.headers['x-trace']).toMatch(/^[0-9a-f-]{36}$/);
    expect(json(made)).toEqual({ name: 'poems', room: 3, made_at: expect.any(String) as string });
    expect(json(await ask('GET', '/shelves/poems'))).toEqual(json(made));
    expect(json(await ask('GET', '/shelves'))).toMatchObject({ items: [json(made)], total: 1 });
    expect((await ask('DELETE', '/shelves/poems')).status).toBe(204);
    expect((await ask('GET', '/shelves/poems')).status).toBe(404);
    expect((await ask('DELETE', '/shelves/poems')).status).toBe(404);
    expect(json(await ask('GET', '/shelves'))).toMatchObject({ items: [] });
  });

  it('is not made twice, and may be made again once it is deleted', async () => {
    const { ask } = await openLibrary();
    await ask('POST', '/shelves', shelf);
    const second = await ask('POST', '/shelves', shelf);
    expect([second.status, json(second)]).toEqual([409, { status: 409, detail: 'shelves poems already exists.' }]);
    await ask('DELETE', '/shelves/poems');
    expect((await ask('POST', '/shelves', shelf)).status).toBe(201);
  });

  it('has no value that was neither sent nor is required', async () => {
    const { ask } = await openLibrary();
    expect(json(await ask('POST', '/shelves', shelf))).not.toHaveProperty('room');
  });
});

describe('a resource whose id the server gives', () => {
  it('is made below another one, found by its own path, changed and deleted', async () => {
    const { ask } = await openLibrary();
    await ask('POST', '/shelves', shelf);
    const [one, two] = [
      await ask('POST', '/shelves/poems/books', { title: 'Odes', pages: 9 }),
      await ask('POST', '/shelves/poems/books', { title: 'Hymns' }),
    ];
    const [first, second] = [json(one), json(two)] as [{ id: number }, { id: number }];
    expect(first).toMatchObject({ title: 'Odes', pages: 9 });
    expect(first.id).not.toBe(second.id);
    expect(json(await ask('GET', '/shelves/poems/books'))).toEqual([first, second]);
    expect(json(await ask('GET', `/books/${first.id}`))).toEqual(first);
    const changed = { id: first.id, title: 'Odes, again', pages: 9 };
    const patch = { 'Content-Type': 'application/merge-patch+json' };
    expect(json(await ask('PATCH', `/books/${first.id}`, { title: 'Odes, again' }, patch))).toEqual(changed);
    expect(json(await ask('PUT', `/books/${first.id}`, { title: 'Elegies' }))).toEqual({
      id: first.id,
      title: 'Elegies',
    });
    expect(json(await ask('GET', `/books/${first.id}`))).toEqual({ id: first.id, title: 'Elegies' });
    expect((await ask('DELETE', `/books/${first.id}`)).status).toBe(204);
    expect(json(await ask('GET', '/shelves/poems/books'))).toEqual([second]);
  });

  it('goes with the one that it was made below', async () => {
    const { ask } = await openLibrary();
    await ask('POST', '/shelves', shelf);
    const { id } = json(await ask('POST', '/shelves/poems/books', { title: 'Odes' })) as { id: number };
    await ask('DELETE', '/shelves/poems');
    expect((await ask('GET', `/books/${id}`)).status).toBe(404);
    expect((await ask('GET', '/shelves/poems/books')).status).toBe(404);
    expect((await ask('POST', '/shelves/poems/books', { title: 'Odes' })).status).toBe(404);
  });

  it('is made of a form and of a multipart body, too', async () => {
    const { ask } = await openLibrary();
    await ask('POST', '/shelves', shelf);
    const form = await ask('POST', '/shelves/poems/books', Buffer.from('title=A+b&pages=12&tags=x'), {
      'Content-Type': 'application/x-www-form-urlencoded',
    });
    expect(json(form)).toMatchObject({ title: 'A b', pages: 12, tags: ['x'] });
    const parts = '--b\r\nContent-Disposition: form-data; name="title"\r\n\r\nOdes\r\n--b--\r\n';
    const multipart = await ask('POST', '/shelves/poems/books', Buffer.from(parts), {
      'Content-Type': 'multipart/form-data; boundary=b',
    });
    expect(json(multipart)).toMatchObject({ title: 'Odes' });
    const broken = await ask('POST', '/shelves/poems/books', Buffer.from('title=A&pages=many'), {
      'Content-Type': 'application/x-www-form-urlencoded',
    });
    expect(broken.status).toBe(400);
  });
});

describe('what the document does not say the effect of', () => {
  it('is answered by the resource or the example, and says so', async () => {
    const { ask } = await openLibrary();
    await ask('POST', '/shelves', shelf);
    const book = json(await ask('POST', '/shelves/poems/books', { title: 'Odes' })) as { id: number };
    const lent = await ask('POST', `/books/${book.id}/lend`);
    expect([lent.status, json(lent), lent.headers['mock-answer']]).toEqual([200, book, 'example']);
    expect((await ask('POST', '/books/999/lend')).status).toBe(404);
    const hours = await ask('GET', '/hours');
    expect(hours.headers['mock-answer']).toBe('example');
    await ask('PUT', '/hours', { open: 'bW9ybmluZw==' });
    const kept = await ask('GET', '/hours');
    expect([json(kept), kept.headers['mock-answer']]).toEqual([{ open: 'bW9ybmluZw==' }, undefined]);
  });

  it('has the one resource that the document names', async () => {
    const { ask } = await openLibrary();
    expect(json(await ask('GET', '/readers/ada'))).toMatchObject({ reader: 'ada' });
    expect((await ask('GET', '/readers/bob')).status).toBe(404);
  });
});

describe('a request that the document does not allow', () => {
  it.each([
    ['a missing property', 'POST', '/shelves', { name: 'a' }, {}, 422, 'lacks the required property'],
    ['a name that breaks its pattern', 'POST', '/shelves', { name: 'A', secret: 'x' }, {}, 422, '/name'],
    ['a property that is not declared', 'POST', '/shelves', { ...shelf, more: 1 }, {}, 422, 'more'],
    ['no JSON', 'POST', '/shelves', Buffer.from('{'), {}, 422, 'no valid JSON'],
    ['no body', 'POST', '/shelves', undefined, {}, 422, 'missing'],
    ['another media type', 'POST', '/shelves', Buffer.from('x'), { 'Content-Type': 'text/csv' }, 415, 'text/csv'],
    ['a number that is none', 'GET', '/shelves?limit=ten', undefined, {}, 400, 'limit'],
    ['a number out of range', 'GET', '/shelves?limit=0', undefined, {}, 400, 'limit'],
    ['an id of another type', 'GET', '/books/first', undefined, {}, 404, 'bookId'],
    ['an unknown id', 'GET', '/books/12', undefined, {}, 404, 'books 12 not found'],
    ['a media type that there is not', 'GET', '/shelves/poems', undefined, { Accept: 'image/png' }, 406, 'accepted'],
  ] as const)(
    'is refused with the status that is declared: %s',
    async (_, method, path, body, headers, status, word) => {
      const { ask } = await openLibrary();
      await ask('POST', '/shelves', shelf);
      const answer = await ask(method, path, body, headers);
      expect([answer.status, object(answer)]).toMatchObject([status, { status }]);
      expect(object(answer).detail).toContain(word);
    },
  );

  it('is refused without a token, but where none is asked for', async () => {
    const { mock } = await openLibrary();
    const none = await send(mock, 'GET', '/shelves');
    expect([none.status, none.headers['www-authenticate']]).toEqual([401, 'Bearer realm="mock"']);
    expect((await send(mock, 'GET', '/readers/ada')).status).toBe(200);
  });

  it('gets 404 or 405 where there is no such operation', async () => {
    const { ask } = await openLibrary();
    expect((await ask('GET', '/nowhere')).status).toBe(404);
    const method = await ask('PUT', '/shelves');
    expect([method.status, method.headers.allow]).toEqual([405, 'GET, POST']);
  });
});

it('sends the media type that is accepted', async () => {
  const { ask } = await openLibrary();
  await ask('POST', '/shelves', shelf);
  const { id } = json(await ask('POST', '/shelves/poems/books', { title: 'Odes' })) as { id: number };
  const xml = await ask('GET', `/books/${id}`, undefined, { Accept: 'application/xml' });
  expect([xml.headers['content-type'], xml.text]).toEqual(['application/xml', expect.stringContaining('Odes')]);
  const text = await ask('GET', `/books/${id}`, undefined, { Accept: 'text/*;q=1, application/json;q=0.5' });
  expect([text.headers['content-type'], text.text]).toEqual(['text/plain', 'a book']);
});

it('makes bodies that conform to their schema, whatever its formats', async () => {
  const { ask } = await openLibrary();
  const { open } = json(await ask('GET', '/hours')) as { open: string };
  expect(Buffer.from(open, 'base64').toString('base64')).toBe(open);
});
