import { existsSync, realpathSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve, sep } from 'node:path';
import type { Contract } from '../../contract.ts';
import { HarnessError } from '../../core/errors.ts';
import { packageRoot } from '../../core/package-files.ts';
import { apiVersions, deliveredVersion } from '../../versions/versions.ts';

type Source = Pick<Contract, 'suite' | 'operation'>;

/**
 * Where fixtures are recorded to: the folder that was given, else `fixtures` of a suite of one's own, else `fixtures`
 * in the working directory. Each API version but the delivered one has a subfolder there. Throws `E_USAGE` for a
 * folder inside of an installed package.
 */
export function recordingFolder(contract: Source, given?: string): string {
  const own = contract.suite.folder;
  const parent = given ?? (own === undefined || ships(own) ? 'fixtures' : join(own, 'fixtures'));
  return writableFolder(versionFolder(contract, parent));
}

/** The folder as it is. Throws `E_USAGE` where it is inside of an installed package. */
export function writableFolder(folder: string): string {
  if (!realPath(folder).split(sep).includes('node_modules')) return folder;
  throw new HarnessError('E_USAGE', `fixtures are not written to ${folder}: it belongs to an installed package`, {
    hint: 'Name a folder of your project: --fixtures DIR. `run --target fixtures --fixtures DIR` replays what is there.',
  });
}

/**
 * Where fixtures are replayed from: the folder that was given, else `fixtures` of the suite; its subfolder for the API
 * version where there is one. Throws `E_FILE` for a given folder that does not exist, `E_SUITE` without any folder.
 */
export function replayFolder(contract: Source, given?: string): string {
  if (given !== undefined && statSync(given, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new HarnessError('E_FILE', `there is no folder ${given} with fixtures`, {
      hint: 'Record some: pinecone-contract record --target URL --fixtures DIR; or leave --fixtures out for those of the suite.',
    });
  }
  const parent = given ?? suiteFixtures(contract);
  const folder = versionFolder(contract, parent);
  return existsSync(folder) ? folder : parent;
}

function suiteFixtures({ suite }: Source): string {
  if (suite.folder !== undefined) return join(suite.folder, 'fixtures');
  throw new HarnessError('E_SUITE', `${suite.operation} has no suite, so there is no folder for its fixtures`, {
    hint: 'Name the folder of its fixtures: --fixtures DIR; or write a suite.yaml for it and name that: --suite DIR.',
  });
}

function versionFolder({ operation }: Source, parent: string): string {
  const { version } = operation.document;
  const isOther = version !== deliveredVersion && apiVersions().some((api) => api.version === version);
  return isOther ? join(parent, version) : parent;
}

/** Whether a suite came with a package, this one or another. */
function ships(folder: string): boolean {
  const real = realPath(folder);
  return real.split(sep).includes('node_modules') || real.startsWith(realPath(packageRoot) + sep);
}

/** Without symbolic links, for a folder that need not exist yet. */
function realPath(folder: string): string {
  const path = resolve(folder);
  if (existsSync(path) || dirname(path) === path) return realpathSync(path);
  return join(realPath(dirname(path)), basename(path));
}
