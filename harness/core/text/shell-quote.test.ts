import { execFileSync, spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shellWord } from './shell-quote.ts';

test('leaves a harmless word alone', () => {
  expect(shellWord('http://127.0.0.1:80/a-b_c.d')).toBe('http://127.0.0.1:80/a-b_c.d');
});

test('puts the key in as a variable', () => {
  expect(shellWord('Api-Key: <api-key>')).toBe('"Api-Key: $PINECONE_API_KEY"');
  expect(shellWord('<api-key>x')).toBe(`"$PINECONE_API_KEY"'x'`);
  expect(shellWord('a"b: <api-key>!')).toBe(`'a"b: '"$PINECONE_API_KEY"'!'`);
});

test('shows control characters', () => {
  expect(shellWord('a\u001b[1mb\n')).toBe(String.raw`$'a\033[1mb\012'`);
});

const noBash = spawnSync('bash', ['-c', 'true']).status !== 0;

test.skipIf(noBash)('gives a shell every text back as one word', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 20 }),
    fc.string({
      unit: fc.constantFrom(`'`, '"', '\\', '$', '`', '!', '\n', '\u001b', '<api-key>', ' ', '1', 'f'),
      maxLength: 12,
    }),
  );
  // A word of a command line cannot hold a NUL.
  const words = fc.sample(text, 250).map((word) => word.replaceAll('\0', ''));
  const script = `printf '%s\\0' ${words
    .map(shellWord)
    .map((word) => (word === '' ? "''" : word))
    .join(' ')}`;
  const env = { ...process.env, PINECONE_API_KEY: '<api-key>', LC_ALL: 'C.UTF-8' };
  const out = execFileSync('bash', ['-c', script], { env, encoding: 'utf8' });
  expect(out.split('\0').slice(0, -1)).toEqual(words);
});
