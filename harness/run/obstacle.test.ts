import { expect, it } from 'vitest';
import { suiteOf } from '../testing/shop-suite.ts';
import type { Target } from '../model/target.ts';
import { summary } from '../testing/verdicts.ts';
import { runCase } from './run-case.ts';
import { caseOf, openShop, shopTarget, suite, verdictOf } from '../testing/servers/shop-server.ts';

it.for([
  [
    'no recipe',
    { recipes: { '401': { state: 'no such item', credential: 'wrong' } }, roles: {}, resource: undefined },
    /^skip: no recipe for 202 in .*suite\.yaml: write '202': \{/,
  ],
  [
    'a state that nothing arranges',
    { recipes: { '202': { state: 'a rare item' } }, roles: {}, resource: undefined },
    /^skip: .* has no state "a rare item"/,
  ],
] as const)('%s is a skip that says so', async ([, changes, want]) => {
  const { verdict, shop } = await verdictOf('/202/no-content', { suite: suiteOf(changes) });
  expect(summary(verdict)).toMatch(want);
  expect(verdict).not.toHaveProperty('exempt');
  expect(shop.visits).toEqual([]);
});

it.for([
  ['live', true],
  ['mock', false],
] as const)('a state that a recipe exempts on %s is exempt here: %j', async ([kind, want]) => {
  const exempt = { on: [kind], reason: 'it cannot be provoked from outside' };
  const own = suiteOf({ recipes: { '202': { state: 'a rare item', exempt } }, roles: {}, resource: undefined });
  const { verdict } = await verdictOf('/202/no-content', { suite: own });
  expect(verdict.status).toBe('skip');
  expect('exempt' in verdict).toBe(want);
  if (want) expect(summary(verdict)).toBe('skip: it cannot be provoked from outside');
});

it('an exemption does not keep a state from being used that is there', async () => {
  const exempt = { on: ['live'], reason: 'it cannot be provoked from outside' };
  const own = suiteOf({ recipes: { '202': { state: 'an item', exempt } }, roles: {}, resource: undefined });
  expect(summary((await verdictOf('/202/no-content', { suite: own })).verdict)).toBe('pass');
});

it('a request that cannot be written with this id is a skip', async () => {
  const { verdict } = await verdictOf('/identity/upper', {
    states: "an item: { item_id: '123' }\nno such item: { item_id: '{uuid}' }",
  });
  expect(summary(verdict)).toBe('skip: the id has no form "upper" that differs from itself');
});

it('"no such resource" needs no target that knows it', async () => {
  const recipes = { '404': { state: 'no such resource' } };
  const { verdict, shop } = await verdictOf('/404/application-json/no-such-item', {
    suite: suiteOf({ recipes, roles: {}, resource: undefined }),
  });
  expect(summary(verdict)).toBe('pass');
  expect(shop.visits[0]?.url).toMatch(/^\/items\/[0-9a-f-]{36}$/);
});

it('hazardous cases are not tried on a shared target, nor probes on one that only replays', async () => {
  const shop = await openShop();
  const target = await shopTarget(shop.origin);
  const verdicts = await Promise.all(
    [
      ['/path/collection', { ...target, shared: true }],
      ['/auth/no-key', { ...target, answersAnything: false }],
    ].map(([end, other]) =>
      runCase(caseOf(end as string), { target: other as Target, suite, checks: [], seed: 1 }, { freshId: String }),
    ),
  );
  expect(verdicts.map(summary)).toEqual([
    'skip: never on a shared target: a server that takes the collection for the resource would delete everything',
    'skip: probes need a server that answers; fixtures replay recorded exchanges',
  ]);
  expect(shop.visits).toEqual([]);
});
