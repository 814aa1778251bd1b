import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { MediaType, OasDocument } from '../model/document.ts';
import { documentOf, folderOf, head, refusal } from '../testing/documents/document-folder.ts';
import { readDocument } from './document/document.ts';
import { findOperation, listOperations } from './operation/operation.ts';
import { cookieParts, styleOf } from './request/style.ts';
import { xmlText } from './request/xml.ts';
import { schemaIssues } from './schema/schema.ts';

const v32 = head('3.2.0');
const withSchemas = (schemas: string): Promise<OasDocument> =>
  documentOf(`${v32}paths: {}\ncomponents:\n  schemas:\n${schemas.replace(/^/gm, '    ')}`);

describe('the meta-schema of OpenAPI 3.2', () => {
  it.each([
    [
      'a query beside a querystring',
      `parameters: [{ in: query, name: a, schema: {} }, { in: querystring, name: b, content: { text/plain: {} } }]`,
    ],
    ['a querystring with a schema', `parameters: [{ in: querystring, name: b, schema: {} }]`],
    [
      'two values in one example',
      `responses: { '200': { content: { a/b: { examples: { x: { value: 1, dataValue: 1 } } } } } }`,
    ],
  ])('refuses %s', async (_, part) => {
    const text = `${v32}paths:\n  /x:\n    get:\n      responses: { default: {} }\n      ${part}\n`.replace(
      /responses: \{ default: \{\} \}\n {6}(?=responses)/,
      '',
    );
    expect(await refusal(documentOf(text))).toMatch(/^E_DOCUMENT_INVALID/);
  });

  it('takes what is new only in 3.2', async () => {
    const paths = `paths: { /x: { query: { responses: { '200': {} } } } }\n`;
    expect(listOperations(await documentOf(v32 + paths)).map(({ method }) => method)).toEqual(['QUERY']);
    expect(await refusal(documentOf(head('3.1.1') + paths))).toMatch(/^E_DOCUMENT_INVALID/);
  });
});

it('a document of several files is put together, and goes by its own name', async () => {
  const folder = folderOf({
    'api.yaml': `${v32}$self: https://x.example/api\npaths:\n  /x: { get: { operationId: x, responses: { '200': { content: { application/jsonl: { $ref: 'parts.yaml#/lines' } } } } } }\ncomponents: { schemas: { Own: { $ref: 'https://x.example/api#/components/schemas/Other' }, Other: { type: integer } } }\n`,
    'parts.yaml': 'lines: { itemSchema: { type: string } }\n',
  });
  const document = await readDocument(join(folder, 'api.yaml'));
  expect(document.openapi).toBe('3.2.0');
  expect(schemaIssues(document, '/components/schemas/Own', 'x')).toHaveLength(1);
  const [media] = findOperation(document, 'x').responses[0]?.media ?? [];
  expect(media?.ofItems).toBe(true);
  expect(schemaIssues(document, media?.schema ?? '', 5)).toHaveLength(1);
});

it('a value without a known discriminator is of the default alternative', async () => {
  const document = await withSchemas(`A: { type: object, required: [a] }
B: { type: object, required: [b] }
Any: { oneOf: [{ $ref: '#/components/schemas/A' }, { $ref: '#/components/schemas/B' }], discriminator: { propertyName: kind, defaultMapping: B } }
`);
  const fits = (value: object): boolean => schemaIssues(document, '/components/schemas/Any', value).length === 0;
  expect([fits({ kind: 'A', a: 1 }), fits({ b: 1 }), fits({ kind: 'else', b: 1 })]).toEqual([true, true, true]);
  expect([fits({ kind: 'A', b: 1 }), fits({ a: 1 }), fits({ kind: 'else', a: 1 })]).toEqual([false, false, false]);
});

it.each([
  ['a text as it is', 'a b/ü', undefined, ['c=a b/ü']],
  ['a list, exploded by default', ['x', 'y z'], undefined, ['c=x', 'c=y z']],
  ['a list in one', ['x', 'y'], false, ['c=x,y']],
  ['an object, exploded by default', { a: '1', b: '2' }, undefined, ['a=1', 'b=2']],
  ['an object in one', { a: '1', b: '2' }, false, ['c=a,1,b,2']],
] as const)('the style cookie writes %s', (_, value, explode, want) => {
  const style = styleOf({ in: 'cookie', style: 'cookie', ...(explode === undefined ? {} : { explode }) });
  expect(cookieParts('c', value, style)).toEqual(want);
});

it('XML nodes are of the type that the schema says', async () => {
  const document = await withSchemas(`Book:
  type: object
  properties:
    id: { type: string, xml: { nodeType: attribute } }
    note: { type: string, xml: { nodeType: cdata } }
    rest: { type: string, xml: { nodeType: text } }
    tags: { type: array, xml: { nodeType: element }, items: { type: string, xml: { name: tag } } }
    group: { type: object, xml: { nodeType: none }, properties: { a: { type: integer } } }
`);
  const value = { id: '1&2', note: '<b>]]>', rest: 'x<', tags: ['p', 'q'], group: { a: 1 } };
  expect(xmlText(document, '/components/schemas/Book', value).split('\n')[1]).toBe(
    '<Book id="1&#38;2"><![CDATA[<b>]]]]><![CDATA[>]]>x&#60;<tags><tag>p</tag><tag>q</tag></tags><a>1</a></Book>',
  );
});

describe('a media type by keywords that are not applied', () => {
  const parts = '{ multipart/mixed: { itemSchema: {}, itemEncoding: { contentType: image/png } } }';

  it('is named in a response', async () => {
    const document = await documentOf(
      `${v32}paths: { /x: { get: { operationId: x, responses: { '200': { content: ${parts} } } } } }\n`,
    );
    const media: MediaType | undefined = findOperation(document, 'x').responses[0]?.media[0];
    expect(media?.notApplied).toEqual(['itemEncoding', 'itemSchema']);
  });

  it('is refused as the only one of a request', async () => {
    const document = await documentOf(
      `${v32}paths: { /x: { post: { operationId: x, requestBody: { content: ${parts} }, responses: { default: {} } } } }\n`,
    );
    expect(await refusal(() => findOperation(document, 'x'))).toMatch(
      /^E_BODY_UNSUPPORTED exit 2\n.*a body of multipart\/mixed cannot be written by itemEncoding and itemSchema/,
    );
  });
});
