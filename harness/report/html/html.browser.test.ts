import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { describeInChromium } from '../../testing/browser.ts';
import { finding, greenRun, record, sampleRun } from '../../testing/sample-run.ts';

describeInChromium('the HTML report', (open) => {
  const two = [greenRun(), sampleRun()];
  const broken = 'delete_backup/404/application-json/backup-not-found';

  test('opens from a file and shows each declared response and group, with a word in every cell', async () => {
    await using opened = await open(two);
    expect(await matrix(opened.page)).toMatchInlineSnapshot(`
      [
        "Promise | http://127.0.0.1:5080 | ✕ | violated | mock | ✓ | held",
        "Declared responses | 1 of 3 | 2 of 2",
        "202 | Accepted | ✓ | proved | ✓ | proved",
        "404 | Not found | no such backup | ✕ | violated | ✓ | proved",
        "500 | Fault | a live server cannot be made to fail on purpose | – | exempt | ·",
        "Probes | 1 of 3 | 3 of 3",
        "› | auth | ✓ | 1 of 1 | ✓ | 2 of 2",
        "› | methods | ! | 0 of 1 | ✓ | 1 of 1",
        "trace | answers 404 when there is no such backup | nothing listens at http://127.0.0.1:5080 | ! | error | ·",
        "put | answers 404 when there is no such backup | · | ✓ | passed",
        "ids | ~ | 0 of 1 | ·",
      ]
    `);
    expect(await opened.page.title()).toBe('✘ delete_backup contract');
    expect(opened.complaints).toEqual([]);
  });

  test('a click on a cell opens its evidence', async () => {
    await using opened = await open(two);
    await cell(opened.page, '404', 0).click();
    const panel = opened.page.locator('#panel');
    expect(await panel.locator('h2').innerText()).toBe('404/application-json/backup-not-found');
    const text = await panel.innerText();
    for (const part of [
      'A DELETE of a backup that does not exist is answered with 404',
      '404, application/json, such as example backup-not-found',
      'HTTP/1.1 500 Internal Server Error ← expected 404',
      '"code": "UNKNOWN" ← expected NOT_FOUND',
      "1042         '404':",
      'specs/db_control_2025-04.oas.yaml:1042',
      '-H "Api-Key: $PINECONE_API_KEY"',
      "npx pinecone-contract run --target http://127.0.0.1:5080 --reports reports/reproduced --case 'delete_backup/404/application-json/backup-not-found'",
    ]) {
      expect(text).toContain(part);
    }
    expect(opened.complaints).toEqual([]);
  });

  test('names who violated the contract, and leads from each cause to its evidence in one click', async () => {
    const cases = ['a', 'b', 'c'].map((name) =>
      record({ id: `delete_backup/probe/ids/${name}`, kind: 'probe', status: 'fail', findings: [finding()] }),
    );
    for (const width of [1280, 400]) {
      await using opened = await open([greenRun(), sampleRun({ cases })], { width });
      const { page } = opened;
      expect(await page.locator('.outcome').innerText()).toContain('violated by http://127.0.0.1:5080, held by 1 of 2');
      expect(await page.locator('.head .cell .label').first().innerText()).toBe('http://127.0.0.1:5080');
      const causes = page.locator('.causes');
      expect(await causes.locator('h2').innerText()).toBe('http://127.0.0.1:5080: 1 cause, 3 cases');
      expect(await causes.locator('summary').innerText()).toBe('the same in 2 other cases');
      // The reason of several cases is said once, above them.
      expect(await page.locator('.row.shared').allInnerTexts()).toEqual([
        `${finding().message}\n3 cases on http://127.0.0.1:5080`,
      ]);
      expect(await page.locator('.row.shared ~ .row.case').count()).toBe(3);
      expect(await page.locator('.row.case .reason').count()).toBe(0);
      await causes.locator('a').first().click();
      expect(await page.locator('#panel h2').innerText()).toBe('probe/ids/a');
      for (const [words, shown] of [
        ['ids/b', true],
        ['nothing of the kind', false],
      ] as const) {
        await page.getByRole('searchbox').fill(words);
        await page.locator('.row.shared').waitFor({ state: shown ? 'visible' : 'hidden' });
      }
      expect(opened.complaints).toEqual([]);
    }
  });

  test('the lines that findings are about are marked, and no others', async () => {
    await using opened = await open(two, { hash: `#${broken}@http://127.0.0.1:5080` });
    const marks = await opened.page.locator('.message mark').allInnerTexts();
    expect(marks.map((mark) => mark.trim())).toEqual([
      'HTTP/1.1 500 Internal Server Error ← expected 404',
      '"code": "UNKNOWN" ← expected NOT_FOUND',
    ]);
  });

  test('a link with a case opens it; with a subject, on that subject; without, where it is worst', async () => {
    for (const [hash, word] of [
      [`#${broken}`, 'failed against http://127.0.0.1:5080, 5 ms'],
      [`#${broken}@mock`, 'passed against mock, 5 ms'],
      [`#${broken}@http://127.0.0.1:5080`, 'failed against http://127.0.0.1:5080, 5 ms'],
    ] as const) {
      await using opened = await open(two, { hash });
      expect((await opened.page.locator('.verdict').innerText()).replace(/\s+/g, ' ')).toContain(word);
    }
    await using none = await open(two, { hash: '#delete_backup/418/%E0%A4%A' });
    expect(await none.page.locator('#panel h2').innerText()).toBe('No such case');
  });

  test('the address of an opened case leads to it again', async () => {
    await using opened = await open(two);
    await cell(opened.page, '404', 1).click();
    const href = await opened.page.evaluate('location.hash');
    expect(href).toBe(`#${broken}@mock`);
  });

  test('the head of a subject opens its run', async () => {
    await using opened = await open([greenRun(), ...two]);
    await opened.page.locator('.head .cell').last().click();
    const text = await opened.page.locator('#panel').innerText();
    for (const part of ['every selected promise was kept (exit 0)', 'Seed', 'SHA-256', 'Earlier runs'])
      expect(text).toContain(part);
  });

  test('earlier runs of a subject are the history of its cases', async () => {
    const earlier = sampleRun({ started: '2026-03-03T05:06:07.890Z', cases: sampleRun().cases.slice(0, 1) });
    const fixed = sampleRun({ started: '2026-03-05T05:06:07.890Z' });
    await using opened = await open([earlier, fixed, sampleRun()], { hash: `#${broken}` });
    const history = await opened.page.locator('#panel .history li').allInnerTexts();
    expect(history.map((line) => line.replace(/\s+/g, ' '))).toEqual([
      '2026-03-04 05:06:07 UTC ✕ failed',
      '2026-03-03 05:06:07 UTC not in this run',
    ]);
    expect(await opened.page.locator('.head .cell').count()).toBe(1);
  });
});

function cell(page: Page, name: string, column: number): ReturnType<Page['locator']> {
  return page
    .locator('.row.summary', { has: page.locator('b', { hasText: new RegExp(`^${name}$`) }) })
    .locator(`[data-column="${column}"]`);
}

async function matrix(page: Page): Promise<readonly string[]> {
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  const texts = await page.locator('.row:visible').allInnerTexts();
  return texts.map((text) => text.split(/\s*\n\s*/).join(' | '));
}
