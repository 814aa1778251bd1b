import { expect } from 'vitest';
import { documentOf } from './document-folder.ts';
import { key, openMock, send, type Answer } from '../mock-client.ts';
import type { Json } from '../../model/document.ts';
import type { Mock } from '../../mock/server.ts';

/** Shelves that are named by their body, books below them that the server numbers, readers and hours. */
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

/** A mock of it, and a way to ask it with the key. What it sends must conform to the document. */
export async function openLibrary(): Promise<{ readonly mock: Mock; readonly ask: Ask }> {
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

export function json({ text }: Answer): unknown {
  return JSON.parse(text);
}

export const shelf = { name: 'poems', secret: 'x' };
