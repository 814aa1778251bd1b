import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readDocument } from './document.ts';
import { documentOf, folderOf, head, redirect, refusal, siteOf } from '../../testing/documents/document-folder.ts';
import { findOperation } from '../operation/operation.ts';
import { excerptOf, placeOf } from './place.ts';
import { schemaIssues } from '../schema/schema.ts';

const main = (ref: string): string => `${head()}paths:\n  /a:\n    $ref: '${ref}'\n`;
const item = `get:\n  operationId: get_a\n  responses:\n    '200':\n      description: fine\n`;

describe('references to other files', () => {
  test('put an operation into the document, whose place is in its own file', async () => {
    const folder = folderOf({
      'api.yaml': `${head()}paths:\n  /a: { $ref: 'paths/a.yaml#/item' }\n  /b: { $ref: './paths/a.yaml#/item' }\n`,
      'paths/a.yaml': `item:\n  get:\n    operationId: get_a\n    responses:\n      '200': { $ref: '../responses.yaml#/ok' }\n`,
      'responses.yaml': `# all responses\nok:\n  description: fine\n  content:\n    application/json:\n      schema: { $ref: '#/Tree' }\nTree:\n  type: object\n  properties:\n    child: { $ref: '#/Tree' }\n    size: { type: integer }\n`,
    });
    const document = await readDocument(join(folder, 'api.yaml'));
    const operation = findOperation(document, 'GET /a');
    expect(operation.at).toEqual({ file: join(folder, 'paths/a.yaml'), pointer: '/item/get', line: 2 });
    const [response] = operation.responses;
    expect(response?.at).toEqual({ file: join(folder, 'responses.yaml'), pointer: '/ok', line: 2 });
    const [media] = response?.media ?? [];
    expect(media?.at.line).toBe(5);
    const [issue] = schemaIssues(document, media?.schema ?? '', { child: { child: { size: 'big' } } });
    expect(issue).toMatchObject({
      path: '/child/child/size',
      keyword: 'type',
      at: { file: join(folder, 'responses.yaml'), pointer: '/Tree/properties/size/type', line: 11 },
    });
    expect(excerptOf(document, issue?.at ?? operation.at, 1)).toEqual({
      firstLine: 10,
      lines: ["    child: { $ref: '#/Tree' }", '    size: { type: integer }', ''],
    });
    expect(findOperation(document, 'GET /b').responses[0]?.media[0]?.schema).toBeDefined();
  });

  test('may go in circles between files', async () => {
    const folder = folderOf({
      'api.yaml': `${head()}paths: {}\ncomponents:\n  schemas:\n    A: { $ref: 'b.yaml' }\n`,
      'b.yaml': `type: object\nproperties:\n  a: { $ref: 'api.yaml#/components/schemas/A' }\n  n: { type: integer }\n`,
    });
    const document = await readDocument(join(folder, 'api.yaml'));
    expect(schemaIssues(document, '/components/schemas/A', { a: { a: { n: 1 } } })).toEqual([]);
    expect(schemaIssues(document, '/components/schemas/A', { a: { a: { n: '1' } } })).toHaveLength(1);
  });

  test.for([
    ['a file above', '../secret.yaml', "is outside the document's own folder"],
    ['an encoded way up', '%2e%2e/secret.yaml', "is outside the document's own folder"],
    ['a way in and out again', 'inner/../../secret.yaml', "is outside the document's own folder"],
    ['an absolute path', '/etc/hostname', "is outside the document's own folder"],
    ['a link that leads out', 'link.yaml', "is outside the document's own folder"],
    ['a folder whose name has the same beginning', '../api-secret/x.yaml', "is outside the document's own folder"],
    ['the network', 'http://127.0.0.1:9/x.yaml', 'is on the network, and the document is a file'],
  ] as const)('are not followed to %s', async ([, ref, why]) => {
    const folder = folderOf({
      'secret.yaml': item,
      'api-secret/x.yaml': item,
      'api/api.yaml': main(ref),
      'api/inner/x': '',
    });
    symlinkSync(join(folder, 'secret.yaml'), join(folder, 'api/link.yaml'));
    const shown = await refusal(readDocument(join(folder, 'api/api.yaml')), folder);
    expect(shown).toBe(
      `E_REF_OUTSIDE exit 2\n…/api/api.yaml:5: the $ref ${JSON.stringify(ref)} ${why}\n→ If you trust the document, let it read from there with --allow-external-refs.`,
    );
  });

  test('are followed anywhere when the user allows it', async () => {
    const { origin } = await siteOf({ '/a.yaml': item });
    const folder = folderOf({
      'secret.yaml': item,
      'api/api.yaml': `${main('../secret.yaml')}  /b:\n    $ref: '${origin}/a.yaml'\n`,
    });
    const document = await readDocument(join(folder, 'api/api.yaml'), { allowExternalRefs: true });
    expect(findOperation(document, 'GET /a').at.file).toBe(join(folder, 'api/../secret.yaml'));
    expect(findOperation(document, 'GET /b').at).toEqual({ file: `${origin}/a.yaml`, pointer: '/get', line: 1 });
  });

  test('say which of them leads nowhere, and where it stands', async () => {
    const folder = folderOf({ 'api.yaml': main('a.yaml#/item'), 'a.yaml': item });
    expect(await refusal(readDocument(join(folder, 'api.yaml')), folder)).toMatchInlineSnapshot(`
      "E_REF exit 2
      …/api.yaml:5: the $ref "a.yaml#/item" leads nowhere: …/a.yaml has no /item
      → Correct the reference, or add what it refers to."
    `);
  });

  test('say which file is missing', async () => {
    const folder = folderOf({ 'api.yaml': main('a.yaml') });
    expect(await refusal(readDocument(join(folder, 'api.yaml')), folder)).toMatchInlineSnapshot(`
      "E_REF exit 2
      …/api.yaml:5: the $ref "a.yaml" cannot be followed: There is no file …/a.yaml
      → Correct the reference, or add what it refers to."
    `);
  });

  test('name the line of broken YAML in the file that has it', async () => {
    const folder = folderOf({ 'api.yaml': main('a.yaml'), 'a.yaml': 'get: {\n  x' });
    expect(await refusal(readDocument(join(folder, 'api.yaml')), folder)).toMatch(/^E_YAML exit 2\n…\/a\.yaml:2:/);
  });

  test('say where an included file is invalid', async () => {
    const folder = folderOf({ 'api.yaml': main('a.yaml'), 'a.yaml': `get:\n  responses:\n    '200': {}\n` });
    expect(await refusal(readDocument(join(folder, 'api.yaml')), folder)).toMatchInlineSnapshot(`
      "E_DOCUMENT_INVALID exit 2
      …/api.yaml is not a valid OpenAPI document:
        …/a.yaml:3 /paths/~1a/get/responses/200 must have required property: description
      → Correct the document; a linter such as Redocly or Spectral explains each rule."
    `);
  });
});

