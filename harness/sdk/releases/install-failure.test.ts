import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { install } from './install.ts';
import { chosenManifests } from './manifest.ts';

const prints = `process.stdout.write('line 1\\nline 2\\nfetching https://me:hunter22@registry.example/x with tok-123456789\\n');`;
const waits = 'setInterval(() => undefined, 1000);';

test('a step that is cut off says what it was, after how long, and its last lines, without credentials', async () => {
  const message = await failure(`${prints} ${waits}`, { deadlineMs: 3000 });
  expect(message).toContain(`${process.execPath} -e ${prints}`.slice(0, 40));
  expect(message).toContain('was cut off after 3 s; its last lines: line 1 | line 2 | fetching https://<credentials>@');
  expect(message).not.toMatch(/hunter22|tok-123456789/);
});

test('a step that the end of the run cuts off says so', async () => {
  const signal = AbortSignal.timeout(200);
  expect(await failure(waits, { signal })).toMatch(/was cut off, because the run was stopped; it had written nothing$/);
});

test.each([
  ['process.kill(process.pid, "SIGKILL"); setInterval(() => undefined, 1000)', /was ended by SIGKILL; it had written/],
  [
    'console.error("warning: old"); console.error("error: no such release"); process.exit(1)',
    /: error: no such release$/,
  ],
])('a step that fails with %s', async (script, words) => {
  expect(await failure(script)).toMatch(words);
});

test('a program that is not there', async () => {
  expect(await failure('', {}, '/no/such/program')).toMatch(/\/no\/such\/program .* could not be started: .*ENOENT/);
});

/** What an installation whose only step is a program with this script says. */
async function failure(
  script: string,
  options: { readonly deadlineMs?: number; readonly signal?: AbortSignal } = {},
  program = process.execPath,
): Promise<string> {
  const cache = mkdtempSync(join(tmpdir(), 'install-'));
  onTestFinished(() => rmSync(cache, { recursive: true, force: true }));
  const [manifest] = chosenManifests(['curl']);
  if (manifest === undefined) throw new Error('curl is not described');
  const installing = install({
    manifest: { ...manifest, prepare: [{ kind: 'run', command: [program, '-e', script] }] },
    version: '1.0.0',
    api: '2025-04',
    cache,
    environment: { PATH: process.env['PATH'] ?? '', NPM_CONFIG__AUTHTOKEN: 'tok-123456789' },
    progress: () => undefined,
    ...options,
  });
  return installing.then(
    () => 'installed',
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
}
