import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readDocument } from '../../openapi/document/document.ts';
import { findOperation } from '../../openapi/operation/operation.ts';
import { folderOf, refusal } from '../../testing/documents/document-folder.ts';
import { indexDocument } from '../../testing/servers/index-server.ts';
import { casesOf } from '../cases.ts';
import { loadSuite } from '../suite.ts';

const suiteOf = (rest: string): string => `suite: s
version: 1.0.0
operation: create_backup
spec: ./openapi.yaml
${rest}`;

const stateOf = (step: string): string =>
  suiteOf(`states:
  an index:
    steps:
      - ${step}
recipes: { '404': { state: an index } }
`);

async function refused(suite: string): Promise<string> {
  const folder = folderOf({ 'suite.yaml': suite, 'openapi.yaml': indexDocument });
  const document = await readDocument(join(folder, 'openapi.yaml'));
  const operation = findOperation(document, 'create_backup');
  return refusal(() => casesOf(operation, loadSuite(folder)), `${join(folder)}/`);
}

it.each([
  [
    'an operation that is none',
    stateOf('{ operation: creat_index, take: { index_name: /name } }'),
    'suite.yaml:8 the state "an index" calls creat_index: …openapi.yaml has no operation creat_index',
    '→ Close to it: create_index',
  ],
  [
    'a pointer that leads nowhere',
    stateOf('{ operation: create_index, take: { index_name: /status/redy } }'),
    'suite.yaml:8 the state "an index" takes index_name from /status/redy of create_index, and the schema has no "redy" there; it has ready',
    'JSON pointer',
  ],
  [
    'a pointer below a text',
    stateOf('{ operation: create_index, take: { index_name: /name/first } }'),
    'the schema has no "first" there',
    'JSON pointer',
  ],
  [
    'a value of an answer without a body',
    stateOf('{ operation: delete_index, request: { path: { index_name: a } }, take: { index_name: /name } }'),
    'delete_index declares no body of a success',
    'JSON pointer',
  ],
  [
    'a path that nothing fills',
    stateOf('{ operation: create_index, take: { index: /name } }'),
    'suite.yaml:9 the recipe for 404 gives no value of index_name, which the path /indexes/{index_name}/backups of create_backup names',
    '→ Write request: { path: { index_name: … } }',
  ],
  [
    'a parameter in the path that is none',
    suiteOf(`recipes:\n  '404': { state: no such index, request: { path: { index: a } } }\n`),
    'suite.yaml:6 the recipe for 404 gives the path parameter "index", which create_backup does not declare',
    'The parameters in path: index_name.',
  ],
  [
    'a parameter in the query that is none',
    stateOf('{ operation: create_index, request: { query: { tags: a } }, take: { index_name: /name } }'),
    'suite.yaml:8 the state "an index" gives the query parameter "tags", which create_index does not declare',
    '→ Did you mean tag?',
  ],
  [
    'a value that no step has taken',
    stateOf("{ operation: create_index, request: { body: { name: '{nmae}' } }, take: { index_name: /name } }"),
    'suite.yaml:8 the state "an index" uses {nmae}, and no value of that name is given',
    'The values: unique, unique_word.',
  ],
  [
    'a value in a recipe without a state',
    suiteOf(`recipes:\n  '404': { request: { path: { index_name: '{index}' } } }\n`),
    'suite.yaml:6 the recipe for 404 uses {index}, and no value of that name is given',
    'The values',
  ],
  [
    'a variant that is none',
    suiteOf(`recipes:\n  '404': { state: no such index, request: { body: { name: '{index_name|upper}' } } }\n`),
    'suite.yaml:6 the recipe for 404 writes {index_name|upper}, and there is no "upper" in body',
    '{name|json}',
  ],
  [
    'the media type as a header',
    suiteOf(`recipes:\n  '404': { state: no such index, request: { headers: { content-type: text/plain } } }\n`),
    'suite.yaml:6 the recipe for 404 gives the media type of the body as a header',
    '`mediaType`',
  ],
  [
    'a path without one of its parts',
    suiteOf(`recipes:\n  '404': { state: no such index, request: { path: { index_name: null } } }\n`),
    'suite.yaml:6 the recipe for 404 leaves out "index_name" of the path',
    'give a value',
  ],
  [
    'a state that no recipe needs',
    suiteOf(`states: { an indx: { steps: [{ operation: create_index }] } }\nrecipes: { '404': { state: an index } }\n`),
    'suite.yaml:5 arranges the state "an indx", and no recipe needs it',
    '→ The recipes need: an index.',
  ],
  [
    'a role without a state',
    suiteOf(
      `recipes:\n  '404': { request: { path: { index_name: a } } }\nroles: { missing: '404' }\nresource: index_name\n`,
    ),
    'suite.yaml:6 gives 404 the role "missing", and the recipe for 404 has no state',
    'write the state',
  ],
] as const)('refuses %s, with the line and what to do', async (_, suite, message, hint) => {
  const text = await refused(suite);
  expect(text).toMatch(/^E_SUITE exit 2\n/);
  expect(text).toContain(message);
  expect(text).toContain(hint);
});

it.each([
  ['a body and a text', "recipes:\n  '404': { request: { body: {}, text: x } }\n"],
  [
    'a pointer that is none',
    "states: { s: { steps: [{ operation: a, take: { b: name } }] } }\nrecipes: { '404': { state: s } }\n",
  ],
  ['no steps', "states: { s: { steps: [] } }\nrecipes: { '404': { state: s } }\n"],
  ['a slip', "recipes:\n  '404': { request: { boby: {} } }\n"],
  ['neither state nor request', "recipes:\n  '404': { credential: wrong }\n"],
] as const)('refuses %s', async (_, rest) => {
  expect(await refused(suiteOf(rest))).toMatch(/^E_DATA exit 2\n[\s\S]*suite\.yaml:[56] /);
});
