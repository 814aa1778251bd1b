import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseJson } from './json-source.ts';
import { below } from './pointer.ts';
import { parseYaml } from './yaml.ts';

/** The pointers of all values inside of a value. */
function pointersIn(value: unknown, pointer = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return [pointer];
  return [pointer, ...Object.entries(value).flatMap(([name, inner]) => pointersIn(inner, below(pointer, name)))];
}

/** The same text with a comment in front is no JSON, so that the reader of YAML reads it. */
function asYaml(text: string): ReturnType<typeof parseYaml> {
  return parseYaml(`# one line more\n${text}`, 'a.json');
}

test('finds every value where the reader of YAML finds it', () => {
  const documents = fc.json({ noUnicodeString: false, maxDepth: 5 }).filter((text) => /^[{[]/.test(text));
  fc.assert(
    fc.property(documents, fc.constantFrom(0, 1, '\t'), (json, indent) => {
      const text = JSON.stringify(JSON.parse(json), null, indent);
      const read = parseJson(text, 'a.json');
      const yaml = asYaml(text);
      for (const pointer of pointersIn(JSON.parse(text))) {
        const { line, ...place } = yaml.placeOf(pointer);
        expect(read?.placeOf(pointer)).toEqual({ ...place, line: line - 1 });
      }
    }),
    { numRuns: 60, examples: [['{"a\\"b\\\\":{"":[[],{}]},"__proto__":[1]}', 1]] },
  );
});

const shop = `{
  "openapi": "3.0.3",
  "price": 12345678901234567890.50,
  "text": "a \\"quoted\\": text { [",
  "list": [ 1 , [ 2, 3 ],
    {"a/b":{"c~d":-1e400}} ],
  "ref": { "$ref": "#/list/1" }
}`;

test.for([
  ['', 1],
  ['/openapi', 2],
  ['/list', 5],
  ['/list/0', 5],
  ['/list/1/1', 5],
  ['/list/2/a~1b/c~0d', 6],
  ['/ref', 7],
] as const)('finds the line of %s', ([pointer, line]) => {
  expect(parseJson(shop, 'shop.json')?.placeOf(pointer)).toEqual({ file: 'shop.json', pointer, line });
});

test('answers with the nearest place above what is not there', () => {
  const read = parseJson(shop, 'shop.json');
  expect(read?.placeOf('/list/7/x')).toEqual({ file: 'shop.json', pointer: '/list', line: 5 });
  expect(read?.placeOf('/openapi/length')).toEqual({ file: 'shop.json', pointer: '/openapi', line: 2 });
  expect(read?.trace(['ref', 'more'])).toMatchObject({ rest: ['more'], ref: '#/list/1' });
});

test.for([
  [['price'], '12345678901234567890.50'],
  [['list', '2', 'a/b', 'c~d'], '-1e400'],
  [['list', '0'], '1'],
  [['openapi'], '3.0.3'],
  [['list'], undefined],
  [['nothing'], undefined],
] as const)('gives %j as it is written', ([parts, written]) => {
  expect(parseJson(shop, 'shop.json')?.trace(parts).written()).toBe(written);
});

test.for([
  ['{"a":{"b":1,"b":2}}', 'the key "b" is here twice'],
  ['{"a": 1, "\\u0061": 2}', 'the key "a" is here twice'],
] as const)('leaves %s to the reader of YAML, which refuses it', ([text, message]) => {
  expect(parseJson(text, 'a.json')).toBeUndefined();
  expect(() => parseYaml(text, 'a.json')).toThrow(message);
});

test.for(['{a: 1}', '{"a": 1,}', '# a\n{"a": 1}', '"text"', '[1', ''])('does not take %s for JSON', (text) => {
  expect(parseJson(text, 'a.json')).toBeUndefined();
});
