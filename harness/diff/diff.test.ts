import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { packageFile } from '../core/package-files.ts';
import { readDocument } from '../openapi/document/document.ts';
import { documentOf } from '../testing/documents/document-folder.ts';
import { apiVersion, apiVersions } from '../versions/versions.ts';
import { diffDocuments } from './operations.ts';
import { diffMarkdown, diffReport, type DiffReport, diffText } from './report.ts';
import { type DiffRuleId, diffRules } from './rules.ts';

async function reportOf(before: string, after: string): Promise<DiffReport> {
  const [was, is] = [await readDocument(apiVersion(before).file), await readDocument(apiVersion(after).file)];
  return diffReport([was, is], diffDocuments(was, is));
}

test('2026-04 → 2026-07 names 412, 403, the media type of 401, and the codes', async () => {
  const was = await readDocument(apiVersion('2026-04').file);
  const is = await readDocument(apiVersion('2026-07').file);
  const report = diffReport([was, is], diffDocuments(was, is, 'delete_backup'));
  const [one] = report.operations;
  const changes = one?.changes.map(({ rule, statuses, breaks }) => [rule, statuses, breaks.clients, breaks.servers]);
  expect(changes).toEqual([
    ['version-header-value-changed', [], false, true],
    ['response-media-type-changed', ['401'], true, true],
    ['response-error-added', ['403'], false, true],
    ['response-value-removed', ['404', '500'], false, true],
    ['response-value-added', ['404', '500'], true, false],
    ['response-error-removed', ['412'], false, true],
  ]);
  const text = diffText(report);
  expect(text).toContain('loses 4 values: QUOTA_EXCEEDED, UNIMPLEMENTED, UNAVAILABLE, DATA_LOSS');
  expect(text).toContain('gains 2 values: SERVICE_UNAVAILABLE, PAYLOAD_TOO_LARGE');
  expect(text).toMatch(
    /- \S*2026-04\.oas\.yaml:\d+ {2}application\/json:\n\s+\+ \S*2026-07\.oas\.yaml:\d+ {2}text\/plain:/,
  );
  expect(one?.appear).toContain('delete_backup/403/application-json/permission-denied');
  expect(one?.vanish).toContain('delete_backup/412/application-json/pending-restore');
  expect(one?.vanish).toContain('delete_backup/probe/effect/locked-stays');
  expect(one?.touched.releases).toEqual(
    expect.arrayContaining([expect.stringContaining('(API 2026-04)'), expect.stringContaining('(API 2026-07)')]),
  );
  expect(one?.touched.releases.join()).not.toContain('2025-');
  expect(one?.touched.recipes).toContain(`403 in ${packageFile('suites', 'delete_backup', 'suite.yaml')}`);
  expect(diffMarkdown(report)).toContain(
    '| breaks clients and servers | 401 changes its media type from application/json',
  );
});

test('2025-04 → 2025-10 names the version header', async () => {
  const { operations } = await reportOf('2025-04', '2025-10');
  const one = operations.find(({ operation }) => operation === 'delete_backup');
  expect(one?.changes.map(({ rule }) => rule)).toEqual(['version-header-added']);
});

test.for(apiVersions())('$version does not differ from itself', async ({ version }) => {
  const report = await reportOf(version, version);
  expect(report).toMatchObject({ operations: [], counts: { changes: 0, breaking: 0 } });
  expect(diffText(report)).toBe(`${version} → ${version}: no change of the contract`);
});

const schema = `{ type: object, required: [a], properties: { a: { type: string, enum: [x, y] }, b: { type: integer } } }`;
const body = `content: { application/json: { schema: ${schema}, example: { a: x } } }`;
const plain = {
  get: `operationId: get_it
      parameters: [{ name: q, in: query, schema: { type: string } }]
      responses:
        '200': { description: it, headers: { X-A: { required: true, schema: { type: string } } }, ${body} }
        '404': { description: none }`,
};

