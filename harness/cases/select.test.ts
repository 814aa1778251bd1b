import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Case } from '../model/case.ts';
import { casesOf } from './cases.ts';
import { matchesGlob, selectCases } from './select.ts';
import { operationOf, removeItem, suiteOf } from '../testing/shop-suite.ts';

const cases = casesOf(operationOf(removeItem), suiteOf());
const idsOf = (selected: readonly Case[]): readonly string[] => selected.map((one) => one.id);

it.for([
  ['op/404/json/a', 'op/404/json/a', true],
  ['op/404/json/a', 'op/404/json/*', true],
  ['op/404/json/a', 'op/404/*', false],
  ['op/404/json/a', 'op/404/**', true],
  ['op/404/json/a', '**', true],
  ['op/404/json/a', '**/a', true],
  ['op/404/json/a', 'op/{401,404}/**', true],
  ['op/404/json/a', 'op/4?4/**', true],
  ['op/404/json/.a', 'op/404/json/*', true],
  ['op/404/json/a', 'OP/404/json/a', false],
  ['op/404/json/a', '!op/404/json/b', false],
  ['op/404/json/a', 'op/404/json', false],
  ['op (v2)/404/[a]', 'op (v2)/404/[a]', true],
  ['op/404/json/a', '', false],
] as const)('%s against %j: %j', ([id, glob, want]) => {
  expect(matchesGlob(id, glob)).toBe(want);
});

it('selects everything where nothing is asked for', () => {
  expect(selectCases(cases, {})).toEqual(cases);
  expect(selectCases(cases, { globs: [] })).toEqual(cases);
});

it('selects what any of the globs matches, once and in order', () => {
  const globs = ['remove_item/404/**', 'remove_item/202/no-content', '**/404/**'];
  expect(idsOf(selectCases(cases, { globs }))).toEqual([
    'remove_item/202/no-content',
    'remove_item/404/application-json/no-such-item',
  ]);
});

it.for([
  ['nothing/*', 'nothing/*', ''],
  ['', '', ''],
  ['remove_item/404', 'remove_item/404', "--case 'remove_item/404/**' matches 1 case. "],
  ['remove_item/404/*', 'remove_item/404/*', "--case 'remove_item/404/**' matches 1 case. "],
  ['*/404/*', '*/404/*', "--case '*/404/**' matches 1 case. "],
  ['remove_item/202/no-contnet', 'remove_item/202/no-contnet', 'Close to it: remove_item/202/no-content'],
  ['item', 'item', 'it is inside of remove_item/202/no-content'],
  ['no-such-itme', 'no-such-itme', 'Close to it: no-such-item'],
  ['a/\u001b[31m\n', 'a/\\x1b[31m\\n', ''],
] as const)('refuses %j, which matches nothing, and hints at what does', ([glob, shown, hint]) => {
  const refused = (): unknown => selectCases(cases, { globs: ['**', glob] });
  expect(refused).toThrow(
    expect.objectContaining({
      code: 'E_NOTHING_SELECTED',
      exit: 2,
      message: `no case matches --case '${shown}'`,
      hint: expect.stringContaining(hint) as string,
    }),
  );
  const list = `List the ${cases.length} case ids with: pinecone-contract cases`;
  expect(refused).toThrow(expect.objectContaining({ hint: expect.stringContaining(list) as string }));
});

it('takes a word without slashes and stars for a whole part of an id', () => {
  expect(idsOf(selectCases(cases, { globs: ['404'] }))).toEqual(['remove_item/404/application-json/no-such-item']);
  const auth = idsOf(selectCases(cases, { globs: ['auth'] }));
  expect(auth).toContain('remove_item/probe/auth/no-key');
  expect(auth.every((id) => id.includes('/auth/'))).toBe(true);
});

it('refuses a run of nothing', () => {
  expect(() => selectCases([], {})).toThrow(
    expect.objectContaining({
      code: 'E_NOTHING_SELECTED',
      message: 'no case is selected, so nothing can be proved',
      hint: 'The document declares no response for this operation.',
    }),
  );
  const two = ['remove_item/404/**', 'remove_item/202/**'];
  expect(() => selectCases(cases, { globs: two, shard: { index: 3, of: 3 } })).toThrow(
    expect.objectContaining({ code: 'E_NOTHING_SELECTED', hint: 'Use fewer shards.' }),
  );
});

it('the shards of a run are the whole of it, and share no case', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: cases.length }), (of) => {
      const shards = Array.from({ length: of }, (_, place) => selectCases(cases, { shard: { index: place + 1, of } }));
      const sizes = shards.map((shard) => shard.length);
      expect(shards.flat().sort(byId)).toEqual([...cases].sort(byId));
      expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
    }),
    { seed: 1 },
  );
});

it('a shard divides what the globs select', () => {
  const globs = ['remove_item/4*/**'];
  const shards = [1, 2].map((index) => idsOf(selectCases(cases, { globs, shard: { index, of: 2 } })));
  expect(shards).toEqual([
    ['remove_item/401/application-json/no-such-item', 'remove_item/409/application-json/no-such-item'],
    ['remove_item/404/application-json/no-such-item'],
  ]);
});

function byId(a: Case, b: Case): number {
  return a.id < b.id ? -1 : 1;
}
