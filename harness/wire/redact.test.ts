import { describe, expect, test } from 'vitest';
import { holdsSecret, redactText, sentRequest } from './redact.ts';

const key = 'pcsk_4Xy+/z_Abcdefghijklmno-1234567890';
const base64 = (text: string): string => Buffer.from(text).toString('base64');

const forms: readonly (readonly [string, string, string])[] = [
  ['as it is', `key ${key}!`, 'key <api-key>!'],
  ['twice', `${key},${key}`, '<api-key>,<api-key>'],
  ['percent-encoded', `?k=${encodeURIComponent(key)}&x`, '?k=<api-key>&x'],
  ['percent-encoded twice', encodeURIComponent(encodeURIComponent(key)), '<api-key>'],
  [
    'percent-encoded to the last letter',
    [...Buffer.from(key)].map((byte) => `%${byte.toString(16)}`).join(''),
    '<api-key>',
  ],
  ['in upper case', key.toUpperCase(), '<api-key>'],
  ['escaped as in JSON', `\\u0070${key.slice(1)}`, '<api-key>'],
  ['in hexadecimal digits', `key ${Buffer.from(key).toString('hex')}.`, 'key <api-key>.'],
  ['backwards', `key ${Array.from(key).reverse().join('')}.`, 'key <api-key>.'],
  ['cut short', `key ${key.slice(0, -1)}.`, 'key <api-key>.'],
  ['cut to eight characters', `key ${key.slice(0, 8)}…`, 'key <api-key>…'],
  ['extended', `${key}0`, '<api-key>0'],
];

describe('a secret is masked', () => {
  test.each(forms)('%s', (_, text, masked) => {
    expect(redactText(text, [key])).toBe(masked);
  });

  test.each([0, 1, 2, 3, 4])('in base64, after %d other bytes', (before) => {
    const masked = redactText(base64(`${'u'.repeat(before)}${key}:`), [key]);
    expect(masked).toContain('<api-key>');
    // What is left of it, at the seams, is less than three characters.
    const rest = masked.split('<api-key>').map((part) => Buffer.from(part, 'base64').toString('latin1'));
    expect(rest.some((part) => part.includes(key.slice(0, 3)) || part.includes(key.slice(-3)))).toBe(false);
  });

  test.each([
    ['cut short', key.slice(0, -1)],
    ['cut to half', key.slice(0, 18)],
    ['extended', `${key}0`],
    ['in swapped letter case', key.replace(/[A-Za-z]/g, (c) => (c < 'a' ? c.toLowerCase() : c.toUpperCase()))],
  ])('in base64, %s', (_, form) => {
    for (const before of ['', 'u', 'us', 'use']) {
      const masked = redactText(`<${base64(before + form + before)}>`, [key]);
      expect(masked).toMatch(/^<[A-Za-z0-9]{0,5}<api-key>>$/);
    }
  });

  test('in base64 for URLs', () => {
    expect(redactText(Buffer.from(key).toString('base64url'), [key])).not.toContain(base64(key).slice(4, 20));
  });

  test('with others beside it, the longest first', () => {
    expect(redactText('abcdefgh-longer abcdefgh', ['abcdefgh', 'abcdefgh-longer'])).toBe('<api-key> <api-key>');
  });
});

test('what is masked is not masked again, whatever the key', () => {
  const once = redactText('key k, apikey', ['k']);
  expect([once, redactText(once, ['k'])]).toEqual(['<api-key>ey <api-key>, api<api-key>ey', once]);
});

test('other text stays', () => {
  const text = 'Backup 670e8400-e29b-41d4-a716-446655440000 not found. pcsk_ pcsk';
  expect(redactText(text, [key, ''])).toBe(text);
});

test('a request has no secret left anywhere', () => {
  const sent = sentRequest(
    'http://h',
    { method: 'DELETE', path: `/b?k=${key}`, headers: [[`X-${key}`, key]], body: `{"k":"${key}"}`, connection: 'c' },
    [key],
  );
  expect(sent).toEqual({
    method: 'DELETE',
    url: 'http://h/b?k=<api-key>',
    headers: [['X-<api-key>', '<api-key>']],
    body: '{"k":"<api-key>"}',
  });
});

describe('a text holds a secret', () => {
  const held: readonly (readonly [string, string, boolean])[] = [
    ['as it is', `invalid key ${key}`, true],
    ['in another letter case', key.toUpperCase(), true],
    ['percent-encoded', encodeURIComponent(key), true],
    ['in base64', base64(`user:${key}`), true],
    ['all but the last letter', key.slice(0, -1), true],
    ['only its beginning, as logs show it', `${key.slice(0, 9)}…`, false],
    ['nothing of it', 'Invalid API key.', false],
  ];
  test.each(held)('%s', (_, text, holds) => {
    expect(holdsSecret(text, [key])).toBe(holds);
  });

  test('but one of five letters is no secret to look for', () => {
    expect(holdsSecret('a test', ['test'])).toBe(false);
  });
});
