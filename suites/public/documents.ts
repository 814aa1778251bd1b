import { readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { packageRoot } from '../../harness/core/package-files.ts';

interface NamedDocument {
  readonly name: string;
  readonly file: string;
}

/** Public documents that npm packages ship, which this project has as development dependencies. */
export const publicDocuments: readonly NamedDocument[] = [
  { name: 'petstore, OpenAPI 3.0', file: fileOf('@readme/oas-examples/3.0/json/petstore.json') },
  { name: 'petstore, OpenAPI 3.1', file: fileOf('@readme/oas-examples/3.1/json/petstore.json') },
  { name: 'train-travel', file: fileOf('@readme/oas-examples/3.1/json/train-travel.json') },
  { name: 'star-trek', file: fileOf('@readme/oas-examples/3.0/json/star-trek.json') },
  { name: 'uspto', file: fileOf('@readme/oas-examples/3.0/json/uspto.json') },
  { name: 'galaxy', file: fileOf('@scalar/galaxy/dist/latest.json') },
];

function fileOf(path: string): string {
  return join(packageRoot, 'node_modules', path);
}

/** Without operations, or without a response: there is nothing to run. */
const empty = new Set(['webhooks.json', 'schema-encoding-style.json', 'response-http-behavior.json']);

/** All other documents of the package, which try one feature of OpenAPI each. */
export const featureDocuments: readonly NamedDocument[] = ['3.0', '3.1'].flatMap((version) => {
  const folder = fileOf(`@readme/oas-examples/${version}/json`);
  const known = new Set(publicDocuments.map(({ file }) => file));
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json') && !empty.has(name))
    .map((name) => ({ name: `${version} ${name}`, file: join(folder, name) }))
    .filter(({ file }) => !known.has(file));
});

/** The OpenAPI documents of a folder of the user's own; a folder in it may have the other files of one document. */
export function documentsIn(folder: string): readonly NamedDocument[] {
  return readdirSync(folder)
    .filter((name) => /\.(json|ya?ml)$/.test(name))
    .map((name) => ({ name, file: resolve(folder, name) }))
    .filter(({ file }) => statSync(file, { throwIfNoEntry: false })?.isDirectory() !== true);
}
