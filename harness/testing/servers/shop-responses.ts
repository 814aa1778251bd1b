import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Operation } from '../../model/document.ts';
import { readDocument } from '../../openapi/document/document.ts';
import { findOperation } from '../../openapi/operation/operation.ts';

/** What the document of delete_backup has none of: headers, ranges, several media types, other shapes of errors. */
const shop = `openapi: 3.0.3
info: { title: Shop, version: '1' }
paths:
  /things/{id}:
    get:
      operationId: get_thing
      parameters: [{ in: path, name: id, required: true, schema: { type: string } }]
      responses:
        '200':
          description: A thing.
          headers:
            X-Count: { required: true, schema: { type: integer, minimum: 0 } }
            X-Mode: { schema: { type: string, enum: [fast, slow] } }
            X-Fresh: { schema: { type: boolean } }
            X-Rate: { schema: { type: number, maximum: 100 } }
            X-Any: { schema: { enum: [7, true, word] } }
            X-Maybe: { schema: { type: object } }
            X-Free: { content: { text/plain: {} } }
            X-Tags: { schema: { type: array, items: { type: string, enum: [a, b] } } }
            Content-Type: { required: true, schema: { type: string, enum: [text/never] } }
            Set-Cookie: { schema: { type: string } }
          content:
            application/json:
              schema:
                type: object
                properties: { status: { type: string }, name: { type: string } }
                required: [name]
        '206':
          description: Part of a thing.
          content:
            text/plain: { schema: { type: string } }
            application/*: { schema: { type: object } }
            application/vnd.shop+json;v=2: { schema: { type: object } }
        '3XX': { description: Elsewhere. }
        '404':
          description: No such thing.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Error' }
              examples:
                one: { value: { status: 404, error: { code: GONE, message: Thing is gone } } }
                two: { value: { status: 404, error: { code: NEVER, message: Thing thing-123 never was here. } } }
        4XX:
          description: Refused.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Error' }
              examples:
                slow: { value: { status: 429, error: { code: SLOW, message: Slow down please } } }
        '503':
          description: Busy.
          content:
            application/json: { schema: { $ref: '#/components/schemas/Error' } }
        '409':
          description: Reserved. Its status is a code of the shop's own.
          content:
            application/json:
              schema: { $ref: '#/components/schemas/Error' }
              examples:
                plain: { value: { error: { code: TAKEN, message: Somebody else has it } } }
                coded: { value: { status: 7, error: { code: HELD_7, message: Somebody holds it } } }
                low: { value: { status: 99, error: { code: HELD_99, message: Somebody holds it } } }
                high: { value: { status: 600, error: { code: HELD_600, message: Somebody holds it } } }
                other: { value: { status: 599, error: { code: GONE_599, message: Somebody is gone } } }
        '410':
          description: Gone.
          content:
            application/vnd.shop+json;v=2: { schema: { type: object } }
        default:
          description: Anything else.
          content:
            application/problem+json:
              schema: { type: object, properties: { title: { type: string } }, additionalProperties: true }
components:
  schemas:
    Error:
      example: { status: 429, error: { code: SLOW, message: Slow down } }
      allOf:
        - type: object
          properties: { status: { type: integer } }
        - type: object
          properties:
            error:
              type: object
              properties: { code: { type: string }, message: { type: string }, details: { type: object } }
`;

let read: Promise<Operation> | undefined;

/** The operation `get_thing` of another document than that of delete_backup. */
export function getThing(): Promise<Operation> {
  read ??= readShop();
  return read;
}

async function readShop(): Promise<Operation> {
  const folder = mkdtempSync(join(tmpdir(), 'checks-'));
  try {
    const file = join(folder, 'shop.yaml');
    writeFileSync(file, shop);
    return findOperation(await readDocument(file), 'get_thing');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
