import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { expect, test } from 'vitest';
import { documentOf, folderOf, refusal, siteOf } from '../testing/documents/document-folder.ts';
import { findOperation } from '../openapi/operation/operation.ts';
import { checkVersion } from './check-versions.ts';
import { compareOperations } from './compare-operations.ts';
import { apiVersion, apiVersions } from './versions.ts';

const api = apiVersion('2026-04');
const text = readFileSync(api.file, 'utf8');

test.for(apiVersions())('$version: a document agrees with itself, in a folder and at a URL', async (each) => {
  const [name, content] = [basename(each.file), readFileSync(each.file, 'utf8')];
  const site = await siteOf({ [`/${each.version}/${name}`]: content });
  for (const from of [folderOf({ [name]: content }), folderOf({ [`${each.version}/${name}`]: content }), site.origin]) {
    const { operations } = await checkVersion(each, from);
    expect(operations.map(({ operation }) => operation)).toContain('delete_backup');
    expect(operations.flatMap(({ disagreements }) => disagreements)).toEqual([]);
  }
});

const changes: readonly (readonly [what: string, was: RegExp, is: string, pointer: string])[] = [
  ['an example', /code: FAILED_PRECONDITION/g, 'code: ABORTED', 'responses/412/content/application~1json/examples'],
  ['an enum', /- DATA_LOSS\n\s+/g, '', '/components/schemas/ErrorResponse/properties/error/properties/code/x-enum/'],
  ['a required property', /required:\n\s+- code\n\s+- message/g, 'required: [code]', 'properties/error/required/1'],
  ['the version header', /default: 2026-04/g, 'default: 2026-05', '/schema/default'],
  ['a key of security', /name: Api-Key/g, 'name: X-Key', '/components/securitySchemes/ApiKeyAuth/name'],
  ['an operation', /\n {4}delete:\n/g, '\n    put:\n', '/paths/~1backups~1{backup_id}/delete'],
];

test.for(changes)('%s that differs is named with pointer, ours and theirs', async ([, was, is, pointer]) => {
  const changed = text.replaceAll(was, is);
  expect(changed).not.toBe(text);
  const { operations } = await checkVersion(api, folderOf({ [basename(api.file)]: changed }));
  const found = operations.find(({ operation }) => operation === 'delete_backup')?.disagreements ?? [];
  expect(found).not.toEqual([]);
  for (const each of found) {
    expect(each.pointer).toContain(pointer);
    expect(each.ours).not.toEqual(each.theirs);
  }
});

test('what applies the same but stands elsewhere is no disagreement', async () => {
  const inline = await documentOf(written({ schema: '{ type: object, required: [a, b] }' }));
  const referred = await documentOf(written({ schema: "{ $ref: '#/components/schemas/It' }" }));
  const [ours, theirs] = [findOperation(inline, 'get_it'), findOperation(referred, 'get_it')];
  expect(compareOperations(ours, theirs)).toEqual([]);
});

test('schemas that refer to themselves are compared to an end', async () => {
  const [ours, theirs] = await Promise.all(['string', 'integer'].map(async (type) => documentOf(circular(type))));
  if (ours === undefined || theirs === undefined) throw new Error('both were written');
  expect(compareOperations(findOperation(ours, 'get_it'), findOperation(theirs, 'get_it'))).toEqual([
    { pointer: '/components/schemas/It/properties/name/type', ours: 'string', theirs: 'integer' },
  ]);
});

test('a version that the folder does not hold is an error, not an agreement', async () => {
  const folder = folderOf({ 'other.yaml': text });
  expect(await refusal(checkVersion(api, folder), folder)).toMatch(/^E_DOCUMENT_MISSING exit 2\n.* 2026-04\n/);
});

function written({ schema }: { readonly schema: string }): string {
  return document(schema, '{ type: object, required: [b, a] }');
}

function circular(type: string): string {
  const next = "{ $ref: '#/components/schemas/It' }";
  return document(next, `{ type: object, properties: { name: { type: ${type} }, next: ${next} } }`);
}

function document(schema: string, component: string): string {
  return `openapi: 3.0.3
info: { title: It, version: '1' }
paths:
  /it:
    get:
      operationId: get_it
      responses:
        '200': { description: it, content: { application/json: { schema: ${schema} } } }
components:
  schemas:
    It: ${component}
`;
}
