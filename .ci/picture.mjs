// Makes .github/images/report.png, the picture in the README, from real runs: the mock, the fixtures and the curl driver.
// npm run build && node .ci/picture.mjs
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const folder = mkdtempSync(join(tmpdir(), 'pinecone-contract-picture-'));
const runs = [
  ['run', '--quiet'],
  ['run', '--quiet', '--target', 'fixtures'],
  ['sdk', 'curl'],
].map((args, place) => {
  const reports = join(folder, String(place));
  const { status } = spawnSync('node', ['dist/harness/cli.js', ...args, '--reports', reports], { stdio: 'inherit' });
  if (status !== 0)
    throw new Error(`${args.join(' ')} ended with ${status}; a picture is made of runs that are as they should be`);
  return join(reports, 'run.json');
});
spawnSync('node', ['dist/harness/cli.js', 'report', ...runs, '--quiet', '--reports', folder], { stdio: 'inherit' });

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
const page = await browser.newPage({ viewport: { width: 1440, height: 860 }, deviceScaleFactor: 1.5 });
const address = pathToFileURL(join(folder, 'index.html')).href;
await page.goto(`${address}#delete_backup/404/application-json/backup-not-found@mock`);
mkdirSync('.github/images', { recursive: true });
await page.screenshot({ path: '.github/images/report.png' });
await browser.close();
rmSync(folder, { recursive: true });
