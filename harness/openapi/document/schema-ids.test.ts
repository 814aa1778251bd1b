import { expect, test } from 'vitest';
import { documentOf, head, refusal } from '../../testing/documents/document-folder.ts';
import { schemaIssues } from '../schema/schema.ts';

const schemas = (text: string, version = '3.1.0') =>
  documentOf(`${head(version)}paths: {}\ncomponents:\n  schemas:\n${text.trim().replace(/^/gm, '    ')}\n`);

test.for([
  ['a pointer relative to its $id', "{ $ref: '#/$defs/tags' }", 'https://shop.example/order'],
  ['an anchor', "{ $ref: '#labels' }", 'https://shop.example/order'],
  ['an anchor without an $id', "{ $ref: '#labels' }", undefined],
  ['an $id', '{ $ref: other }', 'https://shop.example/order'],
  ['an anchor of another schema', "{ $ref: 'https://shop.example/other#own' }", 'https://shop.example/order'],
  ['a URN', "{ $ref: 'urn:shop:tags' }", undefined],
  [
    'a pointer within the document, beneath an $id',
    "{ $ref: '#/components/schemas/Plain' }",
    'https://shop.example/order',
  ],
] as const)('%s is resolved', async ([, ref, id]) => {
  const document = await schemas(`
Order:
  ${id === undefined ? 'title: x' : `$id: ${id}`}
  type: object
  properties: { tags: ${ref}, $id: { type: string } }
  $defs: { tags: { $anchor: labels, type: array } }
Other: { $id: 'https://shop.example/other', $anchor: own, type: array }
Urn: { $id: 'urn:shop:tags', type: array }
Plain: { type: array }
`);
  const issues = schemaIssues(document, '/components/schemas/Order', { tags: 'x', $id: 'a' });
  expect(issues.map(({ path, keyword }) => `${path} ${keyword}`)).toEqual(['/tags type']);
  expect(schemaIssues(document, '/components/schemas/Order', { tags: [] })).toEqual([]);
});

test('an anchor that is nowhere is refused', async () => {
  expect(await refusal(schemas("A: { $ref: '#nowhere' }"))).toContain('"#nowhere" is not a JSON pointer');
});

test('a file URL is called what it is', async () => {
  const refused = await refusal(schemas("A: { $ref: 'file:///etc/passwd' }"));
  expect(refused).toContain('E_REF_OUTSIDE');
  expect(refused).toContain('is a URL with the scheme file');
});

test.for([
  ['dashes', '- '.repeat(500_000)],
  ['brackets', '['.repeat(200_000)],
  ['braces', '{"a":'.repeat(50_000)],
  ['questions', '? '.repeat(100_000)],
] as const)('nested %s are refused before they are parsed', async ([, text]) => {
  expect(await refusal(documentOf(text))).toContain('is nested too deeply');
});
