import { expect, it } from 'vitest';
import type { Case } from '../model/case.ts';
import type { Arranged, Target } from '../model/target.ts';
import { summary } from '../testing/verdicts.ts';
import { runCase } from './run-case.ts';
import { caseOf, key, openShop, shopTarget, suite } from '../testing/servers/shop-server.ts';

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
