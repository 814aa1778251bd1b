import { expect, test } from 'vitest';
import { cli } from '../testing/cli.ts';
import { folderOf, head } from '../testing/documents/document-folder.ts';

const id = '{ name: id, in: path, required: true, schema: { type: string } }';
const thing = '{ type: object, properties: { id: { type: string }, name: { type: string } } }';
const json = `{ application/json: { schema: ${thing} } }`;
const document = `${head()}paths:
  /things:
    get: { operationId: list, parameters: [{ $ref: '#/components/parameters/Gone' }], responses: { '200': { description: x } } }
    post: { operationId: make, requestBody: { content: ${json} }, responses: { '201': { description: made, content: ${json} } } }
  /things/{id}:
    get: { operationId: read, security: [{ Nobody: [] }], parameters: [${id}], responses: { '200': { description: x } } }
    put: { operationId: change, parameters: [${id}], requestBody: { content: ${json} }, responses: { '200': { description: x }, '404': { description: x } } }
    delete: { operationId: remove, parameters: [${id}], responses: { '204': { description: x }, '404': { description: x } } }
`;

test('operations with a mistake are named, and the mock serves the others of the same resource', async () => {
  const cwd = folderOf({ 'api.yaml': document });
  const ended = await cli.run(['run', '--spec', 'api.yaml', '--all'], { cwd });
  for (const sound of ['make', 'change', 'remove']) {
    expect(ended.stdout).toMatch(new RegExp(`^${sound} .* the contract held$`, 'm'));
  }
  expect(ended.stdout).toMatch(/Not tested:\n {2}list: .*leads nowhere.*\n {2}read: .*Nobody is asked for/);
  expect(ended.exit).toBe(2);
});

test('an operation whose path is longer than servers read is refused, and the others are not', async () => {
  const long = `/${'a'.repeat(9000)}`;
  const cwd = folderOf({
    'api.yaml': `${document}  ? ${long}\n  : { get: { responses: { '200': { description: x } } } }\n`,
  });
  const ended = await cli.run(['run', 'remove', '--spec', 'api.yaml'], { cwd });
  expect([ended.exit, ended.stderr]).toEqual([0, expect.not.stringContaining(long)]);
  const refused = await cli.run(['run', `GET ${long}`, '--spec', 'api.yaml'], { cwd });
  expect(refused.exit).toBe(2);
  expect(refused.stderr).toMatch(/^error: api\.yaml:\d+: a path of 9001 characters/);
});

test('a document of one line is in no report whole', async () => {
  const filler = 'x'.repeat(300_000);
  const text = JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'T', version: '1' },
    paths: { '/a': { get: { operationId: 'read', responses: { '200': { description: 'ok' } } } } },
    components: { schemas: { Unused: { description: filler } } },
  });
  const cwd = folderOf({ 'api.json': text });
  const ended = await cli.run(['run', 'read', '--spec', 'api.json', '--json'], { cwd });
  expect(ended.exit).toBe(0);
  expect(ended.stdout.length).toBeLessThan(20_000);
});
