import { expect, test } from 'vitest';
import { describeInChromium } from '../../testing/browser.ts';
import { greenRun, sampleRun } from '../../testing/sample-run.ts';

describeInChromium('titles in the HTML report', (open) => {
  const long = 'https://control.staging.example:8443/with/a/long/path';
  const one = greenRun();
  const runs = [{ ...one, subject: { ...one.subject, kind: 'live' as const, name: long } }, sampleRun()];
  const broken = '#delete_backup/404/application-json/backup-not-found';

  test.for([
    [1280, ''],
    [1280, broken],
    [400, ''],
  ] as const)('are shown in full, %i pixels wide %s', async ([width, hash]) => {
    await using opened = await open(runs, { width, hash });
    const titles: readonly { readonly text: string; readonly whole: boolean }[] = await opened.page.evaluate(`
      [...document.querySelectorAll('.description, .reason, .head .label')]
        .filter((each) => each.closest('[hidden]') === null)
        .map((each) => ({
          text: each.textContent,
          whole: each.checkVisibility() && each.scrollWidth <= each.clientWidth + 1 && each.scrollHeight <= each.clientHeight + 1,
        }))`);
    expect(titles.map(({ text }) => text)).toContain(long);
    expect(titles.length).toBeGreaterThan(5);
    expect(titles.filter(({ whole }) => !whole)).toEqual([]);
  });

  test('a subject that did not run is named with its reason, and is no violation', async () => {
    const how = 'could not be installed: 403 Forbidden';
    const idle = greenRun({
      subject: { kind: 'sdk', name: 'go v6.1.0' },
      coverage: one.coverage.map((each) => ({ ...each, status: 'unproved' as const, how })),
      outcome: { exit: 4, because: 'nothing was proved', problems: [] },
    });
    await using opened = await open([one, idle]);
    const { page } = opened;
    expect(await page.locator('header .outcome .badge').getAttribute('data-state')).toBe('unproved');
    expect(await page.locator('header .outcome .word').innerText()).toBe(
      'unproved for go v6.1.0, held by 1 of 2 subjects',
    );
    expect(await page.locator('header .idle').innerText()).toBe(`go v6.1.0: ${how}`);
    expect(await page.locator('.reason').count()).toBe(0);
  });
});
