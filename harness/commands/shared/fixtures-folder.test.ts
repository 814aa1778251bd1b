import { join } from 'node:path';
import { expect, test } from 'vitest';
import { loadContract } from '../../contract.ts';
import { packageFile } from '../../core/package-files.ts';
import { fixturesFolder, recordedFolder } from './fixtures-folder.ts';

const fixtures = packageFile('suites', 'delete_backup', 'fixtures');

test.for([
  ['2025-04', fixtures],
  ['2026-04', join(fixtures, '2026-04')],
  ['2026-07', join(fixtures, '2026-07')],
] as const)('the fixtures of %s have a place of their own', async ([api, want]) => {
  const contract = await loadContract('delete_backup', { api });
  expect([fixturesFolder(contract), recordedFolder(contract)]).toEqual([want, want]);
});

test('a suite without a folder for the version is replayed from the one that it has', async () => {
  const contract = await loadContract('delete_backup', { api: '2026-07' });
  const suite = { ...contract.suite, folder: packageFile('suites', 'self-proof') };
  expect(fixturesFolder({ ...contract, suite })).toBe(packageFile('suites', 'self-proof', 'fixtures', '2026-07'));
  expect(recordedFolder({ ...contract, suite })).toBe(packageFile('suites', 'self-proof', 'fixtures'));
});
