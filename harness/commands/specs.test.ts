import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { cli } from '../testing/cli.ts';
import { folderOf } from '../testing/documents/document-folder.ts';
import { apiVersion } from '../versions/versions.ts';

const api = apiVersion('2026-07');
const text = readFileSync(api.file, 'utf8');

test('specs check exits 0 where the documents agree and 1 where they do not', async () => {
  const name = basename(api.file);
  const same = await cli.run(['specs', 'check', '--api', '2026-07', '--from', folderOf({ [name]: text })]);
  expect(same).toMatchObject({ exit: 0, stderr: '' });
  expect(same.stdout).toContain('delete_backup: agree');
  const changed = text.replace('text/plain', 'application/json');
  const other = await cli.run(['specs', 'check', '--api', '2026-07', '--from', folderOf({ [name]: changed })]);
  expect(other.exit).toBe(1);
  expect(other.stdout).toContain('delete_backup: disagree');
  expect(other.stdout).toMatch(/responses\/401\/content\/text~1plain\n\s+ours: {3}\{.*\n\s+theirs: nothing/);
});

test('a version that nobody wrote a document of is refused', async () => {
  const { exit, stderr } = await cli.run(['specs', 'check', '--api', '2024-01']);
  expect(exit).toBe(2);
  expect(stderr).toMatch(/no document of API version 2024-01[^]*2025-04, 2025-10, 2026-01\.alpha, 2026-04, 2026-07/);
});
