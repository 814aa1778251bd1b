import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageFile } from '../../core/package-files.ts';
import { readDocument } from './document.ts';
import { documentOf, folderOf, head, refusal } from '../../testing/documents/document-folder.ts';

const valid = `${head()}paths: {}\n`;

describe('a readable document', () => {
  test.for([
    ['3.0 in YAML', valid],
    ['3.1 in YAML', `${head('3.1.0')}paths: {}\n`],
    ['3.1 with webhooks only', `${head('3.1.1')}webhooks: {}\n`],
    [
      'JSON with tabs',
      JSON.stringify({ openapi: '3.0.3', info: { title: 'Shop', version: '1' }, paths: {} }, null, '\t'),
    ],
    ['JSON in one line', JSON.stringify({ openapi: '3.1.0', info: { title: 'Shop', version: '1' }, paths: {} })],
    ['YAML after a byte order mark', `\uFEFF${valid}`],
    ['YAML with Windows line ends', valid.replaceAll('\n', '\r\n')],
    [
      'anchors, aliases and merge keys',
      `x-all: &all { title: Shop, version: '1' }\nopenapi: 3.0.3\ninfo: { <<: *all }\npaths: {}\n`,
    ],
    ['a vendor extension that holds what looks like a reference', `${valid}x-data: { $ref: './no-such-file.yaml' }\n`],
  ] as const)('is %s', async ([, text]) => {
    const document = await documentOf(text);
    expect(document).toMatchObject({ title: 'Shop', version: '1' });
  });

  test('is the shipped one', async () => {
    const document = await readDocument(packageFile('specs', 'db_control_2025-04.oas.yaml'));
    expect(document).toMatchObject({
      title: 'Pinecone Control Plane API',
      version: '2025-04',
      openapi: '3.0.3',
      servers: ['https://api.pinecone.io'],
    });
    expect(document.lines[27]).toBe('    delete:');
  });

  test('has its server variables filled in', async () => {
    const document = await documentOf(
      `${valid}servers:\n  - url: https://{region}.example.test/{base}\n    variables: { region: { default: eu } }\n  - url: /v2\n`,
    );
    expect(document.servers).toEqual(['https://eu.example.test/{base}', '/v2']);
  });

  test('may unfold to any size through internal references', async () => {
    const layers = Array.from({ length: 60 }, (_, n) => {
      const ref = `{ $ref: '#/components/schemas/S${n}' }`;
      return `    S${n + 1}: { properties: { a: ${ref}, b: ${ref} } }`;
    });
    const document = await documentOf(
      `${valid}components:\n  schemas:\n    S0: { type: string }\n${layers.join('\n')}\n`,
    );
    expect(document.title).toBe('Shop');
  });
});

