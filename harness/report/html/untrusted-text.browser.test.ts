import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import type { RunRecord } from '../../model/record.ts';
import { harLog } from '../files/har.ts';
import { junitXml } from '../files/junit.ts';
import { describeInChromium } from '../../testing/browser.ts';
import { exchange, finding, greenRun, record, sampleRun } from '../../testing/sample-run.ts';

describeInChromium('reports of untrusted text in a browser', (open) => {
  const two = [greenRun(), sampleRun()];

  test('what a server sends cannot act on the page', async () => {
    const hostile = [
      '</script><script>alert(1)</script>',
      '<img src=http://127.0.0.1:9/x onerror=alert(2)>',
      '"><svg onload=alert(3)>',
      '<!-- <script>',
      'javascript:alert(4)',
      '\u2028alert(5)\u202e\u0000\ud800',
    ].join(' ');
    await using opened = await open([hostileRun(hostile)]);
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

  test('a browser reads the XML of hostile text, and plays the HAR file back', async () => {
    const bytes = Array.from({ length: 256 }, (_, code) => String.fromCharCode(code)).join('');
    const xml = junitXml([hostileRun(`${bytes} ]]> <![CDATA[ \ud800 \uffff`)]);
    await using opened = await open(two);
    const { page } = opened;
    const read = `(xml) => {
      const root = new DOMParser().parseFromString(xml, 'application/xml');
      return [root.querySelector('parsererror')?.textContent ?? '', root.querySelectorAll('testcase').length];
    }`;
    expect(await page.evaluate(`(${read})(${JSON.stringify(xml)})`)).toEqual(['', 3]);
    const file = join(dirname(fileURLToPath(opened.url)), 'run.har');
    const run = greenRun({ cases: [record({ id: 'x/1', exchanges: [played] })] });
    await writeFile(file, harLog([run]));
    const browser = page.context().browser();
    if (browser === null) throw new Error('the browser has ended');
    const other = await browser.newPage();
    await other.routeFromHAR(file, { notFound: 'abort' });
    const answer = await other.goto('http://contract.example/backups');
    expect(await answer?.json()).toEqual({ data: [] });
    await other.close();
  });
});

const played = {
  ...exchange(200, 'OK', '{"data":[]}'),
  request: { method: 'GET', url: 'http://contract.example/backups', headers: [] },
};

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
