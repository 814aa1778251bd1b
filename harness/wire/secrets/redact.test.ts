import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { redactedBody, redactText, sentRequest } from './redact.ts';
import { holdsSecret } from './secret-forms.ts';

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
  ['without its first four characters', `key ${key.slice(4)}.`, 'key <api-key>.'],
  ['a part from its middle', `key ${key.slice(10, 24)}.`, 'key <api-key>.'],
  ['percent-encoded four times', [1, 2, 3, 4].reduce(encodeURIComponent, key), '<api-key>'],
  ['as decimal entities of HTML', key.replace(/./g, (letter) => `&#${letter.charCodeAt(0)};`), '<api-key>'],
  ['as hexadecimal entities', key.replace(/./g, (letter) => `&#x${letter.charCodeAt(0).toString(16)};`), '<api-key>'],
  ['as named entities', key.replaceAll('_', '&lowbar;').replaceAll('+', '&plus;'), '<api-key>'],
  ['as entities of entities', key.replace(/./g, (letter) => `&amp;#${letter.charCodeAt(0)};`), '<api-key>'],
  ['as \\x escapes', key.replace(/./g, (letter) => `\\x${letter.charCodeAt(0).toString(16)}`), '<api-key>'],
  ['as escapes of escapes', key.replace(/./g, (letter) => `\\\\x${letter.charCodeAt(0).toString(16)}`), '<api-key>'],
  ['as \\u{…} escapes', key.replace(/./g, (letter) => `\\u{${letter.charCodeAt(0).toString(16)}}`), '<api-key>'],
  ['escaped as in Markdown', key.replaceAll('_', '\\_'), '<api-key>'],
  ['in UTF-16', key.replace(/./g, '$&\0'), '<api-key>\0'],
  ['as the numbers of its bytes', JSON.stringify(Buffer.from(key)), '{"type":"Buffer","data":[<api-key>]}'],
  [
    'as a dump of its bytes',
    Buffer.from(key)
      .toString('hex')
      .replace(/..(?=.)/g, '$&:'),
    '<api-key>',
  ],
  ['in base64 twice', `<${base64(base64(key))}>`, '<<api-key>>'],
  ['in base64 and percent-encoded', `<${base64(encodeURIComponent(key))}>`, '<<api-key>>'],
  ['in hexadecimal digits in base64', `<${base64(Buffer.from(key).toString('hex'))}>`, '<<api-key>>'],
  ['in base64 of UTF-16', `<${Buffer.from(key, 'utf16le').toString('base64')}>`, '<<api-key>>'],
  ['in base64 of gzip', `<${gzipSync(key).toString('base64')}>`, '<<api-key>>'],
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
    expect(redactText('abcd3fgh-longer abcd3fgh', ['abcd3fgh', 'abcd3fgh-longer'])).toBe('<api-key> <api-key>');
  });
});

describe('a secret that is too short or too common to be looked for inside other text', () => {
  const weak: readonly (readonly [what: string, secret: string, text: string, masked: string])[] = [
    ['stays inside other text', 'k', 'key k, apikey', 'key k, apikey'],
    ['is masked where it is the whole text', 'k', 'k', '<api-key>'],
    [
      'is masked where it is a whole value of JSON',
      'test',
      '{"tests":"a test","key":"test"}',
      '{"tests":"a test","key":"<api-key>"}',
    ],
    ['is masked where it is a whole value of a query', 'backup', '/backups?k=backup&x', '/backups?k=<api-key>&x'],
    ['may be a word of eight letters or more', 'production', 'in production', 'in production'],
  ];
  test.each(weak)('%s', (_, secret, text, masked) => {
    expect([redactText(text, [secret]), redactText(masked, [secret])]).toEqual([masked, masked]);
    expect(holdsSecret(text, [secret])).toBe(false);
  });
});

describe('the bytes of a body', () => {
  const json = Buffer.from(`{"key":"${key}"}`);
  const utf16 = Buffer.from(`\ufeff${json.toString()}`, 'utf16le');
  const bodies: readonly (readonly [what: string, bytes: Uint8Array])[] = [
    ['as they are', json],
    ['compressed with gzip', gzipSync(json)],
    ['compressed with gzip and cut', gzipSync(json).subarray(0, -9)],
    ['compressed with deflate', deflateSync(json)],
    ['compressed with deflate without its head', deflateRawSync(json)],
    ['compressed with br', brotliCompressSync(json)],
    ['compressed twice', gzipSync(brotliCompressSync(json))],
    ['in UTF-16', utf16],
    ['in UTF-16, the other end first', Buffer.from(utf16).swap16()],
    ['in UTF-16 and compressed', gzipSync(utf16)],
  ];
  test.each(bodies)('%s', (_, bytes) => {
    expect(holdsSecret(bytes, [key])).toBe(true);
    expect(redactedBody(bytes, [key])).toContain('<api-key>');
    expect(holdsSecret(redactedBody(bytes, [key]) ?? '', [key])).toBe(false);
    expect(redactText(Buffer.from(bytes).toString('latin1'), [key]).includes(key)).toBe(false);
  });

  test('that hold none are left alone', () => {
    const other = Buffer.from('{"key":"another"}');
    for (const bytes of [other, gzipSync(other), brotliCompressSync(other), Buffer.alloc(0)]) {
      expect([holdsSecret(bytes, [key]), redactedBody(bytes, [key])]).toEqual([false, undefined]);
    }
  });
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
});

test('keys that have parts in common are each masked whole', () => {
  const keys = ['pcsk_reading_0123456789abcdef', 'pcsk_writing_0123456789abcdef', 'pcsk_writing_0123456789abcdef_2'];
  for (const key of keys) expect(redactText(`Api-Key: ${key}`, keys)).toBe('Api-Key: <api-key>');
});