/** Each change of the one document, and the rules of it, in both directions. */
const changes: readonly (readonly [
  was: string,
  is: string,
  there: readonly DiffRuleId[],
  back: readonly DiffRuleId[],
])[] = [
  [
    "'404': { description: none }",
    "'409': { description: none }",
    ['response-error-removed', 'response-error-added'],
    ['response-error-added', 'response-error-removed'],
  ],
  [
    "'200'",
    "'201'",
    ['response-success-removed', 'response-success-added'],
    ['response-success-added', 'response-success-removed'],
  ],
  ['application/json', 'application/xml', ['response-media-type-changed'], ['response-media-type-changed']],
  [
    body,
    body.replace('{ application/json: {', '{ text/plain: { example: x }, application/json: {'),
    ['response-media-type-added'],
    ['response-media-type-removed'],
  ],
  [`, ${body}`, '', ['response-body-removed'], ['response-body-added']],
  ['example: { a: x }', 'example: { a: y }', ['response-example-changed'], ['response-example-changed']],
  ['[x, y]', '[x]', ['response-value-removed'], ['response-value-added']],
  [', enum: [x, y]', '', ['response-values-opened'], ['response-values-closed']],
  ['b: { type: integer }', 'b: { type: string }', ['response-type-changed'], ['response-type-changed']],
  [', b: { type: integer }', '', ['response-property-removed'], ['response-property-added']],
  ['required: [a]', 'required: [a, b]', ['response-property-became-required'], ['response-property-became-optional']],
  [
    'required: [a]',
    'additionalProperties: false, required: [a]',
    ['response-schema-changed'],
    ['response-schema-changed'],
  ],
  [
    'b: { type: integer }',
    'b: { type: integer, nullable: true }',
    ['response-became-nullable'],
    ['response-became-not-nullable'],
  ],
  [
    'required: [a], properties: { a: { type: string, enum: [x, y] }, ',
    'properties: { ',
    ['response-required-property-removed'],
    ['response-required-property-added'],
  ],
  [
    'headers: { X-A: { required: true, schema: { type: string } } }, ',
    '',
    ['response-required-header-removed'],
    ['response-required-header-added'],
  ],
  [
    'X-A: { required: true',
    'X-A: { required: false',
    ['response-header-became-optional'],
    ['response-header-became-required'],
  ],
  ['name: q, in', 'required: true, name: q, in', ['parameter-became-required'], ['parameter-became-optional']],
  ['[{ name: q, in: query, schema: { type: string } }]', '[]', ['parameter-removed'], ['parameter-optional-added']],
  [
    'query, schema: { type: string',
    'query, schema: { type: integer',
    ['parameter-schema-changed'],
    ['parameter-schema-changed'],
  ],
  ['operationId: get_it', 'operationId: fetch_it', ['operation-renamed'], ['operation-renamed']],
  [
    'operationId: get_it',
    'operationId: get_it\n      security: [{ key: [] }]',
    ['security-changed'],
    ['security-changed'],
  ],
  [
    'operationId: get_it',
    'operationId: get_it\n      requestBody: { required: true, content: { text/plain: { example: x } } }',
    ['request-required-body-added'],
    ['request-body-removed'],
  ],
  ['/it', '/that', ['operation-moved'], ['operation-moved']],
  ['description: it', 'description: that', [], []],
];

test.for(changes)('%s → %s', async ([was, is, there, back]) => {
  const text = written(plain.get);
  const changed = text.replace(was, is);
  expect(changed).not.toBe(text);
  const [before, after] = [await documentOf(text), await documentOf(changed)];
  const rules = (first: typeof before, second: typeof before): readonly string[] =>
    diffDocuments(first, second).flatMap((diff) => diff.changes.map(({ rule }) => rule));
  expect(rules(before, after)).toEqual(there);
  expect(rules(after, before)).toEqual(back);
});

test('an operation that only one document has is named, the rest is left alone', async () => {
  const [one, none] = [await documentOf(written(plain.get)), await documentOf(`${top}paths: {}\n`)];
  expect(diffDocuments(one, none).map(({ changes: [first] }) => first?.rule)).toEqual(['operation-removed']);
  expect(diffDocuments(none, one).map(({ changes: [first] }) => first?.rule)).toEqual(['operation-added']);
  expect(diffDocuments(none, one, 'other')).toEqual([]);
});

test('docs/diff.md lists each rule with what it breaks and why', () => {
  const page = readFileSync(packageFile('docs', 'diff.md'), 'utf8');
  const rows = [...page.matchAll(/^\| `([a-z-]+)` +\| (yes|no) +\| (yes|no) +\| (.+?) +\|/gm)].map(
    ([, id, clients, servers, title]) => [id, clients === 'yes', servers === 'yes', title],
  );
  expect(rows).toEqual(
    Object.entries(diffRules).map(([id, { clients, servers, title }]) => [id, clients, servers, title]),
  );
});

const top = `openapi: 3.0.3
info: { title: It, version: '1' }
`;

function written(get: string): string {
  return `${top}paths:
  /it:
    get:
      ${get}
components: { securitySchemes: { key: { type: apiKey, in: header, name: K } } }
`;
}
