import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this package, where `specs/` and `suites/` are; the same from source and from `dist/`. */
export const packageRoot: string = findRoot(dirname(fileURLToPath(import.meta.url)));

/** The version in package.json. */
export const packageVersion: string = readVersion();

/** A file or folder that ships with the package; relative where it is below the working directory, as people write it. */
export function packageFile(...parts: readonly string[]): string {
  const path = join(packageRoot, ...parts);
  const here = workingFolder();
  const near = here === undefined ? '' : relative(here, path);
  return near.startsWith('..') || near === '' ? path : near;
}

/** Undefined where it was deleted while a shell stands in it. */
function workingFolder(): string | undefined {
  try {
    return process.cwd();
  } catch {
    return undefined;
  }
}

/** A file that the build makes (.ci/generate.mjs). The sources use the same one as the package: the test setup makes it, too. */
export function generatedFile(name: string): string {
  return join(packageRoot, 'dist', 'generated', name);
}

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'package.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('package.json of pinecone-contract was not found above its own code');
  return findRoot(parent);
}

function readVersion(): string {
  const manifest: unknown = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8'));
  return typeof manifest === 'object' && manifest !== null && 'version' in manifest ? String(manifest.version) : '0';
}
