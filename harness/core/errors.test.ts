import { readFileSync, writeFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { messageOf } from './errors.ts';

const thrownBy = (act: () => unknown): unknown => {
  try {
    act();
  } catch (thrown) {
    return thrown;
  }
  throw new Error('nothing was thrown');
};

test('failures of the file system are described in words, without system calls', () => {
  expect(messageOf(thrownBy(() => readFileSync('/there/is/no/such.yaml')))).toBe('there is no such file or folder');
  expect(messageOf(thrownBy(() => readFileSync(import.meta.dirname)))).toBe('it is a folder, not a file');
  expect(messageOf(thrownBy(() => writeFileSync(import.meta.dirname, '')))).toBe('it is a folder, not a file');
  expect(messageOf(thrownBy(() => writeFileSync(`${import.meta.filename}/x`, '')))).toBe(
    'a part of its path is a file, not a folder',
  );
});

test('other errors keep their message, and what is no error becomes text', () => {
  expect(messageOf(new Error('x'))).toBe('x');
  expect(messageOf(7)).toBe('7');
});
