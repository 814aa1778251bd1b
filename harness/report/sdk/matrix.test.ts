import { expect, test } from 'vitest';
import { finding, record, sampleRun } from '../../testing/sample-run.ts';
import { sdkComplaints, sdkMarkdown, sdkTable } from './matrix.ts';

const outcome = { exit: 0, because: 'Every case held.', problems: [] } as const;
const counts = { cases: 4, pass: 2, fail: 0, error: 0, skip: 0, waived: 2, advice: 0 };
const waived = { reason: 'known', issue: 'waivers.yaml:2', expires: '2027-01-01' };
const broken = (check: string) =>
  finding({ check, expected: 'NOT_FOUND', actual: 'not exposed', message: 'Not to be read.' });

const held = sampleRun({
  subject: { kind: 'sdk', name: 'js', version: '9.0.0' },
  ms: 31_400,
  outcome,
  counts,
  cases: [
    record({ id: 'sdk/op/202/no-content', kind: 'sdk', response: '202', status: 'pass' }),
    record({
      id: 'sdk/op/404/json/x',
      kind: 'sdk',
      response: '404',
      status: 'fail',
      findings: [broken('sdk/status'), broken('sdk/code')],
      waived,
    }),
    record({ id: 'sdk/op/id/slash', kind: 'sdk', status: 'pass' }),
    record({ id: 'sdk/op/id/dot', kind: 'sdk', status: 'fail', findings: [broken('sdk/path')], waived }),
  ],
});
const skipped = sampleRun({
  subject: { kind: 'sdk', name: 'csharp', version: '4.0.2' },
  outcome: { exit: 4, because: 'Nothing ran, so nothing is proved.', problems: [] },
  counts: { ...counts, pass: 0, waived: 0, skip: 4 },
  cases: held.cases.map(({ id, response }) =>
    record({
      id,
      kind: 'sdk',
      status: 'skip',
      reason: 'toolchain not found: dotnet',
      ...(response === undefined ? {} : { response }),
    }),
  ),
});
const failed = sampleRun({
  subject: { kind: 'sdk', name: 'go', version: 'v5.4.1' },
  outcome: { exit: 1, because: '1 case broke a rule.', problems: ['waivers.yaml:2: expired.'] },
  counts: { ...counts, waived: 0, fail: 1, error: 2 },
  cases: [
    record({ id: 'sdk/op/404/json/x', kind: 'sdk', response: '404', status: 'fail', findings: [broken('sdk/code')] }),
    ...['a', 'b'].map((name) =>
      record({
        id: `sdk/op/id/${name}`,
        kind: 'sdk',
        status: 'error',
        error: { code: 'E_DRIVER_HANG', message: 'It hung.' },
      }),
    ),
  ],
});

test('the table shows grades, tallies, time and why a release did not run', () => {
  expect(sdkTable([held, skipped, failed]).split('\n').slice(0, 4)).toMatchInlineSnapshot(`
    [
      "release       API      202  404    id   reply  retry  client  hazards  waived  time  outcome",
      "js 9.0.0      2025-04  ✓    12--5  1/2                        0        2       31 s  ok",
      "csharp 4.0.2  2025-04  ·    ·      ·                                                 skip: toolchain not found: dotnet",
      "go v5.4.1     2025-04       123-5  0/2                        0        0       0 s   FAILED",
    ]
  `);
});

test('the Markdown matrix has a row for each case and a column for each release', () => {
  expect(sdkMarkdown([held, skipped, failed]).split('\n').slice(0, 8)).toMatchInlineSnapshot(`
    [
      "|  | js 9.0.0 (API 2025-04) | csharp 4.0.2 (API 2025-04) | go v5.4.1 (API 2025-04) |",
      "| --- | --- | --- | --- |",
      "| \`sdk/op/202/no-content\` | ✓ | · |  |",
      "| \`sdk/op/404/json/x\` | 12--5 | · | 123-5 |",
      "| \`sdk/op/id/slash\` | ✓ | · |  |",
      "| \`sdk/op/id/dot\` | w | · |  |",
      "| \`sdk/op/id/a\` |  |  | ! |",
      "| \`sdk/op/id/b\` |  |  | ! |",
    ]
  `);
});

test('what is known is not a complaint; the same problem in many cases is shown once', () => {
  expect(sdkComplaints(held)).toEqual([]);
  expect(sdkComplaints(failed)).toMatchInlineSnapshot(`
    [
      "✗ sdk/op/404/json/x
        sdk/code: Not to be read.
        expected NOT_FOUND
        actual   not exposed
        again    npx pinecone-contract sdk go --version v5.4.1 --api 2025-04 --reports reports/reproduced --case 'sdk/op/404/json/x'
        script   npx pinecone-contract explain 'sdk/op/404/json/x' --api 2025-04",
      "! sdk/op/id/a and 1 more: It hung.",
      "✗ waivers.yaml:2: expired.",
    ]
  `);
});

test.for([
  ['a swallowed error shows nothing of itself', ['sdk/raises-on-error'], undefined, '-----'],
  ['text has no code', [], 'Invalid API key', '123·5'],
  ['what is lost of text is shown', ['sdk/message'], 'Invalid API key', '123·-'],
] as const)('%s', ([, rules, example, grade]) => {
  const one = record({
    id: 'sdk/op/401/x',
    kind: 'sdk',
    response: '401',
    status: rules.length === 0 ? 'pass' : 'fail',
    findings: rules.map(broken),
    ...(example === undefined ? {} : { example }),
  });
  expect(sdkTable([sampleRun({ ...held, cases: [one] })])).toContain(`  ${grade}  `);
});
