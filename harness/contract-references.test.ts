import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadContract, loadContracts } from './contract.ts';
import { folderOf, head, refusal } from './testing/documents/document-folder.ts';

const broken = [
  ['leads nowhere', '#/components/schemas/Gone', 'leads nowhere: …/api.yaml has no /components/schemas/Gone'],
  ['is no JSON pointer', '#Gone', 'is not a JSON pointer such as #/components/schemas/Name'],
  ['leads in a circle', '#/components/schemas/Circle', 'leads in a circle, to no value'],
  ['names a file that is not there', 'gone.yaml#/Thing', 'cannot be followed: There is no file …/gone.yaml'],
] as const;

const layouts = ['one file', 'several files'] as const;

const folderWith = (layout: (typeof layouts)[number], refs: { readonly own?: string; readonly other?: string }) => {
  const fine = '#/components/schemas/Part';
  const other = `get:
      operationId: get_other
      responses:
        '200': { description: x, content: { application/json: { schema: { $ref: '${refs.other ?? fine}' } } } }`;
  const circle = [refs.own, refs.other].includes('#/components/schemas/Circle');
  return folderOf({
    'api.yaml': `${head()}paths:
  /things/{id}:
    parameters: [{ name: id, in: path, required: true, schema: { type: string } }]
    get:
      operationId: get_thing
      responses:
        '200': { description: x, content: { application/json: { schema: { $ref: '#/components/schemas/Thing' } } } }
  /others:
    ${other}
components:
  schemas:
    Thing: { type: object, properties: { part: { $ref: '${refs.own ?? fine}' } } }
    Part: ${layout === 'one file' ? '{ type: string }' : "{ $ref: 'parts.yaml#/Part' }"}
${circle ? "    Circle: { $ref: '#/components/schemas/Circle' }\n" : ''}`,
    'parts.yaml': 'Part: { type: string }\n',
  });
};

describe.for(layouts)('in a document of %s, a reference that', (layout) => {
  test.for(broken)('%s is a warning with its line where another operation has it', async ([, ref, why]) => {
    const folder = folderWith(layout, { other: ref });
    const { warnings = [], cases } = await loadContract('get_thing', { spec: join(folder, 'api.yaml') });
    expect(cases.length).toBeGreaterThan(0);
    expect(warnings.map((line) => line.replaceAll(folder, '…'))).toContain(
      `…/api.yaml:14: the $ref ${JSON.stringify(ref)} ${why}; it does not concern get_thing`,
    );
  });

  test.for(broken)('%s is refused where the operation leads to it', async ([, ref, why]) => {
    const folder = folderWith(layout, { own: ref });
    expect(await refusal(loadContract('get_thing', { spec: join(folder, 'api.yaml') }), folder)).toBe(
      `E_REF exit 2\n…/api.yaml:17: the $ref ${JSON.stringify(ref)} ${why}\n→ Correct the reference, or add what it refers to.`,
    );
  });

  test('is broken concerns only its own operation where all of them are tested', async () => {
    const spec = join(folderWith(layout, { other: '#/components/schemas/Gone' }), 'api.yaml');
    const { contracts, refused, warnings } = await loadContracts({ spec });
    expect(contracts.map(({ operation }) => operation.id)).toEqual(['get_thing']);
    expect(refused).toMatchObject([{ operation: 'get_other', error: { code: 'E_REF' } }]);
    expect(warnings).toHaveLength(1);
  });
});

test('a broken reference in the unused part of another file is a warning', async () => {
  const files = folderOf({
    'api.yaml': `${head()}paths:
  /a: { get: { operationId: read, responses: { '200': { $ref: 'more.yaml#/ok' } } } }
`,
    'more.yaml': `ok: { description: x }\nunused: { $ref: '#/Part' }\n`,
  });
  const { warnings = [] } = await loadContract('read', { spec: join(files, 'api.yaml') });
  expect(warnings.map((line) => line.replaceAll(files, '…'))).toEqual([
    '…/more.yaml:2: the $ref "#/Part" leads nowhere: …/more.yaml has no /Part; it does not concern read',
  ]);
});

test.for([
  ['the operation is another', 'read', undefined],
  ['the operation is not found elsewhere', 'GET /b', 'E_REF exit 2'],
] as const)('a path that refers to nothing: %s', async ([, name, code]) => {
  const folder = folderOf({
    'api.yaml': `${head()}paths:
  /a: { get: { operationId: read, responses: { '200': { description: x } } } }
  /b: { $ref: 'gone.yaml' }
`,
  });
  const contract = loadContract(name, { spec: join(folder, 'api.yaml') });
  if (code !== undefined) {
    const refused = await refusal(contract, folder);
    expect(refused).toContain(code);
    expect(refused).toContain('…/api.yaml:5: the $ref "gone.yaml" cannot be followed');
    return;
  }
  expect((await contract).warnings?.map((line) => line.replaceAll(folder, '…'))).toEqual([
    '…/api.yaml:5: the $ref "gone.yaml" cannot be followed: There is no file …/gone.yaml; it does not concern read',
  ]);
});

test('an operation with a broken reference arranges nothing for another, and does not stop it', async () => {
  const folder = folderOf({
    'api.yaml': `${head()}paths:
  /things:
    post:
      operationId: make_thing
      responses: { '201': { description: x, content: { application/json: { schema: { $ref: '#/Gone' } } } } }
  /things/{thing_id}:
    parameters: [{ name: thing_id, in: path, required: true, schema: { type: string } }]
    get: { operationId: get_thing, responses: { '200': { description: x }, '404': { description: x } } }
`,
  });
  const { warnings = [] } = await loadContract('get_thing', { spec: join(folder, 'api.yaml') });
  expect(warnings.map((line) => line.replaceAll(folder, '…'))).toContain(
    '…/api.yaml:7: the $ref "#/Gone" leads nowhere: …/api.yaml has no /Gone; it does not concern get_thing',
  );
});
