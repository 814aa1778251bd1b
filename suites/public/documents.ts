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
