import { expect, test } from 'vitest';
import { casesOf } from '../cases/cases.ts';
import { checks } from '../checks/index.ts';
import type { Case } from '../model/case.ts';
import { openShop, key, shopTarget, suite, type Lie, type Visit } from '../testing/servers/shop-server.ts';
import { operationOf, removeItem } from '../testing/shop-suite.ts';
import { runCase } from './run-case.ts';

const showsOther = (one: Case): boolean =>
  one.steps.some((step) => step.kind === 'send' && step.request.credential !== 'valid');

/** The ids of the cases with other credentials than the valid one, and of those that fail. */
async function runWith(security: unknown, lie: (visit: Visit) => Lie | undefined) {
  const { origin } = await openShop(lie);
  const target = await shopTarget(origin);
  const cases = casesOf(operationOf(removeItem, { security }), suite).filter(showsOther);
  const failed: string[] = [];
  for (const one of cases) {
    const verdict = await runCase(one, { target, suite, checks, seed: 1 }, { freshId: () => crypto.randomUUID() });
    if (verdict.status === 'fail' || verdict.status === 'error') failed.push(one.id);
  }
  return { ids: cases.map(({ id }) => id), failed };
}

/** Anonymous requests are served as those with the key are. */
function admitAnonymous({ headers }: Visit): undefined {
  headers['api-key'] ??= key;
  return undefined;
}

test.for([[[{ key: [] }, {}]], [[{}, { key: [] }]]])(
  'where %j allows anonymous requests, a server that serves them keeps the contract',
  async ([security]) => {
    const { ids, failed } = await runWith(security, admitAnonymous);
    expect(failed).toEqual([]);
    // The one that the suite itself asks for, with a wrong key.
    expect(ids).toContain('remove_item/401/application-json/no-such-item');
    expect(ids.filter((id) => id.includes('/auth/'))).toEqual([]);
  },
);

test('where the key is needed, the same server violates the contract', async () => {
  const { failed } = await runWith([{ key: [] }], admitAnonymous);
  expect(failed).toContain('remove_item/probe/auth/no-key');
});
