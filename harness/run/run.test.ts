import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { casesOf } from '../cases/cases.ts';
import { checks } from '../checks/index.ts';
import type { Verdict } from '../model/verdict.ts';
import { run, type RunOptions } from './run.ts';
import { operation, openShop, shopTarget, suite, type Lie, type Visit } from '../testing/servers/shop-server.ts';

const cases = casesOf(operation, suite);
const declared = cases.filter(({ kind }) => kind === 'declared');

async function options(over: Partial<RunOptions> = {}, lie?: (visit: Visit) => Lie | undefined): Promise<RunOptions> {
  const shop = await openShop(lie);
  return { cases, target: await shopTarget(shop.origin), suite, checks, seed: 1, concurrency: 8, ...over };
}

async function all(running: AsyncIterable<Verdict>): Promise<readonly Verdict[]> {
  const verdicts: Verdict[] = [];
  for await (const verdict of running) verdicts.push(verdict);
  return verdicts;
}

it('every case gets one verdict, and an honest server passes', async () => {
  const verdicts = await all(run(await options()));
  expect(verdicts.map((verdict) => verdict.case.id).sort()).toEqual(cases.map((one) => one.id).sort());
  const bad = verdicts.filter((verdict) => verdict.status === 'fail' || verdict.status === 'error');
  expect(
    bad.map((verdict) => [verdict.case.id, verdict.status === 'fail' ? verdict.findings[0].message : verdict.status]),
  ).toEqual([]);
});

it('declared cases come first: probes must not use up the states that they need', async () => {
  const states =
    "an item: { item_id: item-1 }\nno such item: { item_id: '{uuid}' }\nan item in use: { item_id: used-1 }";
  const shop = await openShop();
  const target = await shopTarget(shop.origin, states);
  const verdicts = await all(run({ ...(await options()), target, cases: [...cases].reverse(), concurrency: 1 }));
  const kinds = verdicts.map((verdict) => verdict.case.kind);
  expect(kinds.lastIndexOf('declared')).toBeLessThan(kinds.indexOf('probe'));
  expect(verdicts.find((verdict) => verdict.case.id.endsWith('/202/no-content'))?.status).toBe('pass');
  expect(verdicts.some((verdict) => verdict.status === 'skip' && verdict.reason.includes('used that up'))).toBe(true);
});

it.for([1, 3] as const)('no more than %i cases are under way at once', async (concurrency) => {
  let now = 0;
  let most = 0;
  const base = await options({ concurrency });
  const target: RunOptions['target'] = {
    ...base.target,
    async send(request, how) {
      now += 1;
      most = Math.max(most, now);
      await pause(2);
      now -= 1;
      return base.target.send(request, how);
    },
  };
  await all(run({ ...base, target, cases: [...declared, ...declared] }));
  expect(most).toBe(concurrency);
});

it('after an abort nothing new starts', async () => {
  const controller = new AbortController();
  const base = await options({ signal: controller.signal, concurrency: 1 });
  const verdicts: Verdict[] = [];
  for await (const verdict of run(base)) {
    verdicts.push(verdict);
    if (verdicts.length === 2) controller.abort();
  }
  expect(verdicts.length).toBeGreaterThanOrEqual(2);
  expect(verdicts.length).toBeLessThanOrEqual(3);
});

it('an abort before the start runs nothing', async () => {
  expect(await all(run(await options({ signal: AbortSignal.abort() })))).toEqual([]);
});

it('a case that does not end is not waited for after an abort', async () => {
  const controller = new AbortController();
  const base = await options({ signal: controller.signal });
  const target = { ...base.target, send: () => new Promise<never>(() => undefined) };
  setTimeout(() => controller.abort(), 20);
  // A run that waited would never end.
  expect(await all(run({ ...base, target, cases: cases.slice(0, 3) }))).toEqual([]);
});

