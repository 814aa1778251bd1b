import { existsSync, lstatSync, readdirSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { HarnessError } from './errors.ts';
import { printable, shortened } from './text/printable.ts';
import { makeFolder } from './make-folder.ts';

/** The file that marks a folder as made by this tool, so that it may be removed with all it holds. */
const marker = '.made-by-pinecone-contract';

/** One segment of a path: no separator, no leading dot or dash, nothing that a shell or a file system treats specially. */
const segment = /^[A-Za-z0-9_][\w.+@=%~!*'(),-]{0,219}$/;

/**
 * A path below `root`, from names that come from outside: a version, a run id, a case id. Throws `E_PATH` for a name that
 * is not one plain segment, such as `..`, `a/b`, an empty text or one over 220 characters. `what` says what the names
 * stand for, such as `the version`.
 */
export function safePath(root: string, names: readonly string[], what: string): string {
  for (const name of names) {
    if (!segment.test(name)) throw unsafe(name, what);
  }
  const path = join(root, ...names);
  if (!isBelow(resolve(root), resolve(path))) throw unsafe(names.join('/'), what);
  return path;
}

/**
 * An empty folder below `root` that this tool owns; one of an earlier time is removed first. `folder` comes from
 * {@link safePath}. Throws as {@link removeOwnFolder} does.
 */
export function renewOwnFolder(root: string, folder: string): void {
  removeOwnFolder(root, folder);
  makeFolder(folder);
  writeFileSync(join(folder, marker), 'This folder was made by pinecone-contract, which may remove it.\n');
}

/**
 * Remove a folder and all it holds, if it is below `root`, is no symbolic link, and was made by {@link renewOwnFolder}
 * (or is empty). A folder that does not exist is left as it is. Throws `E_PATH` or `E_PATH_FOREIGN` and removes nothing
 * otherwise.
 */
export function removeOwnFolder(root: string, folder: string): void {
  const path = resolve(folder);
  if (!isBelow(resolve(root), path)) throw unsafe(folder, `a folder of ${root}`);
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined) return;
  if (!found.isDirectory()) throw foreign(path, 'it is not a folder');
  // A folder on the way may be a symbolic link that leads elsewhere.
  if (!isBelow(realpathSync(root), join(realpathSync(dirname(path)), 'x'))) throw foreign(path, `it is not in ${root}`);
  if (!existsSync(join(path, marker)) && readdirSync(path).length > 0) throw foreign(path, `it has no file ${marker}`);
  rmSync(path, { recursive: true, force: true });
}

function isBelow(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && resolve(root, way) === path;
}

function unsafe(name: string, what: string): HarnessError {
  return new HarnessError('E_PATH', `"${shortened(printable(name), 80)}" cannot be used as ${what}`, {
    hint: 'It becomes the name of a file or folder. Use letters, digits, dots, dashes and underscores, at most 220 of them, and begin with a letter or a digit.',
  });
}

function foreign(path: string, why: string): HarnessError {
  return new HarnessError('E_PATH_FOREIGN', `${path} was not removed: ${why}, so this tool did not make it`, {
    hint: 'Look at what it holds; move it away or remove it yourself, then repeat the command.',
  });
}
