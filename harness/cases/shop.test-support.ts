import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OasDocument, Operation } from '../model.ts';
import { readDocument } from '../spec/document.ts';
import { findOperation } from '../spec/operation.ts';
import { loadSuite, type Suite } from './suite.ts';

/** JSON, and so YAML. */
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

/** Reading takes a while, and many tests want the same document. */
const read = new Map<string, Promise<OasDocument>>();

/** One operation of a document made for the test; `scheme: null` asks for no credential. */
export async function operationOf(
  operation: Data,
  options: {
    readonly route?: string;
    readonly scheme?: Data;
    readonly siblings?: Readonly<Record<string, Data>>;
    readonly parameters?: Data;
    readonly components?: Readonly<Record<string, Data>>;
  } = {},
): Promise<Operation> {
  const { route = 'DELETE /items/{item_id}', scheme = keyInHeader, siblings = {}, components = {} } = options;
  const [method = '', path = ''] = route.split(' ');
  const names = path.match(/(?<=\{)[^{}]+(?=\})/g) ?? [];
  const parameters = options.parameters ?? [];
  const document = {
    openapi: '3.0.3',
    info: { title: 'Shop', version: '7' },
    ...(scheme === null ? {} : { security: [{ key: [] }] }),
    components: { ...components, ...(scheme === null ? {} : { securitySchemes: { key: scheme } }) },
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
  const text = JSON.stringify(document, null, 2);
  const known = read.get(text) ?? fileWith('shop.json', text, (file) => readDocument(file));
  read.set(text, known);
  return findOperation(await known, `${method} ${path}`);
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
  return fileWith('suite.yaml', JSON.stringify(data, null, 2), (_, folder) => loadSuite(folder));
}

/** A suite that provokes these responses, each from a state of its own, and probes nothing. */
export function recipesOf(...keys: readonly string[]): Suite {
  const recipes = Object.fromEntries(keys.map((key) => [key, { state: `state of ${key}` }]));
  return suiteOf({ recipes, roles: {}, resource: undefined });
}

/** What is made of a file that is there only for as long as that takes. */
function fileWith<T>(name: string, text: string, use: (file: string, folder: string) => T): T {
  const folder = mkdtempSync(join(tmpdir(), 'shop-'));
  const clean = (): void => rmSync(folder, { recursive: true, force: true });
  writeFileSync(join(folder, name), text);
  let made: T | undefined;
  try {
    made = use(join(folder, name), folder);
  } finally {
    if (made instanceof Promise) void made.then(clean, clean);
    else clean();
  }
  return made;
}
