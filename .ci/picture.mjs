// Makes the pictures of the README from real runs: .github/images/report.png, the page, from the mock, the fixtures and the
// curl driver; terminal.png from a server of Fastify with five mistakes. `script` gives it a terminal.
// npm run pictures
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';
import { terminalPage } from './picture/terminal-page.mjs';
import { runWithFiveMistakes } from './picture/five-mistakes.mjs';

const folder = mkdtempSync(join(tmpdir(), 'pinecone-contract-picture-'));
mkdirSync('.github/images', { recursive: true });
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--headless', '--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking'],
});
await pictureOfReport();
await pictureOfTerminal();
await browser.close();
rmSync(folder, { recursive: true });

async function pictureOfReport() {
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
  const page = await browser.newPage({ viewport: { width: 1440, height: 860 }, deviceScaleFactor: 1.5 });
  const address = pathToFileURL(join(folder, 'index.html')).href;
  await page.goto(`${address}#delete_backup/404/application-json/backup-not-found@mock`);
  await page.screenshot({ path: '.github/images/report.png' });
}

async function pictureOfTerminal() {
  const output = await runWithFiveMistakes(folder);
  const page = await browser.newPage({ viewport: { width: 1000, height: 600 }, deviceScaleFactor: 1.5 });
  await page.setContent(terminalPage('npx pinecone-contract run local', excerpt(output)));
  await page.locator('main').screenshot({ path: '.github/images/terminal.png' });
}

/** Beginning and end of the output, and one of the five failures between them. */
function excerpt(output) {
  const sections = output.trimEnd().split('\n\n');
  const at = (words) => sections.findIndex((section) => section.includes(words));
  const [advice, failure, causes] = [at('Advice'), at('a deletion is accepted'), at('5 causes')];
  if ([advice, failure, causes].includes(-1)) throw new Error(`the output is not what the picture shows:\n${output}`);
  const gap = '  ⋮';
  return [...sections.slice(0, advice), gap, sections[failure], gap, ...sections.slice(causes)].join('\n\n');
}
