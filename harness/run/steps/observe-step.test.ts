import { expect, it } from 'vitest';
import { checks } from '../../checks/index.ts';
import { runCase } from '../run-case.ts';
import { caseOf, openShop, shopTarget, suite } from '../../testing/servers/shop-server.ts';
import { suiteOf } from '../../testing/shop-suite.ts';

it('an observer that a server has been silent to is not asked again, and the case says why it is a skip', async () => {
  const shop = await openShop(({ method }) => (method === 'GET' ? 'silence' : undefined));
  const target = await shopTarget(shop.origin, undefined, 300);
  const reasons: string[] = [];
  for (const end of ['/effect/goes', '/method/PUT']) {
    const verdict = await runCase(caseOf(end), { target, suite, checks, seed: 1 }, { freshId: () => 'fresh' });
    reasons.push(verdict.status === 'skip' ? verdict.reason : verdict.status);
  }
  expect(new Set(reasons)).toEqual(
    new Set([
      'the resource was not visible before the request, so its deletion cannot be checked: GET /items/{item_id}: no byte of an answer came within 300 ms',
    ]),
  );
  expect(shop.visits.filter(({ method }) => method === 'GET')).toHaveLength(1);
});

it('an observer may name more than the resource', async () => {
  const own = suiteOf({ observers: { one: { path: '/items/{item_id}?with={neighbour_id}' } } });
  const shop = await openShop();
  const target = await shopTarget(shop.origin);
  await runCase(caseOf('/effect/goes', own), { target, suite: own, checks: [], seed: 1 }, { freshId: String });
  expect(shop.visits[0]?.url).toBe('/items/item-1?with=item-2');
});
