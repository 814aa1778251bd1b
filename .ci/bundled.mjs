// Test support is TypeScript, which Node 20 does not read: this bundles a file of it into .cache and imports it.
import { basename, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { rolldown } from 'rolldown';

const root = fileURLToPath(new URL('..', import.meta.url));

/** The exports of a TypeScript file of this repository, named from its root. */
export async function importBundled(source) {
  const file = join(root, '.cache', `${basename(source, '.ts')}.bundled.mjs`);
  const bundle = await rolldown({
    input: join(root, source),
    platform: 'node',
    external: /^[^./]/,
    logLevel: 'silent',
  });
  await bundle.write({ file, format: 'esm', codeSplitting: false });
  return import(pathToFileURL(file).href);
}
