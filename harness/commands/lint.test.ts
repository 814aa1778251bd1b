import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import ajvDraft4 from 'ajv-draft-04';
import formats from 'ajv-formats';
import { expect, test } from 'vitest';
import type { LintReport } from '../lint/report.ts';
import { cli } from '../testing/cli.ts';
import { folderOf, head } from '../testing/documents/document-folder.ts';

const schema = (example: string): string => `components: { schemas: { A: { type: integer, example: ${example} } } }`;
const operation = (responses: string): string =>
  `paths:\n  /a:\n    get:\n      operationId: get_a\n      responses: ${responses}\n`;
const well = "{ '200': { description: a } }";

const files = {
  'good.yaml': head() + operation(well) + schema('1'),
  'error.yaml': head() + operation(well) + schema('one'),
  'warning.yaml': head() + operation("{ '200': { description: a }, '404': { description: '100%: none' } }"),
  'broken.yaml': 'openapi: [',
};

test.for([
  [['good.yaml'], 0],
  [['--spec', 'good.yaml', '--strict'], 0],
  [['error.yaml'], 1],
  [['error.yaml', 'get_a'], 0],
  [['warning.yaml'], 0],
  [['warning.yaml', '--strict'], 1],
  [['warning.yaml', 'GET /a', '--strict'], 1],
  [['good.yaml', 'error.yaml'], 1],
  [['broken.yaml'], 2],
  [['broken.yaml', 'error.yaml'], 2],
  [['missing.yaml'], 2],
  [['good.yaml', 'get_b'], 2],
  [['good.yaml', 'get_a', 'get_b'], 2],
  [['good.yaml', '--spec', 'error.yaml'], 2],
  [['good.yaml', '--sarif', 'none/lint.sarif'], 2],
  [[], 0],
  [['2026-04', 'delete_backup'], 0],
] as const)('lint %j exits %i', async ([args, exit]) => {
  const ended = await cli.run(['lint', ...args], { cwd: folderOf(files) });
  expect([ended.exit, ended.stderr === '']).toEqual([exit, exit !== 2]);
  expect(ended.stderr).not.toContain('defect of pinecone-contract');
});

test('what can be read is linted beside what cannot', async () => {
  const { stdout, stderr } = await cli.run(['lint', 'broken.yaml', 'error.yaml'], { cwd: folderOf(files) });
  expect(stderr).toContain('broken.yaml:1');
  expect(stdout).toContain('error: the example of A breaks its schema');
  expect(stdout).toMatch(/example-breaks-schema at error\.yaml:8 +#\/components\/schemas\/A\/example/);
  expect(stdout).toMatch(
    /expected: integer\n\s+actual: +"one"\n\s+Correct the example, or the schema \(error\.yaml:8\)/,
  );
});

test('--json, --sarif and --github tell the same findings', async () => {
  const cwd = folderOf(files);
  const args = ['lint', 'error.yaml', 'warning.yaml', '--json', '--sarif', 'lint.sarif', '--github'];
  const { stdout, stderr } = await cli.run(args, { cwd });
  const report = JSON.parse(stdout) as LintReport;
  expect(report.counts).toEqual({ error: 1, warning: 1 });
  const findings = report.documents.flatMap((document) => document.findings);
  expect(findings.map(({ rule, at }) => [rule, at.file, at.line])).toEqual([
    ['example-breaks-schema', 'error.yaml', 8],
    ['error-without-schema', 'warning.yaml', 7],
  ]);
  expect(stderr.trim().split('\n')).toEqual([
    expect.stringMatching(
      /^::error file=error\.yaml,line=8,title=example-breaks-schema \(#\/components\/schemas\/A\/example\)::the example of A .*%0Aexpected: integer%0A/,
    ),
    expect.stringMatching(/^::warning file=warning\.yaml,line=7,title=error-without-schema /),
  ]);
  const log = JSON.parse(readFileSync(join(cwd, 'lint.sarif'), 'utf8')) as Sarif;
  expect(sarifErrors(log)).toEqual([]);
  expect(
    log.runs[0]?.results.map(({ ruleId, level, locations }) => [ruleId, level, locations[0]?.physicalLocation]),
  ).toEqual([
    ['example-breaks-schema', 'error', { artifactLocation: { uri: 'error.yaml' }, region: { startLine: 8 } }],
    ['error-without-schema', 'warning', { artifactLocation: { uri: 'warning.yaml' }, region: { startLine: 7 } }],
  ]);
});

test('SARIF of a document without findings is SARIF, too', async () => {
  const cwd = folderOf(files);
  await cli.run(['lint', 'good.yaml', '--sarif', 'lint.sarif'], { cwd });
  expect(sarifErrors(JSON.parse(readFileSync(join(cwd, 'lint.sarif'), 'utf8')))).toEqual([]);
});

test('the schema of SARIF finds what is wrong', () => {
  expect(sarifErrors({ version: '2.1.0', runs: [{ tool: {}, results: [] }] })).not.toEqual([]);
});

interface Sarif {
  readonly runs: readonly {
    readonly results: readonly {
      readonly ruleId: string;
      readonly level: string;
      readonly locations: readonly { readonly physicalLocation: unknown }[];
    }[];
  }[];
}

function sarifErrors(log: unknown): readonly unknown[] {
  const file = createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json');
  const ajv = new ajvDraft4.default({ strict: false, unicodeRegExp: false });
  formats.default(ajv);
  const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')) as object);
  return validate(log) ? [] : (validate.errors ?? []);
}
