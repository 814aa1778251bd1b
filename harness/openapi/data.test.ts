import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { packageFile } from '../core/package-files.ts';
import { checkedData, dataIssues, isShipped } from './data.ts';
import { folderOf, refusal } from '../testing/document-folder.ts';
import { readYaml } from './document/yaml.ts';

const schema = {
  type: 'object',
  required: ['name'],
  additionalProperties: false,
  properties: {
    name: { type: 'string' },
    recipes: {
      type: 'object',
      additionalProperties: {
        type: 'object',
        required: ['state'],
        additionalProperties: false,
        properties: { state: { type: 'string' }, credential: { enum: ['valid', 'none'] } },
      },
    },
  },
};

test('hands out data that its schema allows', () => {
  const folder = folderOf({ 'suite.yaml': 'name: shop\nrecipes: { 404: { state: gone } }\n' });
  expect(checkedData<{ name: string }>(readYaml(join(folder, 'suite.yaml')), schema, 'a suite')).toEqual({
    name: 'shop',
    recipes: { '404': { state: 'gone' } },
  });
});

test('names line, property and what is allowed, and guesses what was meant', async () => {
  const text =
    'recipes:\n  404:\n    credentail: none\n    state: 12\n  401:\n    credential: nobody\n    colour: red\n';
  const folder = folderOf({ 'suite.yaml': text });
  const yaml = readYaml(join(folder, 'suite.yaml'));
  expect(await refusal(() => checkedData(yaml, schema, 'a suite'), folder)).toMatchInlineSnapshot(`
    "E_DATA exit 2
    …/suite.yaml is not a suite:
      …/suite.yaml:1 the value lacks the required property "name"
      …/suite.yaml:5 /recipes/401 lacks the required property "state"
      …/suite.yaml:7 /recipes/401 has the property "colour", which is not allowed; expected no other property than state, credential
      …/suite.yaml:6 /recipes/401/credential is "nobody", which is not one of the values listed under enum; expected one of "valid", "none"
      …/suite.yaml:3 /recipes/404 has the property "credentail", which is not allowed; expected no other property than state, credential (did you mean credential?)
      and 1 more
    → Correct the lines named above."
  `);
});

test('shows no more than five lines of what is wrong', async () => {
  const folder = folderOf({ 'suite.yaml': 'a: 1\nb: 1\nc: 1\nd: 1\ne: 1\nf: 1\n' });
  const shown = await refusal(() => checkedData(readYaml(join(folder, 'suite.yaml')), schema, 'a suite'), folder);
  expect(shown.match(/suite\.yaml:\d+/g)).toHaveLength(5);
  expect(shown).toMatch('and 2 more');
});

test('lists the issues of a value that is in no file', () => {
  expect(dataIssues(schema, { name: 'x' })).toEqual([]);
  expect(dataIssues(schema, { name: 1 })).toEqual([
    { path: '/name', message: '/name is integer, not string', expected: 'string', actual: '1' },
  ]);
});

const ships = [
  ['suite', 'suite.yaml'],
  ['a states file', 'states.yaml'],
] as const;

test.for(ships)('%s that ships is taken as it is, and no other is', ([what, name]) => {
  const file = packageFile('suites', 'delete_backup', name);
  const other = folderOf({ [name]: `${readFileSync(file, 'utf8')}# one byte more` });
  const taken = (path: string, kind: string): boolean => isShipped(readYaml(path), kind);
  expect([taken(file, what), taken(file, 'waivers'), taken(join(other, name), what)]).toEqual([true, false, false]);
});