describe('references of a document from the network', () => {
  test('are followed at the same origin', async () => {
    const { origin } = await siteOf({ '/v1/api.yaml': main('../shared/a.yaml'), '/shared/a.yaml': item });
    const document = await readDocument(`${origin}/v1/api.yaml`);
    expect(placeOf(document, '/paths/~1a/get')).toEqual({ file: `${origin}/shared/a.yaml`, pointer: '/get', line: 1 });
  });

  test('are not followed to another origin, nor through a redirect there', async () => {
    const other = await siteOf({ '/a.yaml': item });
    const { origin } = await siteOf({
      '/api.yaml': main(`${other.origin}/a.yaml`),
      '/hop.yaml': main('hop-away.yaml'),
      '/hop-away.yaml': redirect(`${other.origin}/a.yaml`),
    });
    expect(await refusal(readDocument(`${origin}/api.yaml`))).toMatch("is not at the document's own origin");
    expect(await refusal(readDocument(`${origin}/hop.yaml`))).toMatch('E_REF exit 2');
    expect(other.asked).toEqual([]);
  });

  test('never read files of this machine', async () => {
    const { origin } = await siteOf({ '/api.yaml': main('file:///etc/hostname') });
    expect(await refusal(readDocument(`${origin}/api.yaml`, { allowExternalRefs: true }), origin))
      .toMatchInlineSnapshot(`
      "E_REF_OUTSIDE exit 2
      …/api.yaml:5: the $ref "file:///etc/hostname" is a URL with the scheme file; paths, http and https are read
      → Bundle the document into one file first."
    `);
  });
});

describe('references within the document', () => {
  test.for([
    [
      'that leads nowhere',
      "{ $ref: '#/components/schemas/Gone' }",
      'leads nowhere: …/api.yaml has no /components/schemas/Gone',
    ],
    ['that leads to itself', "{ $ref: '#/components/schemas/A' }", 'leads in a circle, to no value'],
    ['that is no pointer', "{ $ref: '#Gone' }", 'is not a JSON pointer'],
  ] as const)('one %s is refused', async ([, schema, why]) => {
    const folder = folderOf({ 'api.yaml': `${head()}paths: {}\ncomponents:\n  schemas:\n    A: ${schema}\n` });
    expect(await refusal(readDocument(join(folder, 'api.yaml')), folder)).toMatch(why);
  });

  test('are data where they stand in an example, and references under a property of that name', async () => {
    const schemas = (inner: string): string => `${head()}paths: {}\ncomponents:\n  schemas:\n    A: ${inner}\n`;
    const document = await documentOf(schemas("{ type: object, example: { $ref: './elsewhere.json#/x' } }"));
    expect(document.title).toBe('Shop');
    const property = schemas("{ type: object, properties: { example: { $ref: '#/nowhere' } } }");
    expect(await refusal(documentOf(property))).toMatch('leads nowhere');
  });

  test('are followed through percent-encoding and escapes', async () => {
    const document = await documentOf(
      `${head()}paths:\n  /a/{b}:\n    parameters: [{ name: b, in: path, required: true, schema: { type: string } }]\n    get:\n      responses: { '200': { description: fine } }\n  /c:\n    $ref: '#/paths/~1a~1%7Bb%7D'\n`,
    );
    expect(findOperation(document, 'GET /c').responses[0]?.description).toBe('fine');
  });
});
