import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, test } from 'vitest';
import { published } from './artefact.ts';
import { isCaught, passesUnchanged, type Tampering } from './gated.ts';

const folder = mkdtempSync(join(tmpdir(), 'tarball-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const tarball = published(folder, ['npm', 'pack', '--silent', '@pinecone-database/pinecone@9.0.0'], '.tgz');

const generated = 'package/dist/pinecone-generated-ts-fetch/db_control';
const runtime = `${generated}/runtime.js`;
const operations = `${generated}/apis/ManageIndexesApi.js`;
const headers = 'const headers = Object.assign({}, this.configuration.headers, context.headers);';
const send = 'const response = await this.fetchApi(url, init);';
const accepted = 'sdk/delete_backup/202/**';

const tamperings: readonly Tampering[] = [
  {
    name: 'no key',
    change: { file: runtime, from: headers, to: `${headers} delete headers['Api-Key'];` },
    rule: 'sdk/api-key',
    cases: accepted,
  },
  {
    name: 'two sends',
    change: { file: runtime, from: send, to: `await this.fetchApi(url, init); ${send}` },
    rule: 'sdk/sends',
    cases: accepted,
  },
  {
    name: 'a swallowed 404',
    change: {
      file: operations,
      from: 'await this.deleteBackupRaw(requestParameters, initOverrides);',
      to: `await this.deleteBackupRaw(requestParameters, initOverrides).catch((error) => { if (error.name !== 'PineconeNotFoundError') throw error; });`,
    },
    rule: 'sdk/raises-on-error',
    cases: 'sdk/delete_backup/404/**',
    says: '-----',
  },
  {
    name: 'a body',
    change: { file: runtime, from: 'body: context.body,', to: `body: context.body ?? '{}',` },
    rule: 'sdk/no-body',
    cases: accepted,
  },
  {
    name: 'another path',
    change: { file: operations, from: '`/backups/{backup_id}`', to: '`/collections/{backup_id}`' },
    rule: 'sdk/path',
    cases: accepted,
  },
  {
    name: 'another API version',
    change: { file: operations, from: 'String(requestParameters.xPineconeApiVersion)', to: `'2024-07'` },
    rule: 'sdk/api-version',
    cases: accepted,
  },
  {
    name: 'the key on the standard error',
    change: { file: runtime, from: headers, to: `${headers} console.error(headers['Api-Key']);` },
    rule: 'sdk/key-not-shown',
    cases: accepted,
  },
  {
    name: 'the key on the standard output',
    change: { file: runtime, from: headers, to: `${headers} require('fs').writeSync(1, headers['Api-Key'] + '\\n');` },
    rule: 'sdk/key-not-shown',
    cases: accepted,
    says: 'the key, in the standard output',
  },
];

const missing = 'missing' in tarball ? ` (skipped: ${tarball.missing})` : '';

describe.skipIf('missing' in tarball)(`the tarball of JavaScript 9.0.0${missing}`, () => {
  const file = 'file' in tarball ? tarball.file : '';

  test('passes as it was published', () => passesUnchanged(file, { sdk: 'js', folder }));

  test.each(tamperings)('with $name is caught by $rule', (tampering) =>
    isCaught(file, tampering, { sdk: 'js', folder }),
  );
});
