import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { packageFile } from '../core/package-files.ts';
import { readDocument } from '../openapi/document/document.ts';
import { findOperation } from '../openapi/operation/operation.ts';
import { apiVersion, apiVersions } from './versions.ts';

const delivered = 'ec81717729f6b97120f9284b8fbf4e9c1b14169ffeb54490c0fecd08bf92ecd1';

test('specs/ holds the documents that versions.yaml lists, and no others', () => {
  const files = readdirSync(packageFile('specs')).filter((file) => file.endsWith('.oas.yaml'));
  expect(apiVersions().map(({ file }) => basename(file))).toEqual(files.sort());
  expect(apiVersion('2025-04').sha256).toBe(delivered);
});

test.for(apiVersions())('$version: its bytes and its version are those of versions.yaml', async (api) => {
  expect(createHash('sha256').update(readFileSync(api.file)).digest('hex')).toBe(api.sha256);
  const document = await readDocument(api.file);
  expect(document.version).toBe(api.version);
  expect(findOperation(document, 'delete_backup').path).toBe('/backups/{backup_id}');
});

test('a version without a document is refused, and the others are named', () => {
  expect(() => apiVersion('2024-01')).toThrow('There is no document of API version 2024-01');
});
