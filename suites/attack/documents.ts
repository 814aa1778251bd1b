import type { Attack } from './attack.ts';
import { replacements } from './replace.ts';

const error = {
  type: 'object',
  required: ['error', 'status'],
  properties: {
    status: { type: 'integer' },
    error: {
      type: 'object',
      required: ['code', 'message'],
      properties: { code: { type: 'string', enum: ['NOT_FOUND', 'UNAUTHENTICATED'] }, message: { type: 'string' } },
    },
  },
};

const missing = {
  description: 'Not found.',
  content: {
    'application/json': {
      schema: { $ref: '#/components/schemas/Error' },
      examples: {
        none: { value: { error: { code: 'NOT_FOUND', message: 'Thing t-1 not found.' }, status: 404 } },
      },
    },
  },
};

/** A small valid document with everything that the harness reads. */
const smallDocument = {
  openapi: '3.0.3',
  info: { title: 'Things', version: '1' },
  servers: [{ url: 'https://things.example' }],
  security: [{ Key: [] }],
  paths: {
    '/backups/{backup_id}': {
      delete: {
        operationId: 'delete_backup',
        parameters: [{ in: 'path', name: 'backup_id', required: true, schema: { type: 'string' }, example: 't-1' }],
        responses: {
          '202': { description: 'Accepted.', headers: { 'X-Trace': { schema: { type: 'string' } } } },
          '401': {
            description: 'Unauthorized.',
            content: { 'application/json': { schema: { $ref: '#/components/schemas/Error' } } },
          },
          '404': missing,
        },
      },
    },
  },
  components: {
    schemas: { Error: error },
    securitySchemes: { Key: { type: 'apiKey', in: 'header', name: 'Api-Key' } },
  },
};

/** The small document with a schema for the body of 404. */
function withSchema(schema: unknown, openapi = '3.1.0'): string {
  return JSON.stringify({
    ...smallDocument,
    openapi,
    components: { ...smallDocument.components, schemas: { Error: schema } },
  });
}

function nested(depth: number): unknown {
  let schema: unknown = { type: 'string' };
  for (let level = 0; level < depth; level += 1) schema = { allOf: [schema] };
  return schema;
}

const aliases = Array.from({ length: 12 }, (_, level) =>
  level === 0
    ? 'a0: &a0 [x, x, x, x, x, x, x, x, x]'
    : `a${level}: &a${level} [${`*a${level - 1}, `.repeat(8)}*a${level - 1}]`,
).join('\n');

