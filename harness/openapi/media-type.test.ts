import { expect, test } from 'vitest';
import { isJson, parseMediaType, satisfies } from './media-type.ts';

test.each([
  ['application/json', 'application/json', {}],
  ['  Application/JSON', 'application/json', {}],
  ['application/json x', undefined, {}],
  ['application/json;charset=utf-8', 'application/json', { charset: 'utf-8' }],
  ['application/json ; Charset = x', undefined, {}],
  ['application/json ;  CHARSET=UTF-8  ', 'application/json', { charset: 'UTF-8' }],
  ['application/json;a=1;b=2', 'application/json', { a: '1', b: '2' }],
  ['application/json;;a=1;', 'application/json', { a: '1' }],
  ['application/json; ;a=1 ; ', 'application/json', { a: '1' }],
  ['a/b;q="x;y"', 'a/b', { q: 'x;y' }],
  [String.raw`a/b;q="say \"hi\" \\ there"`, 'a/b', { q: String.raw`say "hi" \ there` }],
  ['a/b;q="two\nlines"', 'a/b', { q: 'two\nlines' }],
  ['a/b;q=""', 'a/b', { q: '' }],
  ['a/b;q="open', undefined, {}],
  ['a/b;q', undefined, {}],
  ['a/b;q=', undefined, {}],
  ['a/b;a=1;q', undefined, {}],
  ['a/b;q="x"y', undefined, {}],
  ['a/b;=x', undefined, {}],
  ['a/b c', undefined, {}],
  ['a/b,c/d', undefined, {}],
  ['a b/c', undefined, {}],
  ['x a/b', undefined, {}],
  ['a/b/c', undefined, {}],
  ['/b', undefined, {}],
  ['a/', undefined, {}],
  ['', undefined, {}],
])('reads %j', (text, type, parameters) => {
  const read = parseMediaType(text);
  expect(read?.type).toBe(type);
  expect(Object.fromEntries(read?.parameters ?? [])).toEqual(parameters);
});

test('reads nothing that is longer than any media type', () => {
  const long = (length: number): string => `a/b;c=${'x'.repeat(length - 6)}`;
  expect(parseMediaType(long(1000))?.parameters.get('c')).toHaveLength(994);
  expect(parseMediaType(long(1001))).toBeUndefined();
});

test.each([
  ['application/json', 'application/json', true],
  ['application/json', 'Application/JSON', true],
  ['application/json', 'application/xml', false],
  ['application/json', 'application/*', true],
  ['applications/json', 'application/*', false],
  ['text/json', 'application/*', false],
  ['application/json', '*/*', true],
  ['application/json', 'text/json', false],
  ['application/json', 'json', false],
  ['a/b;v=2', 'a/b;v=2', true],
  ['a/b;x=1;V=2', 'a/b;v="2"', true],
  ['a/b;v=1', 'a/b;v=2', false],
  ['a/b', 'a/b;v=2', false],
  ['a/b', 'a/b;charset=utf-8', true],
  ['a/b;v=2;w=3', 'a/b;v=2;w=4', false],
  ['a/c;v=2', 'a/*;v=2', true],
  ['a/c;v=1', 'a/*;v=2', false],
  ['a/c;v=1', '*/*;v=2', false],
])('%j satisfies %j: %j', (given, declared, want) => {
  const read = parseMediaType(given);
  expect(read !== undefined && satisfies(read, declared)).toBe(want);
});

test.each([
  ['application/json', true],
  ['APPLICATION/JSON', true],
  ['application/json ; charset=utf-8', true],
  ['application/json;charset=utf-8', true],
  ['text/json', true],
  ['application/problem+json', true],
  ['application/vnd.a.b+json;v=2', true],
  ['application/+json', false],
  ['application/jsonp', false],
  ['application/json-seq', false],
  ['application/problem+jsonp', false],
  ['application/xjson', false],
  ['application/x;y=+json', false],
  ['json', false],
  ['/json', false],
  ['a/b/json', false],
  ['a;b/json', false],
  ['application/xml', false],
])('whether %j is JSON: %j', (type, want) => {
  expect(isJson(type)).toBe(want);
});
