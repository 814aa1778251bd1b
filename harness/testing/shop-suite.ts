import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonObject, OasDocument, Operation } from '../model/document.ts';
import { findOperation } from '../openapi/operation/operation.ts';
import { loadSuite, type Suite } from '../cases/suite.ts';

/** Anything that can be written as JSON. */
type Data = unknown;

const keyInHeader = { type: 'apiKey', in: 'header', name: 'Api-Key' };

const problem = {
  schema: { type: 'object', properties: { error: { type: 'string' } } },
  examples: { 'no-such-item': { value: { error: 'none' } } },
};

/** `DELETE /items/{item_id}` with every kind of response that a probe needs. */
export const removeItem = {
  operationId: 'remove_item',
  responses: {
    '202': { description: 'Accepted' },
    '401': { description: 'Unknown key', content: { 'application/json': problem } },
    '404': { description: 'No such item', content: { 'application/json': problem } },
    '409': { description: 'In use', content: { 'application/json': problem } },
  },
};

/** One operation of a document made for the test; `scheme: null` asks for no credential. */
export function operationOf(
  operation: Data,
  options: {
    readonly route?: string;
    readonly scheme?: Data;
    /** The security alternatives; by default the key alone. */
    readonly security?: Data;
    readonly siblings?: Readonly<Record<string, Data>>;
    readonly parameters?: Data;
  } = {},
): Operation {
  const { route = 'DELETE /items/{item_id}', scheme = keyInHeader, siblings = {} } = options;
  const [method = '', path = ''] = route.split(' ');
  const names = path.match(/(?<=\{)[^{}]+(?=\})/g) ?? [];
  const parameters = options.parameters ?? [];
  const root = {
    openapi: '3.0.3',
    info: { title: 'Shop', version: '7' },
    ...(scheme === null ? {} : { security: options.security ?? [{ key: [] }] }),
    components: scheme === null ? {} : { securitySchemes: { key: scheme } },
    paths: {
      [path]: {
        parameters: [
          ...names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
          ...(Array.isArray(parameters) ? (parameters as readonly Data[]) : []),
        ],
        [method.toLowerCase()]: operation,
        ...siblings,
      },
    },
  };
  return findOperation(documentWith(root), `${method} ${path}`);
}

/** A document as if it had been read from a file; reading one that is known to be valid takes a second. */
function documentWith(data: Data): OasDocument {
  const text = JSON.stringify(data, null, 2);
  const root = JSON.parse(text) as JsonObject;
  const lines = text.split('\n');
  return { source: 'shop.json', title: 'Shop', version: '7', openapi: '3.0.3', sha256: '', root, lines, servers: [] };
}

/** The suite of `remove_item`, with changes. */
export function suiteOf(changes: Readonly<Record<string, Data>> = {}): Suite {
  const data = {
    suite: 'shop',
    version: '1.0.0',
    operation: 'remove_item',
    recipes: {
      '202': { state: 'an item', consumes: true },
      '401': { state: 'no such item', credential: 'wrong' },
      '404': { state: 'no such item' },
      '409': { state: 'an item in use' },
    },
    roles: { accepted: '202', unauthorized: '401', missing: '404', locked: '409' },
    resource: 'item_id',
    observers: { one: { path: '/items/{item_id}' } },
    ...changes,
  };
  return suiteIn(JSON.stringify(data, null, 2));
}

/** A suite that provokes these responses, each from a state of its own, and probes nothing. */
export function recipesOf(...keys: readonly string[]): Suite {
  const recipes = Object.fromEntries(keys.map((key) => [key, { state: `state of ${key}` }]));
  return suiteOf({ recipes, roles: {}, resource: undefined });
}

function suiteIn(text: string): Suite {
  const folder = mkdtempSync(join(tmpdir(), 'shop-'));
  try {
    writeFileSync(join(folder, 'suite.yaml'), text);
    return loadSuite(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
