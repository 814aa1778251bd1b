import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Contract } from '../../contract.ts';
import { HarnessError } from '../../core/errors.ts';
import { apiVersions, deliveredVersion } from '../../versions/versions.ts';

/**
 * Where the fixtures of a suite are: `fixtures` for the delivered API version and for documents of one's own,
 * `fixtures/VERSION` for each other API version.
 */
export function fixturesFolder({ suite, operation }: Pick<Contract, 'suite' | 'operation'>): string {
  if (suite.folder === undefined) {
    throw new HarnessError('E_SUITE', `${suite.operation} has no suite, so there is no folder for its fixtures`, {
      hint: 'Write a suite.yaml for it and name its folder: --suite DIR.',
    });
  }
  const { version } = operation.document;
  const folder = join(suite.folder, 'fixtures');
  const isOther = version !== deliveredVersion && apiVersions().some((api) => api.version === version);
  return isOther ? join(folder, version) : folder;
}

/** Where fixtures are replayed from: a suite without a folder for the version has all in one. */
export function recordedFolder(contract: Pick<Contract, 'suite' | 'operation'>): string {
  const folder = fixturesFolder(contract);
  return existsSync(folder) || contract.suite.folder === undefined ? folder : join(contract.suite.folder, 'fixtures');
}
