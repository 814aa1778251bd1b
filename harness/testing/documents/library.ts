import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { onTestFinished } from 'vitest';

/** A document whose operations all can be provoked from the document alone. */
export const libraryDocument = `openapi: 3.0.3
info: { title: Library, version: '1' }
security: [{ key: [] }]
paths:
  /books:
    get:
      operationId: list_books
      tags: [reading]
      parameters:
        - { name: limit, in: query, schema: { type: integer, minimum: 1, maximum: 50 } }
        - { name: sort, in: query, schema: { type: string, enum: [title, pages] } }
      responses:
        '200': { description: The books, content: { application/json: { schema: { type: array, items: { $ref: '#/components/schemas/Book' } } } } }
        '400': { $ref: '#/components/responses/Problem' }
        '401': { $ref: '#/components/responses/Problem' }
        '500': { $ref: '#/components/responses/Problem' }
    post:
      operationId: add_book
      tags: [writing]
      requestBody:
        required: true
        content: { application/json: { schema: { $ref: '#/components/schemas/Book' } } }
      responses:
        '201': { description: Added, content: { application/json: { schema: { $ref: '#/components/schemas/Book' } } } }
        '400': { $ref: '#/components/responses/Problem' }
        '401': { $ref: '#/components/responses/Problem' }
        '409': { $ref: '#/components/responses/Problem' }
        '415': { $ref: '#/components/responses/Problem' }
  /books/{book_id}:
    parameters: [{ name: book_id, in: path, required: true, schema: { type: integer } }]
    get:
      operationId: get_book
      tags: [reading]
      responses:
        '200': { description: The book, content: { application/json: { schema: { $ref: '#/components/schemas/Book' } } } }
        '401': { $ref: '#/components/responses/Problem' }
        '404': { $ref: '#/components/responses/Problem' }
    delete:
      operationId: remove_book
      tags: [writing]
      responses:
        '204': { description: Removed }
        '401': { $ref: '#/components/responses/Problem' }
        '404': { $ref: '#/components/responses/Problem' }
        '429': { $ref: '#/components/responses/Problem' }
components:
  securitySchemes: { key: { type: apiKey, in: header, name: X-Key } }
  responses:
    Problem: { description: Refused, content: { application/json: { schema: { type: object, required: [error], properties: { error: { type: string } } } } } }
  schemas:
    Book:
      type: object
      required: [id, title, pages]
      properties:
        id: { type: integer, readOnly: true }
        title: { type: string, minLength: 1, maxLength: 60 }
        pages: { type: integer, minimum: 1 }
        note: { type: string, writeOnly: true }
`;

/** What the library does where it is not honest. */
export type LibraryMistake =
  | 'takes any body'
  | 'finds every book'
  | 'refuses with an undeclared status'
  | 'lets any key in'
  | 'forgets what it adds'
  | 'adds a book twice';

interface Book {
  readonly id: number;
  readonly title: string;
  readonly pages: number;
}

export interface Library {
  readonly origin: string;
  readonly books: ReadonlyMap<number, Book>;
}

export const libraryKey = 'key_library-0123456789';

/** A server of that document which knows nothing of this tool, for as long as the test runs. */
export async function openLibrary(mistake?: LibraryMistake): Promise<Library> {
  const books = new Map<number, Book>();
  const server = createServer((request, response) => void serve(request, response, { books, mistake }));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, books };
}

interface State {
  readonly books: Map<number, Book>;
  readonly mistake: LibraryMistake | undefined;
}

async function serve(request: IncomingMessage, response: ServerResponse, { books, mistake }: State): Promise<void> {
  const reply = (status: number, body?: unknown): void => {
    response.writeHead(status, body === undefined ? {} : { 'Content-Type': 'application/json' });
    response.end(body === undefined ? undefined : JSON.stringify(body));
  };
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const url = new URL(request.url ?? '', 'http://library');
  if (request.headers['x-key'] !== libraryKey && mistake !== 'lets any key in') {
    reply(401, { error: 'Unknown key' });
    return;
  }
  const bad = (why: string): void => reply(mistake === 'refuses with an undeclared status' ? 418 : 400, { error: why });
  if (url.pathname === '/books' && request.method === 'GET') {
    const limit = url.searchParams.get('limit') ?? '10';
    if (!/^\d+$/.test(limit) || Number(limit) < 1 || Number(limit) > 50) {
      bad('limit is out of range');
      return;
    }
    if (!['title', 'pages'].includes(url.searchParams.get('sort') ?? 'title')) {
      bad('sort is unknown');
      return;
    }
    reply(200, [...books.values()].slice(0, Number(limit)));
    return;
  }
  if (url.pathname === '/books' && request.method === 'POST') {
    if (request.headers['content-type'] !== 'application/json') {
      reply(415, { error: 'Only JSON is taken' });
      return;
    }
    const book = bookIn(Buffer.concat(chunks).toString(), mistake === 'takes any body');
    if (book === undefined) {
      bad('No such book');
      return;
    }
    const known = [...books.values()].some(({ title }) => title === book.title);
    if (known && mistake !== 'adds a book twice') {
      reply(409, { error: 'The title is taken' });
      return;
    }
    const added = { id: books.size + 7, ...book };
    if (mistake !== 'forgets what it adds') books.set(added.id, added);
    reply(201, added);
    return;
  }
  const id = /^\/books\/(\d+)$/.exec(url.pathname)?.[1];
  const book = id === undefined ? undefined : books.get(Number(id));
  if (id !== undefined && book === undefined && mistake === 'finds every book' && request.method === 'GET') {
    reply(200, { id: Number(id), title: 'Any', pages: 1 });
    return;
  }
  if (book === undefined) {
    reply(404, { error: 'No such book' });
    return;
  }
  if (request.method === 'GET') {
    reply(200, book);
    return;
  }
  books.delete(book.id);
  reply(204);
}

function bookIn(text: string, any: boolean): Omit<Book, 'id'> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (any) return { title: 'Any', pages: 1 };
  if (typeof value !== 'object' || value === null) return undefined;
  const { title, pages, note } = value as Readonly<Record<string, unknown>>;
  if (typeof title !== 'string' || title === '' || title.length > 60) return undefined;
  if (!Number.isInteger(pages) || Number(pages) < 1) return undefined;
  return note === undefined || typeof note === 'string' ? { title, pages: Number(pages) } : undefined;
}