describe('a file that is refused', () => {
  const deep = `${head()}paths: ${'['.repeat(20_000)}`;
  const bomb = Array.from({ length: 12 }, (_, n) => `a${n + 1}: &a${n + 1} [${Array(9).fill(`*a${n}`).join(', ')}]`);
  const rows: readonly (readonly [string, string | Uint8Array, string])[] = [
    ['is empty', '', 'E_DOCUMENT_EMPTY exit 2\n…/api.yaml is empty'],
    [
      'is only comments',
      '# nothing\n',
      'E_NOT_OPENAPI exit 2\n…/api.yaml is not an OpenAPI document: it holds nothing but comments',
    ],
    ['is a text', 'hello there\n', 'E_NOT_OPENAPI exit 2\n…/api.yaml is not an OpenAPI document: it holds a string'],
    ['is a list', '- 1\n- 2\n', 'E_NOT_OPENAPI exit 2\n…/api.yaml is not an OpenAPI document: it holds a list'],
    [
      'is some other JSON',
      '{ "name": "shop", "private": true }',
      'E_NOT_OPENAPI exit 2\n…/api.yaml is not an OpenAPI document: it has no key `openapi`, but name, private',
    ],
    [
      'is an HTML page',
      '<!doctype html><p>Hello',
      'E_NOT_OPENAPI exit 2\n…/api.yaml is an HTML or XML page, not an OpenAPI document',
    ],
    [
      'is noise',
      new Uint8Array(1000).map((_, n) => (n * 7919) % 251),
      'E_DOCUMENT_NOT_TEXT exit 2\n…/api.yaml is not UTF-8 text',
    ],
    ['is UTF-16', Buffer.from(`\uFEFF${valid}`, 'utf16le'), 'E_DOCUMENT_NOT_TEXT exit 2\n…/api.yaml is not UTF-8 text'],
    [
      'is Swagger 2.0',
      `swagger: '2.0'\ninfo: {}\npaths: {}\n`,
      'E_SPEC_VERSION exit 2\n…/api.yaml is a Swagger "2.0" document; OpenAPI 3.0, 3.1 and 3.2 are read',
    ],
    [
      'is OpenAPI 3.3',
      `${head('3.3.0')}paths: {}\n`,
      'E_SPEC_VERSION exit 2\n…/api.yaml declares OpenAPI "3.3.0"; 3.0, 3.1 and 3.2 are read',
    ],
    [
      'has a number as version',
      'openapi: 3.1\n',
      'E_SPEC_VERSION exit 2\n…/api.yaml declares OpenAPI 3.1; 3.0, 3.1 and 3.2 are read',
    ],
    [
      'breaks off',
      `${head()}paths:\n  /a: [\n`,
      'E_YAML exit 2\n…/api.yaml:5:1: Flow sequence in block collection must be sufficiently indented',
    ],
    ['has a key twice', `${valid}paths: {}\n`, 'E_YAML exit 2\n…/api.yaml:4:1: the key "paths" is here twice'],
    ['is nested without end', deep, 'E_YAML exit 2\n…/api.yaml is nested too deeply to be read'],
    [
      'contains itself',
      `${head()}paths: &p { /a: *p }\n`,
      'E_DOCUMENT_TOO_LARGE exit 2\n…/api.yaml unfolds to more or deeper values',
    ],
    [
      'is an alias bomb',
      `a0: &a0 [x]\n${bomb.join('\n')}\n`,
      'E_YAML exit 2\n…/api.yaml cannot be read as YAML: Excessive alias count',
    ],
  ];
  test.for(rows)('%s', async ([, content, want]) => {
    const folder = folderOf({ 'api.yaml': content });
    const shown = await refusal(readDocument(join(folder, 'api.yaml')), folder);
    expect(shown.slice(0, want.length)).toBe(want);
    expect(shown).toMatch(/\n→ .+/);
  });

  test('is not there', async () => {
    expect(await refusal(readDocument('/no/such/api.yaml'))).toMatchInlineSnapshot(`
      "E_DOCUMENT_MISSING exit 2
      There is no file /no/such/api.yaml
      → Check the path of the OpenAPI document; a URL begins with http:// or https://."
    `);
  });

  test('is a directory', async () => {
    const folder = folderOf({});
    expect(await refusal(readDocument(folder), folder)).toMatchInlineSnapshot(`
      "E_DOCUMENT_DIRECTORY exit 2
      … is a directory, not an OpenAPI document
      → Give the path of the document inside it."
    `);
  });

  test.for([
    ['bytes', (byte: number) => byte, 'E_DOCUMENT_NOT_TEXT'],
    ['letters', (byte: number) => 97 + (byte % 26), 'E_NOT_OPENAPI'],
    ['lines of YAML', (_: number, n: number) => 'a: b\n'.charCodeAt(n % 5), 'E_NOT_OPENAPI'],
  ] as const)('is ten megabytes of %s, long before it could be parsed', async ([, of, code]) => {
    const folder = folderOf({ noise: new Uint8Array(10_000_000).map((_, n) => of((n * 7919) % 251, n)) });
    expect(await refusal(readDocument(join(folder, 'noise')))).toMatch(code);
  });

  test('is larger than the cap', async () => {
    const folder = folderOf({ 'api.yaml': '#'.repeat(21 * 1024 * 1024) });
    expect(await refusal(readDocument(join(folder, 'api.yaml')), folder)).toMatchInlineSnapshot(`
      "E_DOCUMENT_TOO_LARGE exit 2
      …/api.yaml is larger than 20 MB
      → Split the document, or keep only the paths that are tested."
    `);
  });
});

