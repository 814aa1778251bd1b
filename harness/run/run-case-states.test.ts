import { expect, it } from 'vitest';
import { operationOf, removeItem, suiteOf } from '../testing/shop-suite.ts';
import type { Case } from '../model/case.ts';
import type { Arranged, Target } from '../model/target.ts';
import { summary } from '../testing/verdicts.ts';
import { runCase } from './run-case.ts';
import { caseOf, key, openShop, shopTarget, suite, verdictOf } from '../testing/servers/shop-server.ts';

it.for([
  [
    'no recipe',
    { recipes: { '401': { state: 'no such item', credential: 'wrong' } }, roles: {}, resource: undefined },
    /^skip: no recipe for 202 in .*suite\.yaml: write '202': \{/,
  ],
  [
    'a state that nobody arranges',
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

// States ------------------------------------------------------------------------------------------

/** The shop's target, which notes how its states are given back. */
async function noting(options: { readonly states?: string; readonly failing?: boolean } = {}): Promise<{
  readonly target: Target;
  readonly released: string[];
}> {
  const shop = await openShop();
  const target = await shopTarget(shop.origin, options.states);
  const released: string[] = [];
  return {
    released,
    target: {
      ...target,
      async arrange(state, wish): Promise<Arranged> {
        const arranged = await target.arrange(state, wish);
        return {
          values: arranged.values,
          async release(how) {
            released.push(`${state}: ${how.untouched ? 'untouched' : 'touched'}`);
            if (options.failing === true) throw new Error(`cannot give back, and the key is ${key}`);
            await arranged.release(how);
          },
        };
      },
    },
  };
}

it.for([
  ['/202/no-content', ['an item: touched']],
  ['/404/application-json/no-such-item', ['no such item: untouched']],
  ['/effect/goes', ['an item: touched', 'an item: untouched']],
] as const)('%s gives back %j', async ([end, want]) => {
  const { target, released } = await noting();
  await runCase(caseOf(end), { target, suite, checks: [], seed: 1 }, { freshId: String });
  expect(released).toEqual(want);
});

it('a state that was arranged for nothing can be given to another case', async () => {
  const states = "an item: { item_id: '123-item' }\nno such item: { item_id: x }\nan item in use: { item_id: used-1 }";
  const { target, released } = await noting({ states });
  const context = { target, suite, checks: [], seed: 1 };
  const verdict = await runCase(caseOf('/effect/goes'), context, { freshId: String });
  expect(summary(verdict)).toMatch(
    /^skip: .* gives "an item" once, and other cases have used that up\. Give "an item" more values in /,
  );
  expect(released).toEqual(['an item: untouched']);
  expect(summary(await runCase(caseOf('/202/no-content'), context, { freshId: String }))).toBe('pass');
});

it('a case that departs may have touched all it had', async () => {
  const { target, released } = await noting();
  const { checks } = await import('../checks/index.ts');
  const one = caseOf('/404/application-json/no-such-item');
  const wrong: Case = {
    ...one,
    steps: one.steps.map((step) =>
      step.kind === 'send' ? { ...step, request: { ...step.request, credential: 'none' } } : step,
    ),
  };
  const verdict = await runCase(wrong, { target, suite, checks, seed: 1 }, { freshId: String });
  expect(verdict.status).toBe('fail');
  expect(released).toEqual(['no such item: touched']);
});

it('a state that cannot be given back is an error, without the key in it', async () => {
  const { target } = await noting({ failing: true });
  const verdict = await runCase(caseOf('/202/no-content'), { target, suite, checks: [], seed: 1 }, { freshId: String });
  expect(summary(verdict)).toBe('error: cannot give back, and the key is <api-key>');
  expect(verdict.exchanges).toHaveLength(1);
});

it('a failure of a state is an error, without the key in it', async () => {
  const shop = await openShop();
  const target: Target = {
    ...(await shopTarget(shop.origin)),
    arrange: () => Promise.reject(new Error(`the provider said: ${key}`)),
  };
  const seen: string[] = [];
  const verdict = await runCase(
    caseOf('/202/no-content'),
    { target, suite, checks: [], seed: 1 },
    { freshId: String, onArranging: (state) => seen.push(state) },
  );
  expect(verdict).toMatchObject({
    status: 'error',
    error: { code: 'E_UNEXPECTED', message: 'the provider said: <api-key>' },
  });
  expect(seen).toEqual(['an item']);
});

it('an observer may name more than the resource', async () => {
  const own = suiteOf({ observers: { one: { path: '/items/{item_id}?with={neighbour_id}' } } });
  const shop = await openShop();
  const target = await shopTarget(shop.origin);
  await runCase(caseOf('/effect/goes', own), { target, suite: own, checks: [], seed: 1 }, { freshId: String });
  expect(shop.visits[0]?.url).toBe('/items/item-1?with=item-2');
  expect(operationOf(removeItem).id).toBe('remove_item');
});
