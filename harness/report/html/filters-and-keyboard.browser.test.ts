import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeInChromium } from '../../testing/browser.ts';
import { greenRun, sampleRun } from '../../testing/sample-run.ts';

describeInChromium('the filters and keys of the HTML report', (open) => {
  const two = [greenRun(), sampleRun()];

  test('filters by verdict, by text and by subject', async () => {
    await using opened = await open(two);
    const { page } = opened;
    const found = page.locator('.found');
    expect(await found.innerText()).toBe('9 cases');
    await page.locator('.chip[data-outcome="fail"]').click();
    expect(await found.innerText()).toBe('1 of 9 cases');
    expect(await rows(page)).toEqual(['404']);
    await page.locator('.chip[data-outcome="error"]').click();
    expect(await rows(page)).toEqual(['404', 'methods', 'trace']);
    await page.locator('.chip[data-outcome="fail"]').click();
    await page.locator('.chip[data-outcome="error"]').click();
    await page.locator('#search').fill('KEY-in query');
    expect(await rows(page)).toEqual(['auth', 'key-in-query']);
    await page.locator('#search').fill('undeclared-property');
    expect(await rows(page)).toEqual(['auth', 'key-in-query']);
    await page.locator('#search').fill('no such words');
    expect(await page.locator('.none').innerText()).toBe('No case is like that.');
    await page.locator('#search').fill('');
    await page.locator('.menu summary').click();
    await page.getByLabel('mock', { exact: true }).uncheck();
    expect(await page.locator('.head .cell:visible').allInnerTexts()).toEqual(['http://127.0.0.1:5080\n✕\nviolated']);
    expect(await found.innerText()).toBe('6 of 9 cases');
    expect(opened.complaints).toEqual([]);
  });

  test('can be used with the keyboard alone', async () => {
    await using opened = await open(two);
    const { page } = opened;
    const focus = (): Promise<string> => page.evaluate('document.activeElement.innerText.trim().replace(/\\s+/g, " ")');
    const press = async (...keys: readonly string[]): Promise<void> => {
      for (const key of keys) await page.keyboard.press(key);
    };
    await press('/');
    expect(await page.evaluate('document.activeElement.id')).toBe('search');
    await page.keyboard.type('key-in');
    expect(await page.locator('.found').innerText()).toBe('1 of 9 cases');
    await press('Escape');
    expect(await page.locator('.found').innerText()).toBe('9 cases');
    await press('Escape');
    await page.locator('.head .cell').first().focus();
    await press('ArrowDown', 'ArrowDown');
    expect(await focus()).toContain('violated');
    await press('Enter');
    expect(await page.locator('#panel h2').innerText()).toBe('404/application-json/backup-not-found');
    expect(await focus()).toBe('404/application-json/backup-not-found');
    await press('Escape');
    expect(await page.locator('#panel').isVisible()).toBe(false);
    expect(await focus()).toContain('violated');
    await press('Home', 'ArrowDown', 'ArrowDown', 'Enter');
    expect(await focus()).toContain('auth');
    expect(await rows(page)).toContain('no-key');
    await press('Enter');
    expect(await rows(page)).not.toContain('no-key');
  });

  test('one cell of the grid is in the tab order', async () => {
    await using opened = await open(two);
    const stops = opened.page.locator('.grid [tabindex="0"]');
    expect(await stops.count()).toBe(1);
    await opened.page.locator('.chip[data-outcome="error"]').click();
    expect(await stops.count()).toBe(1);
    expect(await stops.isVisible()).toBe(true);
  });
});

/** The names of the rows in sight, without titles. */
async function rows(page: Page): Promise<readonly string[]> {
  const names = page.locator('.row.summary:visible b, .row.case:visible .name > :first-child');
  // Not innerText: a row that was shown just now has none until the next frame.
  return names.allTextContents();
}
