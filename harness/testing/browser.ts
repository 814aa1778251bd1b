import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe } from 'vitest';
import type { RunRecord } from '../model/record.ts';
import { htmlReport } from '../report/html/html.ts';

const executable = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** Why there is no browser to test with, where there is none. */
export const noBrowser = existsSync(executable)
  ? ''
  : ` (skipped: no Chromium at ${executable}; CHROMIUM_PATH names another)`;

export function launch(): Promise<Browser> {
  return chromium.launch({
    executablePath: executable,
    args: [
      '--headless',
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

interface Opened extends AsyncDisposable {
  readonly page: Page;
  /** Where the page is, without a fragment. */
  readonly url: string;
  /** What the browser complained about: errors, refused scripts, requests that went anywhere else. */
  readonly complaints: readonly string[];
}

interface View {
  readonly hash?: string;
  readonly width?: number;
  readonly colorScheme?: 'light' | 'dark';
}

/** Tests that share one browser; they are skipped, with the reason in their title, where there is none. */
export function describeInChromium(
  title: string,
  tests: (open: (runs: readonly RunRecord[], view?: View) => Promise<Opened>) => void,
): void {
  describe.skipIf(noBrowser !== '')(`${title}, in Chromium${noBrowser}`, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await launch();
    });
    afterAll(async () => {
      await browser.close();
    });
    tests((runs, view = {}) => open(browser, runs, view));
  });
}

/** The report of some runs, opened from a file. */
async function open(browser: Browser, runs: readonly RunRecord[], options: View): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'pinecone-contract-page-'));
  const file = join(folder, 'index.html');
  await writeFile(file, htmlReport(runs));
  const url = pathToFileURL(file).href;
  const page = await browser.newPage({
    viewport: { width: options.width ?? 1280, height: 800 },
    colorScheme: options.colorScheme ?? 'light',
  });
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('console', (message) => complaints.push(`console: ${message.text()}`));
  page.on('dialog', (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== url) complaints.push(`request: ${request.url()}`);
  });
  await page.goto(`${url}${options.hash ?? ''}`);
  return {
    page,
    url,
    complaints,
    async [Symbol.asyncDispose]() {
      await page.close();
      await rm(folder, { recursive: true });
    },
  };
}
