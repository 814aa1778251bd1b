import { join } from 'node:path';
import { expect, test } from 'vitest';
import { folderOf, refusal } from '../../testing/documents/document-folder.ts';
import { parseYaml, readYaml } from './yaml.ts';

const text = `# a shop
base: &base
  colour: red
things:
  - name: cup
    sizes: [ 1, 2 ]
  - *base
404:
  a/b: { c~d: slash and tilde }
merged:
  <<: *base
  shape: round
`;

test.for([
  ['', 2],
  ['/base', 2],
  ['/base/colour', 3],
  ['/things/0', 5],
  ['/things/0/sizes', 6],
  ['/things/0/sizes/1', 6],
  ['/things/1', 7],
  ['/things/1/colour', 3],
  ['/404', 8],
  ['/404/a~1b/c~0d', 9],
  ['/merged/colour', 3],
  ['/merged/shape', 12],
] as const)('finds the line of %s', ([pointer, line]) => {
  expect(parseYaml(text, 'shop.yaml').placeOf(pointer)).toEqual({ file: 'shop.yaml', pointer, line });
});

test('answers with the nearest place above what is not there', () => {
  const yaml = parseYaml(text, 'shop.yaml');
  expect(yaml.placeOf('/things/0/price/net')).toEqual({ file: 'shop.yaml', pointer: '/things/0', line: 5 });
  expect(yaml.placeOf('/things/9')).toEqual({ file: 'shop.yaml', pointer: '/things', line: 4 });
});

test('reads JSON and keeps its lines', () => {
  const yaml = parseYaml('{\n\t"a": {\n\t\t"b": 1\n\t}\n}', 'a.json');
  expect(yaml.value).toEqual({ a: { b: 1 } });
  expect(yaml.placeOf('/a/b').line).toBe(3);
});

test('reads dates and versions as the text they are', () => {
  expect(parseYaml('version: 2025-04\nday: 2024-03-15\nyes: yes\n', 'a.yaml').value).toEqual({
    version: '2025-04',
    day: '2024-03-15',
    yes: 'yes',
  });
});

test('does not let a key named __proto__ change anything', () => {
  const { value } = parseYaml('__proto__: { polluted: true }\n', 'a.yaml');
  expect(Object.hasOwn(value as object, '__proto__')).toBe(true);
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test('names file, line and column of what is wrong, and shows the line', async () => {
  const folder = folderOf({ 'suite.yaml': 'a: 1\nb: "open\nc: 2\n' });
  expect(await refusal(() => readYaml(join(folder, 'suite.yaml')), folder)).toMatchInlineSnapshot(`
    "E_YAML exit 2
    …/suite.yaml:4:1: Missing closing "quote
    → Correct the file there."
  `);
});

test('names the second of two equal keys', async () => {
  const folder = folderOf({ 'suite.yaml': 'a:\n  x: 1\n  y: 2\n  x: 3\n' });
  expect(await refusal(() => readYaml(join(folder, 'suite.yaml')), folder)).toMatchInlineSnapshot(`
    "E_YAML exit 2
    …/suite.yaml:4:3: the key "x" is here twice
    → The line reads: "x: 3""
  `);
});

test('says that a file cannot be read', async () => {
  const folder = folderOf({});
  expect(await refusal(() => readYaml(join(folder, 'suite.yaml')), folder)).toMatch(
    /^E_FILE exit 2\n…\/suite\.yaml cannot be read: /,
  );
});
