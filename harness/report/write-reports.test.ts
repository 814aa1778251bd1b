import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { XMLParser } from 'fast-xml-parser';
import type { Har } from 'har-format';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { CaseRecord, Counts, RunRecord } from '../model/record.ts';
import { githubAnnotations } from './files/github.ts';
import type { PageData } from './html/page-data.ts';
import { exchange, finding, greenRun, record, sampleRun, runOf } from '../testing/sample-run.ts';
import { terminalReport } from './terminal/terminal.ts';
import { writeReports } from './write-reports.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pinecone-contract-reports-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('one run gives one of each report, and leaves no draft behind', async () => {
  writeReports([sampleRun()], join(folder, 'a', 'b'));
  expect((await readdir(join(folder, 'a', 'b'))).sort()).toEqual([
    'ctrf.json',
    'index.html',
    'junit.xml',
    'run.har',
    'run.json',
    'summary.md',
  ]);
  expect(JSON.parse(await readFile(join(folder, 'a', 'b', 'run.json'), 'utf8'))).toEqual(sampleRun());
});

test('several runs keep a file each, named by the subject', async () => {
  const sdk = greenRun({ subject: { kind: 'sdk', name: 'python', version: '7.3.0' } });
  const live = greenRun({ subject: { kind: 'live', name: 'https://a.example/b' } });
  writeReports([greenRun(), greenRun(), sdk, live], folder);
  expect((await readdir(folder)).filter((name) => name.startsWith('run.')).sort()).toEqual([
    'run.har',
    'run.live-https-a.example-b.json',
    'run.mock-2.json',
    'run.mock.json',
    'run.sdk-python-7.3.0.json',
  ]);
});

test('a folder that cannot be written to is one clear error', async () => {
  const file = join(folder, 'file');
  await writeFile(file, '');
  expect(() => writeReports([sampleRun()], join(file, 'reports'))).toThrow(
    expect.objectContaining({
      name: 'HarnessError',
      code: 'E_REPORTS',
      message: expect.stringContaining(join(file, 'reports')) as string,
    }),
  );
  expect(() => writeReports([sampleRun()], file)).toThrow(expect.objectContaining({ code: 'E_REPORTS' }));
});

/** A run of random size with every outcome in it; its counts come from the gate, as those of a real run do. */
test('what was found beside an error is in every report, and so is the error', async () => {
  const both = record({
    id: 'sdk/delete_backup/202/no-content',
    kind: 'sdk',
    status: 'fail',
    findings: [finding({ check: 'sdk/key-not-shown' })],
    error: { code: 'E_DRIVER_LINES', message: 'two lines' },
  });
  const run = runOf([both]);
  writeReports([run], folder);
  const texts = await Promise.all(
    ['ctrf.json', 'junit.xml', 'summary.md', 'index.html', 'run.json'].map((name) =>
      readFile(join(folder, name), 'utf8'),
    ),
  );
  const terminal = terminalReport(run, { columns: 200, colour: false, verbose: false, quiet: false });
  for (const text of [...texts, terminal, githubAnnotations([run], { root: '/' })]) {
    expect(text).toContain('sdk/key-not-shown');
    expect(text).toContain('E_DRIVER_LINES');
  }
});

function mixedRun(seed: number): RunRecord {
  const outcomes: readonly ((id: string) => CaseRecord)[] = [
    (id) => record({ id, kind: 'probe' }),
    (id) => record({ id, kind: 'probe', advice: [finding({ severity: 'advice' }), finding({ severity: 'advice' })] }),
    (id) =>
      record({ id, kind: 'probe', status: 'fail', findings: [finding()], advice: [finding({ severity: 'advice' })] }),
    (id) => record({ id, kind: 'probe', status: 'error', error: { code: 'E_X', message: 'x' }, exchanges: [] }),
    (id) => record({ id, kind: 'probe', status: 'skip', reason: 'x', exchanges: [] }),
    (id) =>
      record({
        id,
        kind: 'probe',
        status: 'fail',
        findings: [finding()],
        waived: { reason: 'x', issue: 'y', expires: '2027-01-01' },
        exchanges: [exchange(200, 'OK', ''), exchange(200, 'OK', '')],
      }),
  ];
  const cases = Array.from({ length: 20 + seed * 13 }, (_, n) => {
    const outcome = outcomes[(n * 7 + seed * n * n) % outcomes.length] ?? record;
    return (outcome as (id: string) => CaseRecord)(`delete_backup/probe/g${n % 4}/${n}`);
  });
  return runOf(cases);
}

