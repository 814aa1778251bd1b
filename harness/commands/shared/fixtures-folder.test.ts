import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { loadContract } from '../../contract.ts';
import { packageFile } from '../../core/package-files.ts';
import { recordingFolder, replayFolder, writableFolder } from './fixtures-folder.ts';

const shipped = packageFile('suites', 'delete_backup', 'fixtures');

function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'fixtures-folder-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

test.for([
  ['2025-04', ''],
  ['2026-04', '2026-04'],
  ['2026-07', '2026-07'],
] as const)('the fixtures of %s have a place of their own', async ([api, subfolder]) => {
  const contract = await loadContract('delete_backup', { api });
  expect(replayFolder(contract)).toBe(join(shipped, subfolder));
  expect(recordingFolder(contract)).toBe(join('fixtures', subfolder));
  expect(recordingFolder(contract, shipped)).toBe(join(shipped, subfolder));
});

test('a folder without a subfolder for the version is replayed as it is', async () => {
  const contract = await loadContract('delete_backup', { api: '2026-07' });
  const folder = emptyFolder();
  const suite = { ...contract.suite, folder };
  expect(replayFolder({ ...contract, suite })).toBe(join(folder, 'fixtures'));
  expect(replayFolder(contract, folder)).toBe(folder);
  mkdirSync(join(folder, '2026-07'));
  expect(replayFolder(contract, folder)).toBe(join(folder, '2026-07'));
});

test('a suite of one’s own has its recordings beside it, one that ships does not', async () => {
  const contract = await loadContract('delete_backup', {});
  const folder = emptyFolder();
  expect(recordingFolder({ ...contract, suite: { ...contract.suite, folder } })).toBe(join(folder, 'fixtures'));
  const installed = join(folder, 'node_modules', 'shared-suite');
  mkdirSync(installed, { recursive: true });
  expect(recordingFolder({ ...contract, suite: { ...contract.suite, folder: installed } })).toBe('fixtures');
});

test('a folder of an installed package is refused, behind a symbolic link as well', () => {
  const folder = emptyFolder();
  const installed = join(folder, 'node_modules', 'some-package');
  mkdirSync(installed, { recursive: true });
  symlinkSync(installed, join(folder, 'link'));
  for (const path of [installed, join(installed, 'new', 'fixtures'), join(folder, 'link', 'fixtures')]) {
    expect(() => writableFolder(path)).toThrow(/belongs to an installed package/);
  }
  expect(writableFolder(join(folder, 'fixtures'))).toBe(join(folder, 'fixtures'));
});

test('a folder that does not exist cannot be replayed', async () => {
  const contract = await loadContract('delete_backup', {});
  expect(() => replayFolder(contract, join(emptyFolder(), 'none'))).toThrow(/there is no folder .*none with fixtures/);
});
