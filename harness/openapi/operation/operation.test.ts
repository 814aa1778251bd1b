import { describe, expect, test } from 'vitest';
import type { OasDocument } from '../../model/document.ts';
import { documentOf, head, refusal } from '../../testing/documents/document-folder.ts';
import { findOperation, operationsOf } from './operation.ts';

const shop = `${head()}security: [{ Key: [] }]
paths:
  /things/{id}:
    summary: One thing
    parameters:
      - { name: id, in: path, required: true, schema: { type: string, default: from-the-path } }
      - $ref: '#/components/parameters/Version'
      - { name: Accept, in: header, schema: { type: string } }
    get:
      operationId: get_thing
      summary: Get a thing
      parameters:
        - { name: id, in: path, required: true, schema: { type: string }, example: t-1 }
        - { name: id, in: query, schema: { type: string, enum: [short, long] } }
        - { name: filter, in: query, content: { application/json: { schema: { type: object, example: { a: 1 } } } } }
      responses:
        '200':
          description: The thing
          headers:
            X-Count: { required: true, schema: { type: integer } }
            X-Note: { $ref: '#/components/headers/Note' }
            Content-Type: { schema: { type: string } }
          content:
            application/json: { schema: { $ref: '#/components/schemas/Thing' } }
            text/plain: { example: a thing }
            application/xml: {}
        404: { $ref: '#/components/responses/Gone' }
        5XX: { description: Our fault }
        default: { description: Anything else, content: { application/json: { schema: { type: object, required: [n], properties: { n: { type: integer } } } } } }
        x-internal: { description: not a response }
    delete:
      description: |-
        Delete a thing.
        It is gone then.
      security: []
      responses: { '204': { description: Gone } }
    post:
      operationId: post_thing
      security: [{ Key: [], Other: [] }, { Key: [] }]
      requestBody:
        required: true
        content:
          text/plain: { schema: { type: string } }
          application/json: { schema: { $ref: '#/components/schemas/Thing' } }
      responses: { '201': { description: Made } }
  /things/{id}/:
    delete:
      security: [{}]
      responses: { '204': { description: Gone } }
  /linked:
    $ref: '#/components/x-items/linked'
components:
  x-items:
    linked:
      put:
        operationId: put_linked
        responses: { '200': { description: Fine } }
  parameters:
    Version: { name: X-Version, in: header, required: true, schema: { type: string, default: '2025-10' } }
  headers:
    Note: { schema: { type: string } }
  schemas:
    Thing: { type: object, example: { name: cup }, properties: { name: { type: string } } }
  examples:
    Missing: { summary: The thing is missing, value: { code: 404 } }
    Elsewhere: { externalValue: 'https://example.test/x.json' }
  responses:
    Gone:
      description: No such thing
      content:
        application/problem+json:
          schema: { type: object }
          examples:
            missing: { $ref: '#/components/examples/Missing' }
            elsewhere: { $ref: '#/components/examples/Elsewhere' }
            inline: { value: { $ref: is data here } }
  securitySchemes:
    Key: { type: apiKey, in: query, name: key }
    Other: { type: http, scheme: bearer }
`;

let shopRead: Promise<OasDocument> | undefined;

function readShop(): Promise<OasDocument> {
  return (shopRead ??= documentOf(shop));
}

/** The line of the document that begins with these words. */
function lineOf(words: string): number {
  return shop.split('\n').findIndex((line) => line.trim().startsWith(words)) + 1;
}

