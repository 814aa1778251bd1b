import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageFile } from '../core/package-files.ts';
import { folderOf, refusal } from '../testing/documents/document-folder.ts';
import { checkedData, dataIssues } from './data.ts';
import { readYaml } from './document/yaml.ts';

const top = 'suite: shop\nversion: 1.0.0\noperation: delete_item\n';

test('hands out data that its schema allows', () => {
  const folder = folderOf({ 'suite.yaml': `${top}recipes: { 404: { state: gone } }\n` });
  expect(checkedData<{ suite: string }>(readYaml(join(folder, 'suite.yaml')), 'suite')).toEqual({
    suite: 'shop',
    version: '1.0.0',
    operation: 'delete_item',
    recipes: { '404': { state: 'gone' } },
  });
});

test('names line, property and what is allowed, and guesses what was meant', async () => {
  const recipes =
    'recipes:\n  404:\n    credentail: none\n    state: 12\n  401:\n    credential: nobody\n    colour: red\n';
  const folder = folderOf({ 'suite.yaml': `suite: shop\nversion: 1.0.0\n${recipes}` });
  const yaml = readYaml(join(folder, 'suite.yaml'));
  expect(await refusal(() => checkedData(yaml, 'suite'), folder)).toMatchInlineSnapshot(`
    "E_DATA exit 2
    …/suite.yaml is not a valid suite:
      …/suite.yaml:1 the value lacks the required property "operation"
      …/suite.yaml:7 /recipes/401 lacks the required property "state"
      …/suite.yaml:9 /recipes/401 has the property "colour", which is not allowed; expected no other property than state, request, credential, consumes, api, exempt
      …/suite.yaml:8 /recipes/401/credential is "nobody", which is not one of the values listed under enum; expected one of "valid", "none", "empty", "wrong", "forbidden"
      …/suite.yaml:5 /recipes/404 has the property "credentail", which is not allowed; expected no other property than state, request, credential, consumes, api, exempt (did you mean credential?)
      and 1 more
    → Correct the lines named above."
  `);
});

test('shows no more than five lines of what is wrong', async () => {
  const folder = folderOf({ 'suite.yaml': `${top}recipes: {}\na: 1\nb: 1\nc: 1\nd: 1\ne: 1\nf: 1\ng: 1\n` });
  const shown = await refusal(() => checkedData(readYaml(join(folder, 'suite.yaml')), 'suite'), folder);
  expect(shown.match(/suite\.yaml:\d+/g)).toHaveLength(5);
  expect(shown).toMatch('and 2 more');
});

test.for([
  ['suite', 'is not a valid suite:'],
  ['states', 'is not a valid states file:'],
  ['waivers', 'is not a valid waivers file:'],
  ['sdk', 'is not a valid description of an SDK:'],
  ['sdk-waivers', 'is not a valid waivers file of an SDK:'],
] as const)('says of a file of the format %s that it %s', async ([format, message]) => {
  const folder = folderOf({ 'x.yaml': 'nonsense\n' });
  expect(await refusal(() => checkedData(readYaml(join(folder, 'x.yaml')), format), folder)).toMatch(message);
});

test('lists the issues of a value that is in no file', () => {
  const described = {
    protocol: [1],
    driver: 'd',
    language: 'l',
    runtime: 'r',
    sdk: { name: 'n', version: '1', source: 's' },
    operations: ['delete_backup'],
    options: [],
    exposes: [],
  };
  expect(dataIssues('driver-describe', described)).toEqual([]);
  expect(dataIssues('driver-describe', { ...described, driver: 1 })).toEqual([
    { path: '/driver', message: '/driver is integer, not string', expected: 'string', actual: '1' },
  ]);
});

const shipped = [
  ['suite', packageFile('suites', 'delete_backup', 'suite.yaml')],
  ['states', packageFile('suites', 'delete_backup', 'states.yaml')],
  ['waivers', packageFile('suites', 'delete_backup', 'waivers.yaml')],
  ...readdirSync(packageFile('suites', 'sdks'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('sdk.yaml'))
    .map((file) => ['sdk', packageFile('suites', 'sdks', file)] as const),
] as const;

test.for(shipped)('the %s file that ships is valid: %s', ([format, file]) => {
  expect(() => checkedData(readYaml(file), format)).not.toThrow();
});

test('says that an empty file is empty', async () => {
  const folder = folderOf({ 'waivers.yaml': '# nothing yet\n' });
  const yaml = readYaml(join(folder, 'waivers.yaml'));
  expect(await refusal(() => checkedData(yaml, 'waivers'), folder)).toContain(
    '…/waivers.yaml:1 is empty, and not a valid waivers file',
  );
});
