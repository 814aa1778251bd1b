import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import type { RunRecord } from '../../model/record.ts';
import { describeInChromium } from '../../testing/browser.ts';
import { finding, record, sampleRun } from '../../testing/sample-run.ts';

describeInChromium('the HTML report of 5,000 cases', (open) => {
  // What makes a page slow is counted: elements, and how often the browser must lay them out.
  test('5,000 cases are laid out a few times and not once a case, and so is a search among them', async () => {
    await using opened = await open([manyCases('mock'), manyCases('http://127.0.0.1:5080')]);
    const { page } = opened;
    const layouts = await countLayouts(page);
    await page.reload();
    await painted(page);
    expect(await page.locator('.found').innerText()).toBe('5000 cases');
    expect(await page.locator('.row.case').count()).toBe(5000);
    const [elements, loaded] = [await page.locator('*').count(), await layouts()];
    await page.evaluate(`(() => {
      const box = document.getElementById('search');
      box.value = 'case-499';
      box.dispatchEvent(new Event('input'));
    })()`);
    await painted(page);
    const searched = (await layouts()) - loaded;
    expect(await page.locator('.found').innerText()).toBe('11 of 5000 cases');
    expect(elements).toBeLessThan(15 * 5000);
    expect(loaded).toBeLessThan(30);
    expect(searched).toBeLessThan(15);
    expect(opened.complaints).toEqual([]);
  });
});

async function painted(page: Page): Promise<void> {
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
}

/** How often the browser has laid the page out since it was asked to count. */
async function countLayouts(page: Page): Promise<() => Promise<number>> {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return metrics.find(({ name }) => name === 'LayoutCount')?.value ?? NaN;
  };
}

function manyCases(name: string): RunRecord {
  const cases = Array.from({ length: 5000 }, (_, n) =>
    record({
      id: `delete_backup/probe/group-${n % 10}/case-${n}`,
      kind: 'probe',
      status: n % 3 === 0 ? 'fail' : 'pass',
      findings: n % 3 === 0 ? [finding()] : [],
    }),
  );
  return sampleRun({
    subject: { kind: 'live', name },
    cases,
    coverage: [],
    counts: { cases: 5000, pass: 3333, fail: 1667, error: 0, skip: 0, waived: 0, advice: 0 },
  });
}
