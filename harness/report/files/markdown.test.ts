import { expect, test } from 'vitest';
import { markdownBlock, markdownCode, markdownRow, markdownText } from './markdown-text.ts';
import { markdownSummary } from './markdown.ts';
import { finding, greenRun, record, sampleRun } from '../../testing/sample-run.ts';

test('two subjects, one of them red', () => {
  expect(markdownSummary([greenRun(), sampleRun()])).toMatchInlineSnapshot(`
    "### ✔ \`delete_backup\` against \`mock\`

    **exit 0**: every selected promise was kept  
    5 cases, 5 passed, 0 failed

    ### ✘ \`delete_backup\` against \`http://127.0.0.1:5080\`

    **exit 1**: the subject broke the contract in 1 case  
    6 cases, 2 passed, 1 failed, 1 error, 1 waived, 1 skipped, 1 advice

    - The waiver for delete\\_backup/probe/ids/\\* expires in 3 days.

    #### 2 causes, 2 cases (\`http://127.0.0.1:5080\`)

    1. ✘ the answer has another status than the promised one<br>\`delete_backup/404/application-json/backup-not-found\`: status: expected \`404\`, came \`500\` (and 1 more), \`specs/db_control_2025-04.oas.yaml:1042\`
    2. ! E\\_TARGET\\_REFUSED: nothing listens at http://127.0.0.1:5080<br>\`delete_backup/probe/methods/trace\`: \`E_TARGET_REFUSED\`

    |  | \`mock\` | \`http://127.0.0.1:5080\` |
    | --- | --- | --- |
    | \`202\` | ✔ proved | ✔ proved |
    | \`404\` | ✔ proved | ✘ violated |
    | \`500\` |  | – exempt |
    | auth | ✔ 2 of 2 | ✔ 1 of 1 |
    | methods | ✔ 1 of 1 | ! 0 of 1 |
    | ids |  | ~ 0 of 1 |

    #### Waived

    - \`delete_backup/probe/ids/upper-case\`: ids are compared without case (https://example.com/issues/7, until 2027-01-31)

    <details><summary>Reproduce a failure</summary>

    \`\`\`sh
    npx pinecone-contract run --target http://127.0.0.1:5080 --reports reports/reproduced --case 'delete_backup/404/application-json/backup-not-found'
    npx pinecone-contract run --target http://127.0.0.1:5080 --seed 7 --reports reports/reproduced --case 'delete_backup/probe/methods/trace'
    \`\`\`

    </details>
    "
  `);
});

test('a run in which all is well is an outcome and a matrix', () => {
  expect(markdownSummary([greenRun()])).toMatchInlineSnapshot(`
    "### ✔ \`delete_backup\` against \`mock\`

    **exit 0**: every selected promise was kept  
    5 cases, 5 passed, 0 failed

    |  | \`mock\` |
    | --- | --- |
    | \`202\` | ✔ proved |
    | \`404\` | ✔ proved |
    | auth | ✔ 2 of 2 |
    | methods | ✔ 1 of 1 |
    "
  `);
});

test('shows the latest run of each subject', () => {
  const earlier = greenRun({
    started: '2026-01-01T00:00:00.000Z',
    outcome: { exit: 1, because: 'long ago', problems: [] },
  });
  expect(markdownSummary([greenRun(), earlier])).toBe(markdownSummary([greenRun()]));
});

test('fits into a comment of a pull request, however much is wrong', () => {
  const cases = Array.from({ length: 3000 }, (_, n) =>
    record({
      id: `delete_backup/probe/ids/${n}-${'x'.repeat(60)}`,
      kind: 'probe',
      status: 'fail',
      findings: [
        finding({
          check: `check-${n}`,
          expected: `${n} ${'e'.repeat(900)}`,
          actual: 'a'.repeat(900),
          message: 'm'.repeat(900),
        }),
      ],
    }),
  );
  const text = markdownSummary([
    sampleRun({ cases, outcome: { exit: 1, because: 'b', problems: Array(500).fill('p'.repeat(900)) } }),
  ]);
  expect(text.length).toBeLessThan(65_536);
  expect(text).toContain('2975 more, see the HTML report');
});

const words: readonly (readonly [what: string, given: string, want: string])[] = [
  ['emphasis', 'a_b *c* ~d~', 'a\\_b \\*c\\* \\~d\\~'],
  ['a link', '[x](http://evil.example)', '\\[x\\]\\(http://evil.example\\)'],
  ['an image', '![x](y)', '\\!\\[x\\]\\(y\\)'],
  ['HTML', '<img src=x> &amp;', '&lt;img src=x&gt; &amp;amp;'],
  ['a mention', '@someone', '@&#8203;someone'],
  ['a reference to an issue', '#12', '#&#8203;12'],
  ['code', '`x`', '\\`x\\`'],
  ['a line break', 'a\n# b', 'a\\\\n#&#8203; b'],
];

test.for(words)('%s in a sentence is only text', ([, given, want]) => {
  expect(markdownText(given)).toBe(want);
});

test('code is fenced longer than the fences in it', () => {
  expect(markdownCode('a')).toBe('`a`');
  expect(markdownCode('a``b')).toBe('```a``b```');
  expect(markdownCode('`')).toBe('`` ` ``');
  expect(markdownCode('')).toBe('(empty)');
  expect(markdownCode('a\nb')).toBe('`a\\nb`');
  expect(markdownBlock('sh', ['a', '````'])).toBe('`````sh\na\n````\n`````');
});

test('a bar does not end the cell of a table', () => {
  expect(markdownRow([markdownCode('a|b'), markdownText('c|d')])).toBe('| `a\\|b` | c\\|d |');
});
