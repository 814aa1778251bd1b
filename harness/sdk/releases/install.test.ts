import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { install } from './install.ts';
import { chosenManifests } from './manifest.ts';

let folder: string;
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'install-'))));
afterEach(() => rmSync(folder, { recursive: true }));

function installCurl(version: string, artefact?: string) {
  const [manifest] = chosenManifests(['curl']);
  if (manifest === undefined) throw new Error('curl is not described');
  return install({
    manifest: { ...manifest, package: { accepts: 'anything', prepare: [] } },
    version,
    api: '2025-04',
    cache: join(folder, 'cache'),
    environment: {},
    progress: () => undefined,
    ...(artefact === undefined ? {} : { artefact }),
  });
}

test.each([['../../victim'], ['..'], ['a/b'], [''], ['-rf'], ['x'.repeat(300)], ['1.0.0\nreplace'], ['1.0 0"']])(
  'a version %j is refused, and nothing is removed or made',
  async (version) => {
    const victim = join(folder, 'victim');
    mkdirSync(victim);
    writeFileSync(join(victim, 'precious'), 'x');
    await expect(installCurl(version)).rejects.toMatchObject({ code: 'E_PATH' });
    await expect(installCurl(version, folder)).rejects.toMatchObject({ code: 'E_PATH' });
    expect(readFileSync(join(victim, 'precious'), 'utf8')).toBe('x');
    expect(existsSync(join(folder, 'cache'))).toBe(false);
  },
);

test('a folder that this tool did not make is not removed', async () => {
  const home = join(folder, 'cache', 'curl', '1.0.0');
  mkdirSync(home, { recursive: true });
  writeFileSync(join(home, 'precious'), 'x');
  await expect(installCurl('1.0.0')).rejects.toMatchObject({ code: 'E_PATH_FOREIGN' });
  expect(existsSync(join(home, 'precious'))).toBe(true);
});

test('an installation of another recipe is replaced, one of the same recipe is used as it is', async () => {
  const { home } = await installCurl('1.0.0');
  writeFileSync(join(home, 'left'), 'x');
  await installCurl('1.0.0');
  expect(existsSync(join(home, 'left'))).toBe(true);
  writeFileSync(join(home, 'prepared.json'), '{"recipe":"another"}');
  await installCurl('1.0.0');
  expect(existsSync(join(home, 'left'))).toBe(false);
});

test('a client can be generated from the document of its API version, and of no other', async () => {
  const [manifest] = chosenManifests(['curl']);
  if (manifest === undefined) throw new Error('curl is not described');
  const copying = "fs.copyFileSync(process.argv[1], 'document.yaml')";
  const generated = (api: string): ReturnType<typeof install> =>
    install({
      manifest: {
        ...manifest,
        prepare: [{ kind: 'run', command: [process.execPath, '-e', copying, '{document}'] }],
        run: ['node', '{home}/driver.mjs'],
      },
      version: '1.0.0',
      api,
      cache: join(folder, 'cache'),
      environment: {},
      progress: () => undefined,
    });
  const { home } = await generated('2026-07');
  expect(readFileSync(join(home, 'document.yaml'), 'utf8')).toMatch(/^ +version: 2026-07$/m);
  await expect(generated('2019-01')).rejects.toMatchObject({ code: 'E_DATA' });
});
