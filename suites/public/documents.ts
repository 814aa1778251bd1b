import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Public documents that npm packages ship, which this project has as development dependencies. */
export const publicDocuments: readonly { readonly name: string; readonly file: string }[] = [
  { name: 'petstore, OpenAPI 3.0', file: fileOf('@readme/oas-examples/3.0/json/petstore.json') },
  { name: 'petstore, OpenAPI 3.1', file: fileOf('@readme/oas-examples/3.1/json/petstore.json') },
  { name: 'train-travel', file: fileOf('@readme/oas-examples/3.1/json/train-travel.json') },
  { name: 'star-trek', file: fileOf('@readme/oas-examples/3.0/json/star-trek.json') },
  { name: 'uspto', file: fileOf('@readme/oas-examples/3.0/json/uspto.json') },
  { name: 'galaxy', file: fileOf('@scalar/galaxy/dist/latest.json') },
];

function fileOf(path: string): string {
  return fileURLToPath(new URL(`../../node_modules/${path}`, import.meta.url));
}

/** Without operations, or without a response: there is nothing to run. */
const empty = new Set(['webhooks.json', 'schema-encoding-style.json', 'response-http-behavior.json']);

/** All other documents of the package, which try one feature of OpenAPI each. */
export const featureDocuments: readonly { readonly name: string; readonly file: string }[] = ['3.0', '3.1'].flatMap(
  (version) => {
    const folder = fileOf(`@readme/oas-examples/${version}/json`);
    const known = new Set(publicDocuments.map(({ file }) => file));
    return readdirSync(folder)
      .filter((name) => name.endsWith('.json') && !empty.has(name))
      .map((name) => ({ name: `${version} ${name}`, file: join(folder, name) }))
      .filter(({ file }) => !known.has(file));
  },
);
