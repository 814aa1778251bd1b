import { expect, it } from 'vitest';
import * as api from './index.ts';
import * as vitestApi from './vitest.ts';

it('exports these names and no others', () => {
  expect(Object.keys(api).sort()).toMatchInlineSnapshot(`
    [
      "HarnessError",
      "casesOf",
      "checks",
      "compareRuns",
      "defineConfig",
      "departuresOf",
      "findOperation",
      "fixturesTarget",
      "junitXml",
      "liveTarget",
      "loadContract",
      "loadSuite",
      "markdownSummary",
      "mockTarget",
      "operationsOf",
      "readDocument",
      "readWaivers",
      "recordRun",
      "run",
      "selectCases",
      "startMock",
      "terminalReport",
      "validateResponse",
      "verifyContract",
    ]
  `);
  expect(Object.keys(vitestApi).sort()).toMatchInlineSnapshot(`
    [
      "contractOf",
      "describeContract",
    ]
  `);
});

it('is enough to run a contract from end to end', async () => {
  const { operation, suite, cases } = await api.loadContract('delete_backup', {});
  const target = await api.mockTarget({ document: operation.document });
  const verdicts = [];
  const started = new Date();
  const selected = api.selectCases(cases, { globs: ['delete_backup/4*/**'] });
  try {
    for await (const verdict of api.run({
      cases: selected,
      target,
      suite,
      checks: api.checks,
      seed: 1,
      concurrency: 4,
    })) {
      verdicts.push(verdict);
    }
  } finally {
    expect(await target.close()).toEqual([]);
  }
  const record = api.recordRun({
    operation,
    suite,
    cases,
    verdicts,
    subject: { kind: target.kind, name: target.name },
    secrets: [target.key],
    waivers: [],
    leftovers: [],
    interrupted: false,
    strict: true,
    seed: 1,
    started,
    ms: 1,
  });
  expect(record.outcome).toEqual({ exit: 0, because: 'the contract held in 3 of 122 cases', problems: [] });
  expect(api.junitXml([record])).toContain('<testcase');
  expect(api.markdownSummary([record])).toContain('412');
  expect(api.compareRuns(record, record)).toEqual([]);
});
