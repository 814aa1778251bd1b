import fc from 'fast-check';
import { expect, it } from 'vitest';
import { slug, uniquely } from './case-id.ts';

it.for([
  ['application/json', 'application-json'],
  ['application/json; charset=utf-8', 'application-json-charset-utf-8'],
  ['application/vnd.api+json', 'application-vnd.api-json'],
  ['*/*', 'unnamed'],
  ['4XX', '4XX'],
  ['backup-not-found', 'backup-not-found'],
  ['backup_not_found', 'backup_not_found'],
  ['  spaces around  ', 'spaces-around'],
  ['café noté', 'cafe-note'],
  ['备份', 'unnamed'],
  ['', 'unnamed'],
  ['a/../b', 'a-..-b'],
] as const)('%j becomes %j', ([name, want]) => {
  expect(slug(name)).toBe(want);
});

// The library's own Unicode strings take seconds to set up.
const anyCodePoint = fc.oneof(fc.integer({ min: 0, max: 0x2ff }), fc.integer({ min: 0, max: 0x10ffff }));

it('makes one segment of any name, and the same one again', () => {
  fc.assert(
    fc.property(fc.array(anyCodePoint, { maxLength: 30 }), (points) => {
      const name = String.fromCodePoint(...points);
      expect(slug(name)).toMatch(/^[A-Za-z0-9._-]+$/);
      expect(slug(slug(name))).toBe(slug(name));
    }),
    { seed: 1 },
  );
});

it.for([
  [
    ['a', 'b', 'a', 'a'],
    ['a', 'b', 'a-2', 'a-3'],
  ],
  [
    ['a', 'a-2', 'a'],
    ['a', 'a-2', 'a-3'],
  ],
  [
    ['a', 'a', 'a-2'],
    ['a', 'a-2', 'a-2-2'],
  ],
] as const)('%j are made distinct as %j', ([ids, want]) => {
  const unique = uniquely();
  expect(ids.map(unique)).toEqual(want);
});

it('never gives an id twice', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('a', 'a-2', 'a-2-2', 'a-3', 'b')), (ids) => {
      const given = ids.map(uniquely());
      expect(new Set(given).size).toBe(ids.length);
    }),
    { seed: 1 },
  );
});
