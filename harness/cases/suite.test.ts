import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { packageFile } from '../core/package-files.ts';
import { folderOf, refusal } from '../testing/documents/document-folder.ts';
import { operationOf, removeItem } from '../testing/shop-suite.ts';
import { defaultSuite, loadSuite, probeGroups, shippedSuite } from './suite.ts';

const least = `
suite: shop
version: 1.0.0
operation: remove_item
recipes:
  '404': { state: no such item }
`;

it('a suite of the least data gets defaults', () => {
  const folder = folderOf({ 'suite.yaml': least });
  const tuning = { enabled: true, severity: 'violation', runs: 12, without: [] };
  expect(loadSuite(folder)).toEqual({
    name: 'shop',
    version: '1.0.0',
    folder,
    file: join(folder, 'suite.yaml'),
    operation: 'remove_item',
    headers: {},
    recipes: { '404': { state: 'no such item', credential: 'valid', consumes: false } },
    roles: {},
    observers: { goneWithinMs: 10_000 },
    probes: Object.fromEntries(probeGroups.map((group) => [group, tuning])),
  });
});

it('a suite of all data keeps it', () => {
  const text = `${least}
  '202':
    state: an item
    consumes: true
    credential: empty
    exempt: { on: [live, mock], reason: it cannot be had there }
spec: ../shop.yaml
headers: { X-Version: '7' }
roles: { missing: '404' }
resource: item_id
observers:
  one: { path: '/items/{item_id}' }
  list: { path: /items, ids: /items/*/id, next: { token: /next, parameter: after } }
  goneWithinMs: 500
probes:
  auth: { enabled: false }
  identity: { severity: advice, runs: 3, without: [nul] }
`;
  expect(loadSuite(folderOf({ 'suite.yaml': text }))).toMatchObject({
    spec: '../shop.yaml',
    headers: { 'X-Version': '7' },
    recipes: {
      '202': {
        state: 'an item',
        consumes: true,
        credential: 'empty',
        exempt: { on: ['live', 'mock'], reason: 'it cannot be had there' },
      },
    },
    roles: { missing: '404' },
    resource: 'item_id',
    observers: {
      one: { path: '/items/{item_id}' },
      list: { path: '/items', ids: '/items/*/id', next: { token: '/next', parameter: 'after' } },
      goneWithinMs: 500,
    },
    probes: {
      auth: { enabled: false, severity: 'violation', runs: 12, without: [] },
      identity: { enabled: true, severity: 'advice', runs: 3, without: ['nul'] },
      effect: { enabled: true },
    },
  });
});

it('a folder without a suite says what to do', async () => {
  const folder = folderOf({});
  expect(await refusal(() => loadSuite(folder), folder)).toMatchInlineSnapshot(`
    "E_SUITE exit 2
    … has no suite.yaml
    → Point --suite at a folder that holds one, such as suites/delete_backup."
  `);
});

it.for([
  ['a recipe without a state', `${least}  '202': { consumes: true }\n`, ':7'],
  ['a status that is none', `${least}  '999': { state: x }\n`, ':'],
  ['a key shown in a way that a recipe cannot', `${least}  '202': { state: x, credential: over-long }\n`, ':7'],
  ['an exemption without a reason', `${least}  '202': { state: x, exempt: { on: [live], reason: '' } }\n`, ':7'],
  ['a group of probes that is none', `${least}probes: { autth: {} }\n`, ':'],
  ['a slip of the pen', `${least}recipe: {}\n`, ':7'],
  ['no runs', `${least}probes: { identity: { runs: 0 } }\n`, ':7'],
  ['an observer without a path', `${least}observers: { one: {} }\n`, ':7'],
  ['a version that is none', least.replace('1.0.0', 'one'), ':3'],
  ['a list', '- a\n', ':1'],
  ['nothing', '', ':1'],
] as const)('refuses %s and names the line', async ([, text, line]) => {
  const folder = folderOf({ 'suite.yaml': text });
  const message = await refusal(() => loadSuite(folder), folder);
  expect(message).toMatch(/^E_DATA exit 2\n/);
  expect(message).toContain(`…/suite.yaml${line}`);
});

it('finds the suite that ships, and nothing for other names', () => {
  expect(shippedSuite('delete_backup')?.name).toBe('delete_backup');
  expect(shippedSuite('delete_backup')?.folder).toBe(packageFile('suites', 'delete_backup'));
  for (const name of ['sdks', 'nothing', '..', '../suites/delete_backup', '', 'DELETE /backups/{backup_id}']) {
    expect(shippedSuite(name)).toBeUndefined();
  }
});

it.for([
  ['what it declares', removeItem, {}, { '401': 'wrong', '404': 'valid' }],
  ['nobody to refuse', removeItem, { scheme: null }, { '404': 'valid' }],
  ['nothing that a path could name', removeItem, { route: 'DELETE /items' }, { '401': 'wrong' }],
  ['neither', { responses: { '200': { description: 'Done' } } }, {}, {}],
] as const)('an operation without a suite gets recipes for %s', ([, declared, options, want]) => {
  const operation = operationOf(declared, options);
  const suite = defaultSuite(operation);
  const shown = Object.entries(suite.recipes).map(([key, recipe]) => [key, recipe.credential]);
  expect(Object.fromEntries(shown)).toEqual(want);
  expect(new Set(Object.values(suite.recipes).map((recipe) => recipe.state)).size).toBeLessThanOrEqual(1);
  expect(Object.values(suite.recipes).every((recipe) => !recipe.consumes && recipe.exempt === undefined)).toBe(true);
  expect(suite).toMatchObject({ operation: operation.id, file: operation.document.source, roles: {}, headers: {} });
  expect(suite.resource).toBeUndefined();
});

it('the suite that ships holds its schema', () => {
  const text = readFileSync(packageFile('suites', 'delete_backup', 'suite.yaml'), 'utf8');
  const folder = folderOf({ 'suite.yaml': `${text}# not taken as it is` });
  expect(loadSuite(folder)).toEqual({
    ...shippedSuite('delete_backup'),
    folder,
    file: join(folder, 'suite.yaml'),
  });
});
