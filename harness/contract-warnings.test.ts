import { expect, test } from 'vitest';
import { join } from 'node:path';
import { loadContract } from './contract.ts';
import { folderOf, head, refusal } from './testing/documents/document-folder.ts';

const load = (parts: { readonly own?: string; readonly other?: string; readonly schema?: string }) => {
  const folder = folderOf({
    'api.yaml': `${head()}paths:
  /things/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get:
      operationId: get_thing
      ${parts.own ?? 'summary: x'}
      responses:
        '200': { description: x, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
  /others:
    post:
      operationId: make_other
      ${parts.other ?? 'summary: x'}
      responses: { '200': { description: x } }
components:
  schemas:
    Thing: { type: object, properties: { part: { $ref: '#/components/schemas/Part' } } }
    Part: { ${parts.schema ?? 'type: string'} }
    Unused: { type: object, required: [] }
`,
  });
  return { folder, contract: loadContract('get_thing', { spec: join(folder, 'api.yaml') }) };
};

test('mistakes elsewhere are warnings with their lines', async () => {
  const { folder, contract } = load({ other: 'requestBody: { content: 3 }' });
  const { warnings = [] } = await contract;
  const lines = warnings.map((line) => line.replace(folder, '…'));
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatch(/^…\/api\.yaml:\d+ \/paths\/~1others\/post\/requestBody/);
  expect(lines[1]).toMatch(/^…\/api\.yaml:\d+ \/components\/schemas\/Unused\/required .*does not concern get_thing$/);
});

test.for([
  ['in the operation', { own: 'deprecated: 3' }, '/paths/~1things~1{id}/get/deprecated'],
  [
    'in what it refers to',
    { schema: 'type: string, exclusiveMinimum: 0' },
    '/components/schemas/Part/exclusiveMinimum',
  ],
] as const)('a mistake %s is refused', async ([, parts, pointer]) => {
  const { folder, contract } = load(parts);
  const refused = await refusal(contract, folder);
  expect(refused).toContain('E_DOCUMENT_INVALID');
  expect(refused).toContain(pointer);
  expect(refused).not.toContain('Unused');
});
