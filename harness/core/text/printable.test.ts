import { test } from 'vitest';
import { printable, printableJson, printableLines, shortened } from './printable.ts';

const rows: readonly (readonly [what: string, given: string, want: string])[] = [
  ['plain text stays', 'Backup not found', 'Backup not found'],
  ['wide characters stay', '備份不存在 👍', '備份不存在 👍'],
  ['an escape sequence is shown, not obeyed', '\u001b[2J\u001b]0;title\u0007', '\\x1b[2J\\x1b]0;title\\x07'],
  ['the one-byte form of it too', '\u009b31m', '\\x9b31m'],
  ['line breaks and tabs are shown', 'a\r\nb\tc', 'a\\r\\nb\\tc'],
  ['other line breaks are shown', 'a\u2028b\u2029c\u0085d', 'a\\u2028b\\u2029c\\x85d'],
  ['text that runs backwards is shown', 'a\u202eb', 'a\\u202eb'],
  ['text that cannot be seen is shown', 'a\u200bb\ufeffc', 'a\\u200bb\\ufeffc'],
  ['what is no character is shown', 'a\ufffe\uffff\ufdd0\u{1ffff}', 'a\\ufffe\\uffff\\ufdd0\\u{1ffff}'],
  ['half of a surrogate pair is shown', 'a\ud800b', 'a\\ud800b'],
];

test.for(rows)('%s', ([, given, want], { expect }) => {
  expect(printable(given)).toBe(want);
});

test('keeps the line feeds of a text of several lines', ({ expect }) => {
  expect(printableLines('a\r\nb\u0007\nc')).toBe('a\nb\\x07\nc');
});

test('shortens without cutting a character in two, and says so', ({ expect }) => {
  expect(shortened('abcdef', 6)).toBe('abcdef');
  expect(shortened(`abcd${'x'.repeat(31)}`, 4)).toBe('abcd… (31 more characters)');
  expect(shortened(`abc👍${'x'.repeat(31)}`, 4)).toBe('abc… (33 more characters)');
});

test('makes no cut that is longer than what it hides', ({ expect }) => {
  expect(shortened(`abcd${'x'.repeat(30)}`, 4)).toBe(`abcd${'x'.repeat(30)}`);
});

test('escapes JSON so that it says the same', ({ expect }) => {
  const value = { a: 'x\u009b31m\u202e\u{1ffff}\ufffe\ud800', b: 'c' };
  const text = printableJson(JSON.stringify(value, null, 2));
  expect(text).toBe('{\n  "a": "x\\u009b31m\\u202e\\ud83f\\udfff\\ufffe\\ud800",\n  "b": "c"\n}');
  expect(JSON.parse(text)).toEqual(value);
});
