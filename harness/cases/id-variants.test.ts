import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type IdVariant, idVariants, isIdVariant } from './id-variants.ts';

it.for([
  ['upper', 'ready-1', 'READY-1'],
  ['upper', 'READY-1', undefined],
  ['upper', '123', undefined],
  ['prefix', 'ready-1', 'read'],
  ['prefix', 'abcd', 'ab'],
  ['prefix', 'abc', undefined],
  ['prefix', '🗑🗑🗑🗑🗑', '%F0%9F%97%91%F0%9F%97%91%F0%9F%97%91'],
  ['extended', 'ready-1', 'ready-1-x'],
  ['prefixed', 'ready-1', 'x-ready-1'],
  ['trailing-space', 'ready-1', 'ready-1%20'],
  ['leading-space', 'ready-1', '%20ready-1'],
  ['trailing-dot', 'ready-1', 'ready-1.'],
  ['trailing-nul', 'ready-1', 'ready-1%00'],
  ['trailing-newline', 'ready-1', 'ready-1%0A'],
  ['semicolon-parameter', 'a/b', 'a%2Fb;v=1'],
  ['quoted', 'ready-1', '%22ready-1%22'],
  ['comma-list', 'a', 'a%2Ca'],
  ['encoded-slash', 'a/b', 'x%2F..%2Fa%2Fb'],
  ['slash-after', 'a/b', 'a%2Fb%2F'],
  ['dot-slash', 'ready-1', '.%2Fready-1'],
  ['query-after', 'ready-1', 'ready-1%3Fv=1'],
  ['fragment-after', 'ready-1', 'ready-1%23v'],
  ['dot-segment', 'a/b', 'x/../a%2Fb'],
  ['double-encoded', 'a1', '%2561%2531'],
  ['encoded', 'a1ä', '%61%31%C3%A4'],
  ['encoded', '\n', '%0A'],
  ['wide', 'Za-9', '%EF%BC%BA%EF%BD%81-%EF%BC%99'],
  ['wide', '-.-', undefined],
  ['broken-escape', 'a', 'a%ZZ'],
  ['cut-escape', 'a', 'a%4'],
] as const satisfies readonly (readonly [IdVariant, string, string | undefined])[])(
  '%s of %j is %j',
  ([disguise, id, want]) => {
    expect(idVariants[disguise](id)).toBe(want);
  },
);

it('knows its own names and no other', () => {
  expect(Object.keys(idVariants).every(isIdVariant)).toBe(true);
  expect(['toString', 'constructor', '', 'Upper'].some(isIdVariant)).toBe(false);
});

const letters = fc.string({ unit: fc.constantFrom(...Array.from('aZ09-._~ /%äß备🗑')), minLength: 1, maxLength: 12 });
const sameIdAgain: readonly IdVariant[] = ['encoded', 'dot-segment', 'encoded-slash', 'broken-escape', 'cut-escape'];

it('every disguise of any id can be sent, and is another id but where it says so', () => {
  fc.assert(
    fc.property(letters, fc.constantFrom(...Object.keys(idVariants).filter(isIdVariant)), (id, disguise) => {
      const written = idVariants[disguise](id);
      if (written === undefined) return;
      expect(written).toMatch(/^[\x21-\x7e]+$/);
      if (sameIdAgain.includes(disguise)) return;
      expect(decodeURIComponent(written)).not.toBe(id);
    }),
    { seed: 1, numRuns: 500 },
  );
});

it.for([
  ['ready-17091785270001', 'ready-'],
  ['17091785270001', undefined],
  ['670e8400-e29b-41d4-a716-446655440000', '670e8400-e29b-41d'],
] as const)('the first half of %s is no number that another resource may have: %s', ([id, half]) => {
  expect(idVariants.prefix(id)).toBe(half);
});
