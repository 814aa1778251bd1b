import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeInChromium } from '../../testing/browser.ts';
import { greenRun, sampleRun } from '../../testing/sample-run.ts';

describeInChromium('the appearance of the HTML report', (open) => {
  const two = [greenRun(), sampleRun()];
  const broken = 'delete_backup/404/application-json/backup-not-found';

  test('is dark where the reader wants it dark', async () => {
    const ground = async (colorScheme: 'light' | 'dark'): Promise<number> => {
      await using opened = await open(two, { colorScheme });
      const colour: string = await opened.page.evaluate('getComputedStyle(document.documentElement).backgroundColor');
      return Math.max(...(colour.match(/\d+/g) ?? []).map(Number));
    };
    expect(await ground('light')).toBeGreaterThan(240);
    expect(await ground('dark')).toBeLessThan(40);
  });

  test.for([
    ['light', 1280],
    ['dark', 1280],
    ['light', 400],
    ['dark', 400],
  ] as const)('has no serious accessibility problem, %s, %i pixels wide', async ([colorScheme, width]) => {
    // On a wide screen the matrix and the evidence are there at once.
    for (const hash of width > 1000 ? [`#${broken}`] : ['', `#${broken}`]) {
      await using opened = await open(two, { colorScheme, width, hash });
      expect(await axeProblems(opened.page)).toEqual([]);
    }
  });

  test('nothing is cut off on a phone but what scrolls', async () => {
    await using opened = await open(two, { width: 400, hash: `#${broken}` });
    const { page } = opened;
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(400);
    expect(await page.evaluate('document.getElementById("panel").scrollWidth')).toBe(400);
    await page.locator('#close').click();
    expect(await page.evaluate('document.getElementById("page").scrollWidth')).toBe(400);
  });

  test('prints the matrix and, behind it, the evidence of what is red', async () => {
    await using opened = await open(two);
    const { page } = opened;
    await page.evaluate('dispatchEvent(new Event("beforeprint"))');
    expect(await page.locator('#appendix article h2').allInnerTexts()).toEqual([
      '404/application-json/backup-not-found',
      'probe/methods/trace',
      'probe/ids/upper-case',
    ]);
    await page.evaluate('dispatchEvent(new Event("afterprint"))');
    expect(await page.locator('#appendix').count()).toBe(0);
    expect((await page.pdf()).byteLength).toBeGreaterThan(10_000);
  });
});

async function axeProblems(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const results = await page.evaluate<axe.AxeResults>('axe.run()');
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary ?? ''}`).join('; ')}`);
}
