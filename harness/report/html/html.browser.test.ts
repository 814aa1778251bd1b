import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import axe from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { RunRecord } from '../../model/record.ts';
import { harLog } from '../files/har.ts';
import { junitXml } from '../files/junit.ts';
import { launch, noBrowser, open } from '../../testing/browser.ts';
import { exchange, finding, greenRun, record, sampleRun } from '../../testing/sample-run.ts';

describe.skipIf(noBrowser !== '')(`the HTML report in Chromium${noBrowser}`, () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(async () => {
    await browser.close();
  });

  const two = [greenRun(), sampleRun()];
  const broken = 'delete_backup/404/application-json/backup-not-found';

  test('opens from a file and shows each declared response and group, with a word in every cell', async () => {
    await using opened = await open(browser, two);
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
    await using opened = await open(browser, two);
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
      await using opened = await open(browser, [greenRun(), sampleRun({ cases })], { width });
      const { page } = opened;
      expect(await page.locator('.outcome').innerText()).toContain('violated by http://127.0.0.1:5080, held by 1 of 2');
      expect(await page.locator('.head .cell .label').first().innerText()).toBe('http://127.0.0.1:5080');
      const causes = page.locator('.causes');
      expect(await causes.locator('h2').innerText()).toBe('http://127.0.0.1:5080: 1 cause, 3 cases');
      expect(await causes.locator('summary').innerText()).toBe('the same in 2 other cases');
      expect(await page.locator('.row.case .reason').allTextContents()).toEqual(Array(3).fill(finding().message));
      await causes.locator('a').first().click();
      expect(await page.locator('#panel h2').innerText()).toBe('probe/ids/a');
      expect(opened.complaints).toEqual([]);
    }
  });

  test('the lines that findings are about are marked, and no others', async () => {
    await using opened = await open(browser, two, { hash: `#${broken}@http://127.0.0.1:5080` });
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
      await using opened = await open(browser, two, { hash });
      expect((await opened.page.locator('.verdict').innerText()).replace(/\s+/g, ' ')).toContain(word);
    }
    await using none = await open(browser, two, { hash: '#delete_backup/418/%E0%A4%A' });
    expect(await none.page.locator('#panel h2').innerText()).toBe('No such case');
  });

  test('the address of an opened case leads to it again', async () => {
    await using opened = await open(browser, two);
    await cell(opened.page, '404', 1).click();
    const href = await opened.page.evaluate('location.hash');
    expect(href).toBe(`#${broken}@mock`);
  });

  test('filters by verdict, by text and by subject', async () => {
    await using opened = await open(browser, two);
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
    await using opened = await open(browser, two);
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
    await using opened = await open(browser, two);
    const stops = opened.page.locator('.grid [tabindex="0"]');
    expect(await stops.count()).toBe(1);
    await opened.page.locator('.chip[data-outcome="error"]').click();
    expect(await stops.count()).toBe(1);
    expect(await stops.isVisible()).toBe(true);
  });

  test('the head of a subject opens its run', async () => {
    await using opened = await open(browser, [greenRun(), ...two]);
    await opened.page.locator('.head .cell').last().click();
    const text = await opened.page.locator('#panel').innerText();
    for (const part of ['every selected promise was kept (exit 0)', 'Seed', 'SHA-256', 'Earlier runs'])
      expect(text).toContain(part);
  });

  test('earlier runs of a subject are the history of its cases', async () => {
    const earlier = sampleRun({ started: '2026-03-03T05:06:07.890Z', cases: sampleRun().cases.slice(0, 1) });
    const fixed = sampleRun({ started: '2026-03-05T05:06:07.890Z' });
    await using opened = await open(browser, [earlier, fixed, sampleRun()], { hash: `#${broken}` });
    const history = await opened.page.locator('#panel .history li').allInnerTexts();
    expect(history.map((line) => line.replace(/\s+/g, ' '))).toEqual([
      '2026-03-04 05:06:07 UTC ✕ failed',
      '2026-03-03 05:06:07 UTC not in this run',
    ]);
    expect(await opened.page.locator('.head .cell').count()).toBe(1);
  });

  test('is dark where the reader wants it dark', async () => {
    const ground = async (colorScheme: 'light' | 'dark'): Promise<number> => {
      await using opened = await open(browser, two, { colorScheme });
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
      await using opened = await open(browser, two, { colorScheme, width, hash });
      expect(await axeProblems(opened.page)).toEqual([]);
    }
  });

  test('nothing is cut off on a phone but what scrolls', async () => {
    await using opened = await open(browser, two, { width: 400, hash: `#${broken}` });
    const { page } = opened;
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(400);
    expect(await page.evaluate('document.getElementById("panel").scrollWidth')).toBe(400);
    await page.locator('#close').click();
    expect(await page.evaluate('document.getElementById("page").scrollWidth')).toBe(400);
  });

  test('what a server sends cannot act on the page', async () => {
    const hostile = [
      '</script><script>alert(1)</script>',
      '<img src=http://127.0.0.1:9/x onerror=alert(2)>',
      '"><svg onload=alert(3)>',
      '<!-- <script>',
      'javascript:alert(4)',
      '\u2028alert(5)\u202e\u0000\ud800',
    ].join(' ');
    await using opened = await open(browser, [hostileRun(hostile)]);
    const { page } = opened;
    for (const fold of await page.locator('.grid [aria-expanded]').all()) await fold.dispatchEvent('click');
    const texts: string[] = [];
    for (const place of await page.locator('.grid .cell[tabindex]').all()) {
      await place.dispatchEvent('click');
      texts.push(await page.locator('#panel').innerText());
    }
    expect(texts.join('\n')).toContain('<img src=http://127.0.0.1:9/x onerror=alert(2)>');
    expect(await page.locator('body img, body svg').count()).toBe(0);
    expect(await page.locator('script').count()).toBe(2);
    expect(opened.complaints).toEqual([]);
  });

  test('prints the matrix and, behind it, the evidence of what is red', async () => {
    await using opened = await open(browser, two);
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

  test('a browser reads the XML of hostile text, and plays the HAR file back', async () => {
    const bytes = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join('');
    const xml = junitXml([hostileRun(`${bytes} ]]> <![CDATA[ \ud800 \uffff`)]);
    await using opened = await open(browser, two);
    const { page } = opened;
    const read = `(xml) => {
      const root = new DOMParser().parseFromString(xml, 'application/xml');
      return [root.querySelector('parsererror')?.textContent ?? '', root.querySelectorAll('testcase').length];
    }`;
    expect(await page.evaluate(`(${read})(${JSON.stringify(xml)})`)).toEqual(['', 3]);
    const file = join(dirname(fileURLToPath(opened.url)), 'run.har');
    const run = greenRun({ cases: [record({ id: 'x/1', exchanges: [played] })] });
    await writeFile(file, harLog([run]));
    const other = await browser.newPage();
    await other.routeFromHAR(file, { notFound: 'abort' });
    const answer = await other.goto('http://contract.example/backups');
    expect(await answer?.json()).toEqual({ data: [] });
    await other.close();
  });

  // What makes a page slow is counted: elements, and how often the browser must lay them out.
  test('5,000 cases are laid out a few times and not once a case, and so is a search among them', async () => {
    await using opened = await open(browser, [manyCases('mock'), manyCases('http://127.0.0.1:5080')]);
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

const played = {
  ...exchange(200, 'OK', '{"data":[]}'),
  request: { method: 'GET', url: 'http://contract.example/backups', headers: [] },
};

function cell(page: Page, name: string, column: number): ReturnType<Page['locator']> {
  return page
    .locator('.row.summary', { has: page.locator('b', { hasText: new RegExp(`^${name}$`) }) })
    .locator(`[data-column="${column}"]`);
}

/** The names of the rows in sight, without titles. */
async function rows(page: Page): Promise<readonly string[]> {
  const names = page.locator('.row.summary:visible b, .row.case:visible .name > :first-child');
  // Not innerText: a row that was shown just now has none until the next frame.
  return names.allTextContents();
}

async function matrix(page: Page): Promise<readonly string[]> {
  await page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))');
  const texts = await page.locator('.row:visible').allInnerTexts();
  return texts.map((text) => text.split(/\s*\n\s*/).join(' | '));
}

async function axeProblems(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const results = await page.evaluate<axe.AxeResults>('axe.run()');
  return results.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => `${node.html} ${node.failureSummary ?? ''}`).join('; ')}`);
}

function hostileRun(text: string): RunRecord {
  const at = { file: text, pointer: text, line: 3 };
  const bad = finding({
    check: text,
    message: text,
    where: `header ${text}`,
    expected: text,
    actual: text,
    hint: text,
    at,
  });
  const words = {
    title: text,
    requirement: text,
    promise: text,
    state: text,
    at,
    curl: text,
    excerpt: [text],
    excerptLine: 3,
  };
  return sampleRun({
    subject: { kind: 'live', name: text },
    operation: { id: text, method: text, path: text },
    document: { source: text, title: text, version: text, sha256: text },
    cases: [
      record({
        ...words,
        id: `${text}/404`,
        response: text,
        status: 'fail',
        findings: [bad, finding({ where: 'status', expected: text })],
        exchanges: [exchange(500, text, text, [[text, text]])],
        example: { [text]: text },
      }),
      record({
        ...words,
        id: `${text}/probe/x/${text}`,
        kind: 'probe',
        status: 'error',
        error: { code: text, message: text, hint: text },
      }),
      record({
        ...words,
        id: `${text}/probe/x/sdk`,
        kind: 'sdk',
        driver: { command: [text], input: text, output: { [text]: text }, stderr: text, exit: text },
        advice: [bad],
      }),
    ],
    coverage: [{ response: text, description: text, status: 'violated', how: text, at }],
    counts: { cases: 3, pass: 1, fail: 1, error: 1, skip: 0, waived: 0, advice: 1 },
    outcome: { exit: 1, because: text, problems: [text] },
  });
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
