import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, noBrowser } from './testing/browser.ts';
import { cli } from './testing/cli.ts';
import { expectCauses, fiveMistakes } from './testing/five-mistakes.ts';
import { fastifyKey, fastifyStates, startFastify } from './testing/servers/fastify-server.ts';
import { noTerminal, runOnTerminal } from './testing/terminal.ts';

/** The packed package; `.ci/package` makes it and names it. */
const tarball = process.env['PINECONE_CONTRACT_TARBALL'] ?? '';
const noTarball = tarball === '' ? ' (skipped: PINECONE_CONTRACT_TARBALL names none; bash .ci/package does)' : '';

describe.skipIf(noTarball !== '')(`a server with five mistakes, tested with the installed tarball${noTarball}`, () => {
  const env = { PINECONE_API_KEY: fastifyKey };
  let cwd = '';
  let program = '';
  let server: Awaited<ReturnType<typeof startFastify>> | undefined;

  beforeAll(async () => {
    cwd = mkdtempSync(join(tmpdir(), 'pcc-tarball-'));
    npm('init', '-y');
    npm('install', '--no-audit', '--no-fund', '--prefer-offline', resolve(tarball));
    program = join(cwd, 'node_modules', '.bin', 'pinecone-contract');
    server = await startFastify(new Set(fiveMistakes.mistakes));
  });
  afterAll(async () => {
    await server?.close();
    rmSync(cwd, { recursive: true, force: true });
  });

  /** What npm said, but for the names of packages and numbers. */
  function npm(...args: readonly string[]): void {
    const { status, stdout, stderr } = spawnSync('npm', args, { cwd, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    expect(`${stdout}${stderr}`).not.toMatch(/warn|deprecated/i);
  }

  const report = (name: string): string => join(cwd, 'reports', name);

  test('init writes what is needed, and doctor finds nothing missing', async () => {
    const written = await cli.run(['init', '--url', server?.origin ?? ''], { cwd, cli: program });
    expect(written.exit, written.stderr).toBe(0);
    writeFileSync(join(cwd, 'states.yaml'), fastifyStates);
    const found = await cli.run(['doctor', 'local'], { cwd, env, cli: program });
    expect(found.exit, found.stdout).toBe(0);
  });

  test.for([60, 120])('without a terminal, %i columns wide, the last screen names five causes', async (columns) => {
    const wide = { ...env, COLUMNS: String(columns) };
    const { exit, stdout } = await cli.run(['run', 'local'], { cwd, env: wide, cli: program });
    expect(exit).toBe(1);
    expectLastScreen(stdout.trimEnd().split('\n'), columns);
  });

  test.skipIf(noTerminal !== '').for([60, 120])(
    `on a pseudo terminal of %i columns the last screen names five causes${noTerminal}`,
    async (columns) => {
      const { exit, rows } = await runOnTerminal(['run', 'local'], { columns, cwd, env, cli: program });
      expect(exit).toBe(1);
      expectLastScreen(rows, columns);
    },
  );

  test('the summary begins with five causes', () => {
    expectCauses(readFileSync(report('summary.md'), 'utf8').split('\n').slice(0, 12).join('\n'));
  });

  test.skipIf(noBrowser !== '').for([1280, 400])(
    `the page shows five causes on its first screen, %i pixels wide${noBrowser}`,
    async (width) => {
      const browser = await launch();
      try {
        const page = await browser.newPage({ viewport: { width, height: 800 } });
        await page.goto(pathToFileURL(report('index.html')).href);
        const causes = page.locator('.causes div > ol > li > a');
        expect(await causes.count()).toBe(5);
        const lowest = await causes.last().boundingBox();
        expect((lowest?.y ?? 801) + (lowest?.height ?? 0)).toBeLessThanOrEqual(800);
        expectCauses(await page.locator('main, body').first().innerText());
      } finally {
        await browser.close();
      }
    },
  );
});

/** 24 rows are the smallest screen that is usual. */
function expectLastScreen(rows: readonly string[], columns: number): void {
  const screen = rows.slice(-24);
  expectCauses(screen.join('\n'));
  // A path or an address stays whole, so that it can be opened.
  expect(screen.filter((row) => row.length > columns && !row.includes('/'))).toEqual([]);
}
