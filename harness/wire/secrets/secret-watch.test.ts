import { expect, test } from 'vitest';
import { secretWatch } from './secret-watch.ts';

const key = 'pckey-canary-0123456789abcdef01234567';
const forms: readonly (readonly [form: string, bytes: Buffer])[] = [
  ['as it is', Buffer.from(key)],
  ['in base64', Buffer.from(Buffer.from(`x=${key}`).toString('base64'))],
  ['in UTF-16', Buffer.from(key, 'utf16le')],
  ['as hexadecimal digits', Buffer.from(Buffer.from(key).toString('hex'))],
  [
    'as escapes of JSON',
    Buffer.from(Array.from(key, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`).join('')),
  ],
];

test.each(forms)('finds the key %s, wherever the chunks are cut and however much surrounds it', (_, form) => {
  const before = Buffer.from('debug: nothing to see\n'.repeat(5957));
  const stream = Buffer.concat([before, form, Buffer.from('\n'), before]);
  // The first window ends inside the key.
  const border = 128 * 1024;
  expect(before.length).toBeLessThan(border);
  expect(before.length + form.length).toBeGreaterThan(border);
  for (const size of [7, 1000, 65_536, stream.length]) {
    const watch = secretWatch([key]);
    for (let at = 0; at < stream.length; at += size) watch.add(stream.subarray(at, at + size));
    expect(watch.end()).toBe(true);
  }
});

test('finds nothing in what holds no key', () => {
  const watch = secretWatch([key]);
  watch.add(Buffer.from('pckey-canary-of another'.repeat(20_000)));
  expect(watch.end()).toBe(false);
});
