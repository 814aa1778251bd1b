import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { loadContract } from './contract.ts';
import { packageFile } from './core/package-files.ts';
import { folderOf, head, refusal } from './testing/documents/document-folder.ts';

const document = readFileSync(packageFile('specs', 'db_control_2025-04.oas.yaml'), 'utf8');
const shop = `${head()}paths:
  /items/{item_id}:
    delete: { operationId: remove_item, responses: { '202': { description: Accepted } } }
    get: { operationId: get_item, responses: { '404': { description: None } } }
`;

it('without a name, the contract is that of delete_backup', async () => {
  const { operation, suite, cases } = await loadContract(undefined, {});
  expect(operation.id).toBe('delete_backup');
  expect(suite.name).toBe('delete_backup');
  expect(cases.length).toBeGreaterThan(80);
});

it('an operation is found by method and path, with its suite', async () => {
  const { operation, suite } = await loadContract('DELETE /backups/{backup_id}', {});
  expect([operation.id, suite.name]).toEqual(['delete_backup', 'delete_backup']);
});

it('the shipped suite also judges another document of the user', async () => {
  const spec = join(folderOf({ 'own.yaml': document }), 'own.yaml');
  const { operation, suite } = await loadContract('DELETE /backups/{backup_id}', { spec });
  expect([operation.document.source, suite.name]).toEqual([spec, 'delete_backup']);
});

it('an operation without a suite gets default recipes', async () => {
  const spec = join(folderOf({ 'shop.yaml': shop }), 'shop.yaml');
  const { operation, suite, cases } = await loadContract('get_item', { spec });
  expect([operation.id, suite.name]).toEqual(['get_item', 'get_item (default recipes)']);
  expect(cases.map((one) => one.id)).toEqual(['get_item/404/no-content']);
});

it("a suite of one's own brings its operation and its document", async () => {
  const suite =
    "suite: mine\nversion: 1.0.0\noperation: remove_item\nspec: ../shop.yaml\nrecipes: { '202': { state: x } }\n";
  const folder = folderOf({ 'shop.yaml': shop, 'mine/suite.yaml': suite });
  const contract = await loadContract(undefined, { suite: join(folder, 'mine') });
  expect([contract.suite.name, contract.operation.id]).toEqual(['mine', 'remove_item']);
  expect(contract.operation.document.source).toBe(join(folder, 'shop.yaml'));
  const named = await loadContract('DELETE /items/{item_id}', { suite: join(folder, 'mine') });
  expect(named.suite.name).toBe('mine');
});

it('a suite for another operation is refused', async () => {
  const folder = folderOf({ 'shop.yaml': shop });
  cpSync(packageFile('suites', 'delete_backup', 'suite.yaml'), join(folder, 'suite.yaml'));
  const spec = join(folder, 'both.yaml');
  const both = folderOf({
    'both.yaml': document.replace(
      '/backups/{backup_id}:',
      '/other:\n    get: { operationId: other, responses: { "200": { description: Done } } }\n  /backups/{backup_id}:',
    ),
  });
  expect(await refusal(loadContract('other', { suite: folder, spec: join(both, 'both.yaml') }), folder, spec))
    .toMatchInlineSnapshot(`
    "E_SUITE exit 2
    …/suite.yaml is the suite of delete_backup, not of other
    → Leave the operation out, or name the folder of a suite for other."
  `);
});

it.for([
  ['a slip of the pen', 'delete_backups', /has no operation delete_backups\n→ Close to it: delete_backup\.$/],
  ['something else', 'fly_to_the_moon', /has no operation fly_to_the_moon\n→ It declares /],
  ['a path of another method', 'GET /backups/{backup_id}', /has no operation GET \/backups\/\{backup_id\}\n→ /],
] as const)('%s is an error that suggests what is close', async ([, name, want]) => {
  const message = await refusal(loadContract(name, {}));
  expect(message).toMatch(/^E_OPERATION exit 2\n/);
  expect(message).toMatch(want);
});

it('of several operations of a document, one must be named', async () => {
  const paths = Array.from(
    { length: 9 },
    (_, at) => `  /p${at}: { get: { operationId: get_${at}, responses: { '200': { description: Done } } } }`,
  );
  const folder = folderOf({ 'many.yaml': `${head()}paths:\n${paths.join('\n')}\n` });
  expect(await refusal(loadContract(undefined, { spec: join(folder, 'many.yaml') }), folder)).toMatchInlineSnapshot(`
    "E_OPERATION exit 2
    …/many.yaml has 9 operations, and none of them is named
    → Name one: get_0, get_1, get_2, get_3, get_4, get_5, get_6, get_7, …; or run them all with run --all."
  `);
});

it('a suite that names no document needs one', async () => {
  const folder = folderOf({ 'suite.yaml': 'suite: mine\nversion: 1.0.0\noperation: x\nrecipes: {}\n' });
  expect(await refusal(loadContract(undefined, { suite: folder }), folder)).toMatchInlineSnapshot(`
    "E_NO_SPEC exit 2
    …/suite.yaml does not say which document it was written for
    → Give one: --spec FILE|URL, or write it as \`spec\` into the suite."
  `);
});

it('an API version brings its document and its version header', async () => {
  const { operation, cases, warnings } = await loadContract(undefined, { api: '2026-04' });
  expect([operation.document.version, warnings]).toEqual(['2026-04', []]);
  const headers = cases[0]?.steps.flatMap((step) => (step.kind === 'send' ? step.request.headers : []));
  expect(headers).toContainEqual(['X-Pinecone-Api-Version', '2026-04']);
  expect(cases.map(({ id }) => id)).toContain('delete_backup/probe/effect/locked-stays');
});

it('a recipe that only other API versions need is left out with its probes, and a warning says so', async () => {
  const { cases, warnings } = await loadContract(undefined, { api: '2026-07' });
  expect(warnings).toEqual([expect.stringMatching(/the recipe for 412 in .* is left out: version 2026-07 /)]);
  const ids = cases.map(({ id }) => id);
  expect(ids.filter((id) => /locked|auth\/before-precondition|request\/force|\/412\//.test(id))).toEqual([]);
  expect(ids.filter((id) => !id.includes('/probe/'))).toEqual([
    'delete_backup/202/no-content',
    'delete_backup/401/text-plain/example',
    'delete_backup/403/application-json/permission-denied',
    'delete_backup/404/application-json/backup-not-found',
    'delete_backup/500/application-json/internal-server-error',
  ]);
});

it('a recipe for a status that no API version declares is refused', async () => {
  const text = readFileSync(packageFile('suites', 'delete_backup', 'suite.yaml'), 'utf8');
  const suite = folderOf({
    'suite.yaml': text.replace("'412': {", "'418': {").replace("locked: '412'", "locked: '418'"),
  });
  expect(await refusal(loadContract(undefined, { api: '2026-07', suite }), suite)).toMatch(/^E_RECIPE exit 2\n.*418/);
});

it('an API version without a document is refused', async () => {
  expect(await refusal(loadContract(undefined, { api: '2024-01' }))).toMatch(/^E_API_VERSION exit 2\n/);
});
