import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Operation } from '../../model/document.ts';
import { readDocument } from '../../openapi/document/document.ts';
import { findOperation } from '../../openapi/operation/operation.ts';

/** Bodies and headers that are declared otherwise than as `application/json`. */
const other = `openapi: 3.1.0
info: { title: Other types, version: '1' }
paths:
  /other/{id}:
    get:
      operationId: get_other
      parameters: [{ in: path, name: id, required: true, schema: { type: string } }]
      responses:
        '200':
          description: Anything.
          content: { '*/*': { schema: { $ref: '#/components/schemas/Thing' } } }
        '201':
          description: A number.
          headers:
            X-Xml: { content: { application/xml: { schema: { type: object } } } }
            X-Text: { content: { text/plain: { schema: { type: integer } } } }
            X-Json: { content: { application/json: { schema: { type: object, required: [page], properties: { page: { type: integer } } } } } }
            X-Pair: { schema: { type: object, required: [a], properties: { a: { type: integer }, b: { type: string } } } }
          content: { text/plain: { schema: { type: integer, minimum: 10 } } }
        '202':
          description: A word.
          content: { 'text/*': { schema: { type: string, enum: [yes please, no] } } }
        '203':
          description: XML.
          content: { application/xml: { schema: { type: object } } }
        '204': { description: Nothing. }
        '205':
          description: A slip in the schema.
          content: { application/json: { schema: { allOf: [{ $ref: '#/components/schemas/Slip' }] } } }
        '206':
          description: Some application's type.
          content: { 'application/*': { schema: { $ref: '#/components/schemas/Thing' } } }
        '207':
          description: An archive.
          content: { application/zip: { schema: { type: string, format: binary, minLength: 2 } } }
        '208':
          description: Anything at all.
          content: { '*/*': {} }
        '220':
          description: Lines of JSON.
          content: { application/x-ndjson: { schema: { $ref: '#/components/schemas/Thing' } } }
        '221':
          description: Lines of JSON, as a list.
          content: { application/jsonl: { schema: { type: array, items: { $ref: '#/components/schemas/Thing' } } } }
        '222':
          description: Events with a payload of JSON.
          content: { text/event-stream: { schema: { $ref: '#/components/schemas/Thing' } } }
        '223':
          description: Events as they are.
          content: { text/event-stream: { schema: { type: object, required: [event], properties: { event: { enum: [added, gone] }, data: { type: string, minLength: 1 } } } } }
        '224':
          description: Events as one text.
          content: { text/event-stream: { schema: { type: string } } }
        '225':
          description: A sequence of JSON texts.
          content: { application/json-seq: { schema: { $ref: '#/components/schemas/Thing' } } }
        '409':
          description: A problem.
          content: { 'application/*': {} }
components:
  schemas:
    Thing: { type: object, required: [id], properties: { id: { type: string }, pin: { type: string, writeOnly: true } } }
    Slip: { type: object, properties: { id: { type: string, maxLenght: 3 } } }
`;

let read: Promise<Operation> | undefined;

/** The operation `get_other` of a document that declares other media types than JSON. */
export function getOther(): Promise<Operation> {
  read ??= readOther();
  return read;
}

async function readOther(): Promise<Operation> {
  const folder = mkdtempSync(join(tmpdir(), 'other-types-'));
  try {
    const file = join(folder, 'other.yaml');
    writeFileSync(file, other);
    return findOperation(await readDocument(file), 'get_other');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
