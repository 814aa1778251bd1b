import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { packageFile } from '../core/package-files.ts';
import { readDocument } from '../openapi/document/document.ts';
import { folderOf, head } from '../testing/documents/document-folder.ts';
import { type LintSample, lintSamples } from '../testing/lint/lint-samples.ts';
import { apiVersions } from '../versions/versions.ts';
import type { LintFinding } from './finding.ts';
import { lintDocument, lintRules } from './lint.ts';

async function findingsIn(text: string, only?: string): Promise<readonly LintFinding[]> {
  const file = join(folderOf({ 'api.yaml': text }), 'api.yaml');
  return lintDocument(await readDocument(file, { onlyOperation: true }), only);
}

describe.for(Object.entries(lintSamples))('%s', ([rule, samples]: [string, readonly LintSample[]]) => {
  test.for(samples)('finds: $what', async ({ wrong, severity, pointer, on, says }) => {
    const found = await findingsIn(wrong);
    expect(found.map((finding) => finding.rule)).toEqual([rule]);
    expect(found[0]).toMatchObject({ severity, at: { pointer } });
    expect(wrong.split('\n')[(found[0]?.at.line ?? 0) - 1]).toContain(on);
    expect(found[0]?.message).toContain(says);
    for (const text of [found[0]?.expected, found[0]?.actual, found[0]?.remedy]) expect(text).toMatch(/\S/);
  });

  test.for(samples)('leaves alone the document without: $what', async ({ right }) => {
    for (const text of right) expect(await findingsIn(text)).toEqual([]);
  });
});

test('each rule has a sample', () => {
  expect(Object.keys(lintSamples).sort()).toEqual(lintRules.map(({ id }) => id).sort());
});

test('one operation: only what it uses is linted', async () => {
  const text = `${head()}paths:
  /a: { get: { operationId: get_a, responses: { '200': { description: a, content: { application/json: { schema: { $ref: '#/components/schemas/A' } } } } } } }
  /b: { get: { operationId: get_b, responses: { '200': { description: b, content: { application/json: { schema: { $ref: '#/components/schemas/B' } } } } } } }
components:
  schemas:
    A: { type: integer, example: one }
    B: { type: integer, example: two }
`;
  const pointers = async (only?: string): Promise<readonly string[]> =>
    (await findingsIn(text, only)).map(({ at }) => at.pointer);
  expect(await pointers()).toEqual(['/components/schemas/A/example', '/components/schemas/B/example']);
  expect(await pointers('get_b')).toEqual(['/components/schemas/B/example']);
  expect(await pointers('GET /a')).toEqual(['/components/schemas/A/example']);
  await expect(pointers('get_c')).rejects.toMatchObject({ code: 'E_OPERATION' });
});

test('what several operations share is said once, with all of them', async () => {
  const operation = (id: string): string =>
    `{ get: { operationId: ${id}, responses: { '200': { description: it }, '404': { $ref: '#/components/responses/None' } } } }`;
  const text = `${head()}paths:
  /a: ${operation('get_a')}
  /b: ${operation('get_b')}
components: { responses: { None: { description: none, content: { application/json: {} } } } }
`;
  expect(await findingsIn(text)).toMatchObject([{ rule: 'error-without-schema', operations: ['get_a', 'get_b'] }]);
});

test.for(apiVersions())('the document of $version has no error, and of warnings only x-enum', async ({ file }) => {
  const found = lintDocument(await readDocument(file));
  expect(found.filter(({ rule, severity }) => severity !== 'warning' || rule !== 'x-enum')).toEqual([]);
});

test('docs/lint.md lists each rule with its severity and what it asks for', () => {
  const page = readFileSync(packageFile('docs', 'lint.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([\w-]+)` +\| (error|warning) +\| (.+?) +\|/gm)].map(([, ...cells]) => cells);
  expect(rows).toEqual(lintRules.map(({ id, severity, title }) => [id, severity, title]));
});
