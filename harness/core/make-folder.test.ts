import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { makeFolder } from './make-folder.ts';

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pcc-make-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

it('makes the folders above it, and leaves one that is there', () => {
  const folder = join(temporaryFolder(), 'a', 'b', 'c');
  makeFolder(folder);
  makeFolder(folder);
  expect(existsSync(folder)).toBe(true);
});

it('fails where a file is in the way', () => {
  const folder = temporaryFolder();
  writeFileSync(join(folder, 'file'), '');
  expect(() => makeFolder(join(folder, 'file'))).toThrow(/EEXIST/);
  expect(() => makeFolder(join(folder, 'file', 'below'))).toThrow(/ENOTDIR|EEXIST/);
});

it.skipIf(process.platform !== 'linux')('fails, and ends, where nothing can be made', () => {
  expect(() => makeFolder('/proc/nothing/below')).toThrow(/ENOENT|EACCES|EPERM/);
});