test.for([0, 1, 2, 3, 4, 5])('every report of run %i has the numbers of its list of verdicts', async (seed) => {
  const run = mixedRun(seed);
  const want = byHand(run.cases);
  writeReports([run], folder);
  const read = (name: string): Promise<string> => readFile(join(folder, name), 'utf8');
  expect((JSON.parse(await read('run.json')) as RunRecord).counts).toEqual(want);
  expect(fromTerminal(terminalReport(run, { columns: 200, colour: false, verbose: false, quiet: false }))).toEqual(
    want,
  );
  expect(fromTerminal(await read('summary.md'))).toEqual(want);
  expect(fromJunit(await read('junit.xml'))).toEqual(fromJunitWords(want));
  expect(fromPage(await read('index.html'))).toEqual(want);
  const { results } = JSON.parse(await read('ctrf.json')) as { results: { summary: Record<string, number> } };
  expect(results.summary).toMatchObject({
    tests: want.cases,
    passed: want.pass,
    failed: want.fail,
    skipped: want.skip,
    other: want.error + want.waived,
  });
  const har = JSON.parse(await read('run.har')) as Har;
  expect(har.log.entries).toHaveLength(run.cases.reduce((sum, { exchanges }) => sum + exchanges.length, 0));
  const errors = githubAnnotations([run], { root: '/' }).match(/^::error /gm)?.length ?? 0;
  // All failures have one cause, and so have all errors; one problem of the run is an error as well.
  expect(errors).toBe(Math.min(1, want.fail) + Math.min(1, want.error) + 1);
});

function byHand(cases: readonly CaseRecord[]): Counts {
  const counts = { cases: 0, pass: 0, fail: 0, error: 0, skip: 0, waived: 0, advice: 0 };
  for (const one of cases) {
    counts.cases += 1;
    counts[one.waived === undefined ? one.status : 'waived'] += 1;
    counts.advice += one.advice.length;
  }
  return counts;
}

/** `20 cases, 3 passed, 0 failed, 2 errors`; what is not there is 0. */
function fromTerminal(text: string): Counts {
  const line = /^(\d+) cases?, .*$/m.exec(text)?.[0] ?? '';
  const number = (word: string): number => Number(new RegExp(`(\\d+) ${word}`).exec(line)?.[1] ?? 0);
  return {
    cases: number('case'),
    pass: number('passed'),
    fail: number('failed'),
    error: number('error'),
    skip: number('skipped'),
    waived: number('waived'),
    advice: number('advice'),
  };
}

/** In words that JUnit has: the attributes of both levels, and the elements themselves. */
function fromJunit(xml: string): Readonly<Record<string, readonly number[]>> {
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '' });
  const { testsuites } = parser.parse(xml) as {
    testsuites: Record<string, string> & { testsuite: Record<string, string> };
  };
  const elements = (name: string): number => xml.match(new RegExp(`<${name}[ >/]`, 'g'))?.length ?? 0;
  const { testsuite } = testsuites;
  const numbers = (attribute: string, element: string): readonly number[] => [
    Number(testsuites[attribute]),
    Number(testsuite[attribute]),
    elements(element),
  ];
  return {
    tests: numbers('tests', 'testcase'),
    failures: numbers('failures', 'failure'),
    errors: numbers('errors', 'error'),
    skipped: [Number(testsuite['skipped']), elements('skipped')],
  };
}

function fromJunitWords({ cases, fail, error, skip, waived }: Counts): ReturnType<typeof fromJunit> {
  const thrice = (count: number): readonly number[] => [count, count, count];
  return {
    tests: thrice(cases),
    failures: thrice(fail),
    errors: thrice(error),
    skipped: [skip + waived, skip + waived],
  };
}

/** What the page draws, counted cell by cell. */
function fromPage(html: string): Counts {
  const json = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
  const data = JSON.parse(json) as PageData;
  const cells = data.rows.flatMap((row) => row.cases).flatMap(({ cells: [one] }) => one ?? []);
  const counts = { cases: cells.length, pass: 0, fail: 0, error: 0, skip: 0, waived: 0, advice: 0 };
  for (const one of cells) {
    counts[one.outcome] += 1;
    counts.advice += one.advice.length;
  }
  expect(data.columns[0]?.counts).toEqual(counts);
  return counts;
}
