import { expect, test } from 'vitest';
import { compareDecimals, type Decimal, decimalOf, isMultipleOf, isWhole } from './decimal.ts';

function read(text: string): Decimal {
  const decimal = decimalOf(text);
  if (decimal === undefined) throw new Error(`${text} is no number`);
  return decimal;
}

test.each([
  ['0', '0.000', 0],
  ['-0', '0e99', 0],
  ['1', '1.0', 0],
  ['100', '1e2', 0],
  ['1E+2', '1000e-1', 0],
  ['9223372036854775808', '9223372036854775807', 1],
  ['-9223372036854775809', '-9223372036854775808', -1],
  ['9007199254740993', '9007199254740992', 1],
  ['0.1', '0.10000000000000000001', -1],
  ['1e999999999', '9', 1],
  ['-1e999999999', '9', -1],
  ['-1', '1e-999999999', -1],
  ['1e-999999999', '0', 1],
  ['12.5', '3', 1],
] as const)('%s against %s: %i', (a, b, want) => {
  expect(Math.sign(compareDecimals(read(a), read(b)))).toBe(want);
  expect(Math.sign(compareDecimals(read(b), read(a)))).toBe(want === 0 ? 0 : -want);
});

test.each([
  ['19.99', '0.01', true],
  ['143.48', '0.01', true],
  ['0.945', '0.01', false],
  ['0', '7', true],
  ['-21', '7', true],
  ['22', '7', false],
  ['1e400', '3', false],
  ['3e400', '3', true],
  ['1e999999999', '1024', true],
  ['9007199254740993', '2', false],
  ['5e-7', '1e-7', true],
  ['4.5', '1.5', true],
  ['70', '7', true],
] as const)('%s is a multiple of %s: %j', (a, b, want) => {
  expect(isMultipleOf(read(a), read(b))).toBe(want);
});

test.each([
  ['5.0', true],
  ['1.5e1', true],
  ['9007199254740993.5', false],
  ['1e-1', false],
  ['0.0', true],
] as const)('%s has no fraction: %j', (text, want) => {
  expect(isWhole(read(text))).toBe(want);
});

test.each(['', '.', '-', 'e5', '0x10', '1_000', 'NaN', 'Infinity', '1 2'])('%j is no number', (text) => {
  expect(decimalOf(text)).toBeUndefined();
});
