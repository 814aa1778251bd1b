import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { packageRoot } from '../core/package-files.ts';
import { compiledCli } from './compiled.ts';

/** This package in the node_modules of a folder, as an installation puts it there. */
interface Installed {
  /** The file to start. */
  readonly cli: string;
  /** What is in its files now: one hash for all of their names and bytes. */
  readonly hash: () => string;
}

/** Installs a copy of this package into a folder. Its dependencies are those of this checkout. */
export function installInto(folder: string): Installed {
  const root = join(folder, 'node_modules', 'pinecone-contract');
  mkdirSync(join(root, 'suites'), { recursive: true });
  for (const part of ['package.json', 'specs', 'suites/default.json', 'suites/delete_backup', 'dist/generated']) {
    cpSync(join(packageRoot, part), join(root, part), { recursive: true });
  }
  for (const name of readdirSync(join(packageRoot, 'suites')).filter((each) => each.endsWith('.schema.json'))) {
    cpSync(join(packageRoot, 'suites', name), join(root, 'suites', name));
  }
  cpSync(dirname(compiledCli), join(root, 'dist', 'harness'), { recursive: true });
  symlinkSync(join(packageRoot, 'node_modules'), join(root, 'node_modules'));
  return { cli: join(root, 'dist', 'harness', 'cli.js'), hash: () => hashOf(root) };
}

function hashOf(root: string): string {
  const hash = createHash('sha256');
  // The link to the dependencies is not followed.
  const files = readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(file)).update('\n');
  return hash.digest('hex');
}