describe('an operation', () => {
  test('merges the parameters of its path, its own overriding by name and place', async () => {
    const { parameters } = findOperation(await readShop(), 'get_thing');
    expect(
      parameters.map(({ name, in: place, required, example, schema, at }) => ({
        name,
        place,
        required,
        example,
        schema,
        line: at.line,
      })),
    ).toEqual([
      {
        name: 'id',
        place: 'path',
        required: true,
        example: 't-1',
        schema: '/paths/~1things~1{id}/get/parameters/0/schema',
        line: 15,
      },
      {
        name: 'X-Version',
        place: 'header',
        required: true,
        example: '2025-10',
        schema: '/components/parameters/Version/schema',
        line: lineOf('Version:'),
      },
      {
        name: 'id',
        place: 'query',
        required: false,
        example: 'short',
        schema: '/paths/~1things~1{id}/get/parameters/1/schema',
        line: 16,
      },
      {
        name: 'filter',
        place: 'query',
        required: false,
        example: { a: 1 },
        schema: '/paths/~1things~1{id}/get/parameters/2/content/application~1json/schema',
        line: 17,
      },
    ]);
  });

  test('lists its responses with ranges and default, each with media types and places', async () => {
    const { responses } = findOperation(await readShop(), 'get_thing');
    expect(
      responses.map(({ key, description, media, at }) => ({
        key,
        description,
        line: at.line,
        media: media.map(({ type, examples }) => [
          type,
          ...examples.map((one) => [one.name, one.value, one.origin, one.at.line]),
        ]),
      })),
    ).toEqual([
      {
        key: '200',
        description: 'The thing',
        line: 19,
        media: [
          ['application/json', ['example', { name: 'cup' }, 'document', lineOf('Thing:')]],
          ['text/plain', ['example', 'a thing', 'document', 27]],
          ['application/xml'],
        ],
      },
      {
        key: '404',
        description: 'No such thing',
        line: 29,
        media: [
          [
            'application/problem+json',
            ['missing', { code: 404 }, 'document', lineOf('Missing:')],
            ['inline', { $ref: 'is data here' }, 'document', lineOf('inline:')],
          ],
        ],
      },
      { key: '5XX', description: 'Our fault', line: 30, media: [] },
      {
        key: 'default',
        description: 'Anything else',
        line: 31,
        media: [['application/json', ['sampled', { n: 0 }, 'sampled', 31]]],
      },
    ]);
  });

  test('lists declared headers but Content-Type', async () => {
    const { responses } = findOperation(await readShop(), 'get_thing');
    expect(responses[0]?.headers.map(({ name, required, schema, at }) => [name, required, schema, at.line])).toEqual([
      ['X-Count', true, '/paths/~1things~1{id}/get/responses/200/headers/X-Count/schema', 22],
      ['X-Note', false, '/components/headers/Note/schema', lineOf('Note:')],
    ]);
  });

  test('knows its security: its own list, none, several at once, or that of the document', async () => {
    const document = await readShop();
    const key = { scheme: 'Key', type: 'apiKey', in: 'query', name: 'key' };
    const bearer = { scheme: 'Other', type: 'http', in: 'header', name: 'Authorization', prefix: 'Bearer' };
    expect(findOperation(document, 'get_thing').security).toEqual([[key]]);
    expect(findOperation(document, 'DELETE /things/{id}').security).toEqual([]);
    expect(findOperation(document, 'DELETE /things/{id}/').security).toEqual([[]]);
    expect(findOperation(document, 'post_thing').security).toEqual([[key, bearer], [key]]);
  });

  test('offers a JSON request body before others', async () => {
    const document = await readShop();
    expect(findOperation(document, 'post_thing').requestBody).toMatchObject({
      type: 'application/json',
      example: { name: 'cup' },
      required: true,
    });
    expect(findOperation(document, 'get_thing').requestBody).toBeUndefined();
  });

  test('without an operationId is named after method and path, uniquely', async () => {
    const document = await readShop();
    expect(operationsOf(document).map(({ id }) => id)).toEqual([
      'get_thing',
      'post_thing',
      'delete_things_id',
      'delete_things_id_2',
      'put_linked',
    ]);
    expect(findOperation(document, 'delete_things_id')).toMatchObject({
      method: 'DELETE',
      summary: 'Delete a thing.',
      siblings: ['GET', 'POST', 'DELETE'],
    });
  });

  test.for(['get_thing', 'GET /things/{id}', 'get /things/{id}', ' GET   /things/{id} '])(
    'is found as %j',
    async (name) => {
      expect(findOperation(await readShop(), name).id).toBe('get_thing');
    },
  );
});

describe('an operation that is not there', () => {
  test.for([
    ['get_thnig', 'Close to it: get_thing.'],
    ['thing', 'Close to it: delete_things_id, delete_things_id_2, get_thing, post_thing.'],
    ['PUT /thing', 'Close to it: delete_things_id, delete_things_id_2, get_thing, post_thing.'],
    ['zzzzzzzzzzzz', 'It declares delete_things_id, delete_things_id_2, get_thing, post_thing, put_linked.'],
  ] as const)('%s: %s', async ([name, hint]) => {
    const document = await readShop();
    const shown = await refusal(() => findOperation(document, name), document.source);
    expect(shown).toMatch(`E_OPERATION exit 2\n… has no operation ${name}\n→ ${hint}`);
  });

  test('is an error that says so where the document has none at all', async () => {
    const document = await documentOf(`${head()}paths: {}\n`);
    expect(await refusal(() => findOperation(document, 'x'))).toMatch('The document declares no operations.');
  });

  test('is ambiguous where two share an operationId', async () => {
    const one = "get: { operationId: same, responses: { '200': { description: x } } }";
    const document = await documentOf(`${head()}paths:\n  /a: { ${one} }\n  /b: { ${one} }\n`);
    expect(await refusal(() => findOperation(document, 'same'), document.source)).toMatchInlineSnapshot(`
      "E_OPERATION exit 2
      … has 2 operations named same
      → Name one by method and path: GET /a, GET /b."
    `);
    expect(findOperation(document, 'GET /b').path).toBe('/b');
  });

  test('has a security scheme that is nowhere declared', async () => {
    const document = await documentOf(
      `${head()}security: [{ Nope: [] }]\npaths:\n  /a: { get: { responses: { '200': { description: x } } } }\n`,
    );
    expect(await refusal(() => findOperation(document, 'GET /a'), document.source)).toMatchInlineSnapshot(`
      "E_DOCUMENT_INVALID exit 2
      …:3: the security scheme Nope is asked for, but not declared
      → Correct it under components.securitySchemes."
    `);
  });
});
