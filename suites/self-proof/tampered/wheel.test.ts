import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, test } from 'vitest';
import { published } from './artefact.ts';
import { isCaught, passesUnchanged, type Tampering } from './gated.ts';

const folder = mkdtempSync(join(tmpdir(), 'wheel-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const download = ['-m', 'pip', 'download', '--quiet', '--no-deps', '--only-binary', ':all:'];
const wheel = published(folder, ['python3', ...download, 'pinecone==10.2.0'], '.whl');

const backups = 'pinecone/client/backups.py';
const client = 'pinecone/_internal/http_client.py';
const send = `        self._http.delete(f"/backups/{quote(backup_id, safe='')}")\n`;
const key = `    if config.api_key:\n        headers["Api-Key"] = config.api_key\n`;
const printed = (stream: string): string => `${key}    import sys\n    print(config.api_key, file=sys.${stream})\n`;
const accepted = 'sdk/delete_backup/202/**';

const tamperings: readonly Tampering[] = [
  { name: 'no key', change: { file: client, from: key, to: '' }, rule: 'sdk/api-key', cases: accepted },
  {
    name: 'two sends',
    change: { file: backups, from: send, to: send + send },
    rule: 'sdk/sends',
    cases: accepted,
  },
  {
    name: 'a swallowed 404',
    change: {
      file: backups,
      from: send,
      to: `        try:\n    ${send}        except Exception as error:\n            if getattr(error, "status_code", None) != 404:\n                raise\n`,
    },
    rule: 'sdk/raises-on-error',
    cases: 'sdk/delete_backup/404/**',
    says: '-----',
  },
  {
    name: 'a body',
    change: {
      file: client,
      from: 'self._client.delete(\n                path,',
      to: 'self._client.request(\n                "DELETE", path, content=b"{}",',
    },
    rule: 'sdk/no-body',
    cases: accepted,
  },
  {
    name: 'another path',
    change: { file: backups, from: send, to: send.replace('/backups/', '/collections/') },
    rule: 'sdk/path',
    cases: accepted,
  },
  {
    name: 'another API version',
    change: { file: client, from: 'API_VERSION_HEADER: api_version', to: 'API_VERSION_HEADER: "2024-07"' },
    rule: 'sdk/api-version',
    cases: accepted,
  },
  {
    name: 'the key on the standard error',
    change: { file: client, from: key, to: printed('stderr') },
    rule: 'sdk/key-not-shown',
    cases: accepted,
  },
  {
    name: 'the key on the standard output',
    change: { file: client, from: key, to: printed('stdout') },
    rule: 'sdk/key-not-shown',
    cases: accepted,
  },
];

const missing = 'missing' in wheel ? ` (skipped: ${wheel.missing})` : '';

describe.skipIf('missing' in wheel)(`the wheel of Python 10.2.0${missing}`, () => {
  const file = 'file' in wheel ? wheel.file : '';

  test('passes as it was published', () => passesUnchanged(file, { sdk: 'python', folder }));

  test.each(tamperings)('with $name is caught by $rule', (tampering) =>
    isCaught(file, tampering, { sdk: 'python', folder }),
  );
});
