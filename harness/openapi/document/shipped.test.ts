import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { packageFile } from '../../core/package-files.ts';

const hashes = new Map(
  [...readFileSync(packageFile('specs', 'README.md'), 'utf8').matchAll(/^\| (\S+) +\|.*`([0-9a-f]{64})` *\|$/gm)].map(
    ([, file, hash]) => [file, hash],
  ),
);
const documents = readdirSync(packageFile('specs')).filter((file) => file !== 'README.md');

test('specs/ holds the documents that its README lists, and no others', () => {
  expect([...hashes.keys()].sort()).toEqual(documents.sort());
  expect(documents).toContain('db_control_2025-04.oas.yaml');
});

test.for(documents)('%s is, byte for byte, what was delivered', (file) => {
  const bytes = readFileSync(packageFile('specs', file));
  expect(createHash('sha256').update(bytes).digest('hex')).toBe(hashes.get(file));
});