const written: Readonly<Record<string, string | Uint8Array>> = {
  empty: '',
  'one space': ' ',
  'a byte order mark alone': '\ufeff',
  'NUL bytes': 'openapi: 3.0.3\0\0',
  'no UTF-8': new Uint8Array([0x6f, 0xff, 0xfe, 0x00, 0x41]),
  'an HTML page': '<!doctype html><title>404</title>',
  'open brackets': '['.repeat(200_000),
  'open braces': '{"a":'.repeat(50_000),
  'deep YAML': Array.from({ length: 3000 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n'),
  'a million dashes': '- '.repeat(500_000),
  'aliases that multiply': `openapi: 3.0.3\n${aliases}\npaths: *a11\n`,
  'an alias of itself': 'openapi: 3.0.3\npaths: &p\n  /a: *p\n',
  'a merge key of itself': 'a: &a\n  <<: *a\n',
  'tags of other languages': 'openapi: !!js/function "function(){}"\npaths: !!python/object:os.system ls\n',
  'duplicate keys': '{"openapi":"3.0.3","openapi":"3.1.0","paths":{},"paths":{}}',
  'a number for the version': '{"openapi":3.0,"info":{"title":"x","version":"1"},"paths":{}}',
  'Swagger 2': '{"swagger":"2.0","info":{"title":"x","version":"1"},"paths":{}}',
  'OpenAPI 4': '{"openapi":"4.0.0","info":{"title":"x","version":"1"},"paths":{}}',
  'no paths': '{"openapi":"3.0.3","info":{"title":"x","version":"1"}}',
  'paths in a list': '{"openapi":"3.0.3","info":{"title":"x","version":"1"},"paths":[]}',
  '__proto__ as a path':
    '{"openapi":"3.0.3","info":{"title":"x","version":"1"},"paths":{"__proto__":{"delete":{"operationId":"delete_backup","responses":{}}}}}',
  'a reference to itself': withSchema({ $ref: '#/components/schemas/Error' }),
  'a reference to nothing': withSchema({ $ref: '#/components/schemas/Nothing' }),
  'a reference to a file': withSchema({ $ref: '/etc/passwd' }),
  'a reference to a file URL': withSchema({ $ref: 'file:///etc/passwd' }),
  'a reference upwards': withSchema({ $ref: '../victim/keep.txt' }),
  'a reference to a host': withSchema({ $ref: 'http://127.0.0.1:9/secret' }),
  'a reference to metadata': withSchema({ $ref: 'http://169.254.169.254/latest/meta-data' }),
  'a reference with control characters': withSchema({ $ref: '\u001b[2J\n::set-output name=a::b' }),
  'a circle of references': withSchema({ properties: { error: { $ref: '#/components/schemas/Error' } } }),
  'a circle that is required': withSchema({
    required: ['error'],
    properties: { error: { $ref: '#/components/schemas/Error' } },
  }),
  'a pattern that backtracks': withSchema({
    properties: { error: { properties: { message: { pattern: '^(a+)+$' } } } },
  }),
  'a pattern with nested alternatives': withSchema({
    properties: { error: { properties: { message: { pattern: '^(([a-z])+.)+[A-Z]([a-z])+$' } } } },
  }),
  'a pattern that is none': withSchema({ properties: { error: { properties: { message: { pattern: '(' } } } } }),
  'a pattern of 100 kB': withSchema({
    properties: { error: { properties: { message: { pattern: '(a|b)'.repeat(20_000) } } } },
  }),
  'a pattern with an inline flag': withSchema({
    properties: { error: { properties: { message: { pattern: '(?i)x' } } } },
  }),
  'a schema 2,000 levels deep': withSchema(nested(2000)),
  'allOf of a thousand': withSchema({ allOf: Array.from({ length: 1000 }, (_, index) => ({ title: String(index) })) }),
  'oneOf of a thousand that all fit': withSchema({ oneOf: Array.from({ length: 1000 }, () => ({ type: 'object' })) }),
  'an enum of 50,000': withSchema({
    properties: {
      error: { properties: { code: { enum: Array.from({ length: 50_000 }, (_, index) => `C${index}`) } } },
    },
  }),
  'minLength beyond memory': withSchema({
    properties: { error: { properties: { message: { type: 'string', minLength: 1e9 } } } },
  }),
  'minItems beyond memory': withSchema({ type: 'array', minItems: 1e9, items: { type: 'string' } }),
  'a schema that is false': withSchema(false),
  'contradictory bounds': withSchema({ type: 'integer', minimum: 10, maximum: 1 }),
  'an unknown type': withSchema({ type: 'banana' }),
  'a $id that leads away': withSchema({ $id: 'https://elsewhere.example/x', $ref: '#/y' }),
  'a $dynamicRef': withSchema({ $dynamicAnchor: 'node', properties: { error: { $dynamicRef: '#node' } } }),
  'names with control characters': JSON.stringify(smallDocument).replaceAll('"none"', '"\\u001b[31mred\\n::error::x"'),
  'a title with commands': JSON.stringify({
    ...smallDocument,
    info: { title: '\n::add-mask::x\n##[stop-commands]t', version: '\u001b]0;x\u0007' },
  }),
  'a path with commands': JSON.stringify(smallDocument).replaceAll(
    '/backups/{backup_id}',
    '/\\n::set-output name=a::b/{backup_id}',
  ),
  'a path of 100 kB': JSON.stringify(smallDocument).replaceAll('/backups/', `/${'a'.repeat(100_000)}/`),
  'a header name with CRLF': JSON.stringify(smallDocument).replaceAll('"X-Trace"', '"X\\r\\nEvil: 1"'),
  'a security name with CRLF': JSON.stringify(smallDocument).replaceAll('"Api-Key"', '"Api-Key\\r\\nEvil"'),
  'a media type that is none': JSON.stringify(smallDocument).replaceAll('application/json', ';;;'),
  'a media type of any kind': JSON.stringify(smallDocument).replaceAll('application/json', '*/*'),
  'a status that is none': JSON.stringify(smallDocument).replaceAll('"404"', '"nine"'),
  'a status of 99': JSON.stringify(smallDocument).replaceAll('"404"', '"099"'),
  'two operations of one name': JSON.stringify({
    ...smallDocument,
    paths: { ...smallDocument.paths, '/b/{backup_id}': smallDocument.paths['/backups/{backup_id}'] },
  }),
  'a parameter that the path lacks': JSON.stringify(smallDocument).replace('/backups/{backup_id}', '/backups'),
  'an example that breaks its schema': JSON.stringify(smallDocument).replace('"status":404', '"status":"404"'),
  'a server URL with a key in it': JSON.stringify({
    ...smallDocument,
    servers: [{ url: 'https://user:pass@things.example/{x}' }],
  }),
  'ten thousand operations': JSON.stringify({
    ...smallDocument,
    paths: {
      ...smallDocument.paths,
      ...Object.fromEntries(
        Array.from({ length: 10_000 }, (_, index) => [
          `/p${index}`,
          { get: { operationId: `o${index}`, responses: { '200': { description: 'x' } } } },
        ]),
      ),
    },
  }),
};

const run = (file: string): readonly string[] => ['run', '--spec', file, 'delete_backup', '--reports', 'out'];

/** Documents that nobody should have written, read by `run` against the mock. */
export const documentAttacks: readonly Attack[] = [
  ...Object.entries(written).map(([name, text]) => ({
    name: `document: ${name}`,
    args: run('d.yaml'),
    files: { 'd.yaml': text },
  })),
  ...replacements(smallDocument, 60).map((text, index) => ({
    name: `document: value ${index} replaced`,
    args: run('d.json'),
    files: { 'd.json': text },
  })),
];