describe('an invalid document', () => {
  const broken = (version: string): string => `${head(version)}paths:
  /a:
    get:
      parameters:
        - { name: x, in: pth }
      responses:
        '200':
          descriptio: misspelt
`;
  test('is refused with pointer and line in 3.0', async () => {
    const folder = folderOf({ 'api.yaml': broken('3.0.3') });
    expect(await refusal(readDocument(join(folder, 'api.yaml')), folder)).toMatchInlineSnapshot(`
      "E_DOCUMENT_INVALID exit 2
      …/api.yaml is not a valid OpenAPI document:
        …/api.yaml:7 /paths/~1a/get/parameters/0/in must be equal to one of the allowed values: path, query, header, cookie
        …/api.yaml:9 /paths/~1a/get/responses/200 must have required property: description
        …/api.yaml:9 /paths/~1a/get/responses/200 must NOT have additional properties: descriptio
      → Correct the document; a linter such as Redocly or Spectral explains each rule."
    `);
  });

  test('is refused with pointer and line in 3.1', async () => {
    const folder = folderOf({ 'api.yaml': broken('3.1.0') });
    expect(await refusal(readDocument(join(folder, 'api.yaml')), folder)).toMatchInlineSnapshot(`
      "E_DOCUMENT_INVALID exit 2
      …/api.yaml is not a valid OpenAPI document:
        …/api.yaml:7 /paths/~1a/get/parameters/0/in must be equal to one of the allowed values: query, header, path, cookie
        …/api.yaml:9 /paths/~1a/get/responses/200 must have required property: description
        …/api.yaml:9 /paths/~1a/get/responses/200 must NOT have unevaluated properties: descriptio
      → Correct the document; a linter such as Redocly or Spectral explains each rule."
    `);
  });

  test('shows no more than five of its mistakes', async () => {
    const paths = Array.from({ length: 9 }, (_, n) => `  /p${n}: { get: { responses: { '200': {} } } }`);
    const folder = folderOf({ 'api.yaml': `${head()}paths:\n${paths.join('\n')}\n` });
    const shown = await refusal(readDocument(join(folder, 'api.yaml')), folder);
    expect(shown.match(/api\.yaml:\d+/g)).toHaveLength(5);
    expect(shown).toMatch('and 4 more');
  });

  test('must have a quoted version, and paths', async () => {
    const folder = folderOf({ 'api.yaml': 'openapi: 3.0.3\ninfo:\n  title: Shop\n  version: 1.0\n' });
    expect(await refusal(readDocument(join(folder, 'api.yaml')), folder)).toMatchInlineSnapshot(`
      "E_DOCUMENT_INVALID exit 2
      …/api.yaml is not a valid OpenAPI document:
        …/api.yaml:4 /info/version must be a string: put it in quotes
        …/api.yaml:1 the document must have the property paths
      → Correct the document; a linter such as Redocly or Spectral explains each rule."
    `);
  });
});

describe('a mistake among several kinds', () => {
  const inSchemes = (scheme: string): string => `paths: {}\ncomponents: { securitySchemes: { Key: ${scheme} } }\n`;
  const inParameters = (parameter: string): string =>
    `paths: { /a: { get: { parameters: [${parameter}], responses: { '200': { description: x } } } } }\n`;
  test.for([
    [
      'apiKey without name',
      inSchemes('{ type: apiKey, in: header }'),
      '/components/securitySchemes/Key must have required property: name',
    ],
    [
      'http without scheme',
      inSchemes('{ type: http }'),
      '/components/securitySchemes/Key must have required property: scheme',
    ],
    [
      'oauth2 without flows',
      inSchemes('{ type: oauth2 }'),
      '/components/securitySchemes/Key must have required property: flows',
    ],
    [
      'a scheme of no kind',
      inSchemes('{ type: magic }'),
      '/components/securitySchemes/Key/type must be equal to one of the allowed values: apiKey, http, oauth2, openIdConnect',
    ],
    [
      'a path parameter that is not required',
      inParameters('{ name: x, in: path, schema: {} }'),
      '/paths/~1a/get/parameters/0 must have required property: required',
    ],
    [
      'a parameter without schema',
      inParameters('{ name: x, in: query }'),
      '/paths/~1a/get/parameters/0 must have required property: schema, content',
    ],
    [
      'a type that is none',
      inParameters('{ name: x, in: query, schema: { type: strin } }'),
      '/paths/~1a/get/parameters/0/schema/type must be equal to one of the allowed values: array, boolean, integer, number, object, string',
    ],
  ] as const)('is reported for the kind that is meant: %s', async ([, text, want]) => {
    const shown = await refusal(documentOf(head() + text));
    const lines = shown.split('\n').filter((line) => line.startsWith('  '));
    expect(lines.map((line) => line.replace(/^ +\S+ /, ''))).toEqual([want]);
  });

  test('is reported in 3.1 too', async () => {
    const shown = await refusal(documentOf(head('3.1.0') + inSchemes('{ type: apiKey, in: header }')));
    expect(shown).toMatch('/components/securitySchemes/Key must have required property: name');
  });
});