it('who leaves the loop stops the run', async () => {
  const shop = await openShop();
  const target = await shopTarget(shop.origin);
  for await (const verdict of run({ ...(await options()), target, concurrency: 1 })) {
    expect(verdict.status).toBe('pass');
    break;
  }
  // The next case may be under way. While another run sends many more requests, the one that was left sends none.
  await all(run(await options({ cases: [...declared, ...declared, ...declared], concurrency: 1 })));
  expect(shop.visits.length).toBeLessThan(5);
});

it('repeats each case, and reports one that differs', async () => {
  let deletes = 0;
  const lie = ({ method, headers }: Visit): Lie | undefined => {
    if (method !== 'DELETE' || headers['api-key'] === undefined) return undefined;
    deletes += 1;
    return deletes === 2 ? { status: 500 } : undefined;
  };
  const some = cases.filter((one) => one.id.endsWith('/202/no-content'));
  const [verdict, ...more] = await all(run(await options({ cases: some, repeat: 3 }, lie)));
  expect(more).toEqual([]);
  expect(deletes).toBe(3);
  expect(verdict?.status === 'fail' && verdict.findings[0]).toMatchObject({
    check: 'flake',
    actual: 'pass, fail, pass',
  });
});

it('an abort ends the repeating', async () => {
  const controller = new AbortController();
  let seen = 0;
  const lie = (): undefined => {
    seen += 1;
    if (seen === 2) controller.abort();
    return undefined;
  };
  const some = cases.filter((one) => one.id.endsWith('/202/no-content'));
  await all(run(await options({ cases: some, repeat: 50, signal: controller.signal }, lie)));
  expect(seen).toBeLessThan(5);
});

it('reports which state is being arranged', async () => {
  const states: string[] = [];
  const some = cases.filter((one) => one.id.endsWith('/409/application-json/no-such-item'));
  await all(run(await options({ cases: some, onArranging: (state) => states.push(state) })));
  expect(states).toEqual(['an item in use']);
});

it('after an abort, a case that waits for its resource to go asks no more, and gives back what it had', async () => {
  const controller = new AbortController();
  let deleted = false;
  const shop = await openShop(({ method }) => {
    if (method === 'DELETE') deleted = true;
    else if (deleted) controller.abort();
    return method === 'DELETE' ? { status: 202 } : undefined;
  });
  const target = await shopTarget(shop.origin);
  const released: string[] = [];
  const watched: RunOptions['target'] = {
    ...target,
    async arrange(state, wish) {
      const arranged = await target.arrange(state, wish);
      return { ...arranged, release: (how) => arranged.release(how).then(() => void released.push(state)) };
    },
  };
  const some = cases
    .filter((one) => one.id.includes('/effect/'))
    .filter(endsGone)
    .slice(0, 1);
  expect(some).toHaveLength(1);
  const patient = { ...suite, observers: { ...suite.observers, goneWithinMs: 60_000 } };
  const base = await options({ cases: some, suite: patient, signal: controller.signal });
  expect(await all(run({ ...base, target: watched }))).toEqual([]);
  expect(released).toEqual(some.flatMap(({ needs }) => needs.map(({ state }) => state)));
  const asked = shop.visits.length;
  await pause(500);
  expect(shop.visits.length).toBe(asked);
});

function endsGone({ steps }: RunOptions['cases'][number]): boolean {
  const [first, second] = steps;
  return first?.kind === 'send' && second?.kind === 'observe' && second.is === 'gone';
}

it('what is arranged too late is given back', async () => {
  const controller = new AbortController();
  const base = await options({ signal: controller.signal });
  const untouched: boolean[] = [];
  let arrange: () => void = () => undefined;
  const target: RunOptions['target'] = {
    ...base.target,
    arrange: () =>
      new Promise((resolve) => {
        arrange = () => resolve({ values: {}, release: (how) => Promise.resolve(void untouched.push(how.untouched)) });
        controller.abort();
      }),
  };
  const some = cases.filter((one) => one.id.endsWith('/202/no-content'));
  expect(await all(run({ ...base, target, cases: some }))).toEqual([]);
  arrange();
  await expect.poll(() => untouched).toEqual([true]);
});
