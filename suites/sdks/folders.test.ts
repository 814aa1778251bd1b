import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { packageFile } from '../../harness/core/package-files.ts';
import { runProcess } from '../../harness/sdk/driver/process.ts';
import { readDescription } from '../../harness/sdk/driver/protocol.ts';
import { driverEnvironment } from '../../harness/sdk/releases/environment.ts';
import { allManifests } from '../../harness/sdk/releases/manifest.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'driver-folder-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sources = allManifests().flatMap(({ name, folder: from }) =>
  readdirSync(from)
    .filter((file) => !/\.yaml$/.test(file))
    .map((file) => [`${name}/${file}`, join(from, file)] as const),
);

test.each(sources)('%s needs no file of another folder', (_, file) => {
  expect(readFileSync(file, 'utf8')).not.toMatch(/\.\.\/|\.\.\\|\.parent\.parent|dirname\([^)]*dirname/);
});

test('the drivers of Python have the same protocol', () => {
  const [one, ...others] = ['python', 'python-asyncio', 'openapi-python-client'].map((name) =>
    readFileSync(packageFile('suites', 'sdks', name, 'driver_protocol.py'), 'utf8'),
  );
  for (const other of others) expect(other).toBe(one);
});

const python = spawnSync('python3', ['--version']).status === 0;

describe.skipIf(!python)('a folder that was copied alone (skipped where python3 is missing)', () => {
  test.each(['python', 'python-asyncio'])('%s describes itself', async (name) => {
    const copy = join(folder, name);
    cpSync(packageFile('suites', 'sdks', name), copy, { recursive: true });
    const site = installedStandIn(join(folder, `${name}-site`));
    const end = await runProcess({
      command: ['python3', join(copy, 'driver.py'), '--describe'],
      cwd: folder,
      environment: { ...driverEnvironment(process.env), PYTHONPATH: site, PYTHONDONTWRITEBYTECODE: '1' },
      stdin: '',
      deadlineMs: 60_000,
    });
    expect(end.stderr).toBe('');
    const read = readDescription(end.stdout);
    expect(read).toMatchObject({ ok: true, value: { sdk: { version: '0.0.1' }, protocol: [1, 1.1] } });
  });
});

/** A package with the names of the SDK, as an installer leaves it. */
function installedStandIn(site: string): string {
  mkdirSync(join(site, 'pinecone'), { recursive: true });
  mkdirSync(join(site, 'pinecone-0.0.1.dist-info'));
  writeFileSync(join(site, 'pinecone', '__init__.py'), 'class Pinecone: pass\nclass PineconeAsyncio: pass\n');
  writeFileSync(join(site, 'pinecone-0.0.1.dist-info', 'METADATA'), 'Name: pinecone\nVersion: 0.0.1\n');
  return site;
}
