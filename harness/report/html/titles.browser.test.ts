import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launch, noBrowser, open } from '../../testing/browser.ts';
import { greenRun, sampleRun } from '../../testing/sample-run.ts';

describe.skipIf(noBrowser !== '')(`titles on the page in Chromium${noBrowser}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
  });

  const long = 'https://control.staging.example:8443/with/a/long/path';
  const one = greenRun();
  const runs = [{ ...one, subject: { ...one.subject, kind: 'live' as const, name: long } }, sampleRun()];
  const broken = '#delete_backup/404/application-json/backup-not-found';

  test.for([
    [1280, ''],
    [1280, broken],
    [400, ''],
  ] as const)('are shown in full, %i pixels wide %s', async ([width, hash]) => {
    await using opened = await open(browser, runs, { width, hash });
    const titles = await opened.page.locator('.description, .reason, .head .label').evaluateAll((elements) =>
      elements
        .filter((element) => element.closest('[hidden]') === null)
        .map((element) => ({
          text: element.textContent,
          whole:
            element.checkVisibility() &&
            element.scrollWidth <= element.clientWidth + 1 &&
            element.scrollHeight <= element.clientHeight + 1,
        })),
    );
    expect(titles.map(({ text }) => text)).toContain(long);
    expect(titles.length).toBeGreaterThan(5);
    expect(titles.filter(({ whole }) => !whole)).toEqual([]);
  });
});
