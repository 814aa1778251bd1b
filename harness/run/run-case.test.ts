import { expect, it } from 'vitest';
import { suiteOf } from '../testing/shop-suite.ts';
import type { Finding, Verdict } from '../model/verdict.ts';
import { summary } from '../testing/verdicts.ts';
import { runCase } from './run-case.ts';
import { caseOf, key, observers, openShop, shopTarget, suite, verdictOf } from '../testing/servers/shop-server.ts';

const deletes = (visit: { readonly method: string }): boolean => visit.method === 'DELETE';

it.for([
  ['/202/no-content'],
  ['/401/application-json/no-such-item'],
  ['/404/application-json/no-such-item'],
  ['/409/application-json/no-such-item'],
  ['/auth/key-not-remembered'],
  ['/identity/generated'],
  ['/effect/goes'],
  ['/effect/leaves-the-list'],
  ['/effect/two-deletes-together'],
  ['/effect/locked-stays'],
  ['/request/body'],
] as const)('%s passes on an honest server', async ([end]) => {
  const { verdict } = await verdictOf(end);
  expect(summary(verdict)).toEqual('pass');
});

it('a passing verdict shows what was sent, with which values, and no key', async () => {
  const { verdict } = await verdictOf('/202/no-content');
  expect(verdict.values).toEqual({ item_id: 'item-1' });
  expect(verdict.exchanges.map(({ step, exchange }) => [step, exchange.request.url.replace(/.*:\d+/, '')])).toEqual([
    ['remove_item', '/items/item-1'],
  ]);
  expect(JSON.stringify(verdict.exchanges)).not.toContain(key);
  expect(verdict.ms).toBeGreaterThan(0);
});

it('after a violation nothing is sent any more, but its effect is observed', async () => {
  const { verdict, shop } = await verdictOf('/effect/second-delete-after-it-went', {
    lie: (visit) => (deletes(visit) ? { status: 500 } : undefined),
  });
  expect(summary(verdict)).toMatch(/^fail: status/);
  expect(shop.visits.filter(deletes)).toHaveLength(1);

  const { verdict: other } = await verdictOf('/auth/nothing-happens', {
    lie: ({ method, url, items }) => {
      if (method !== 'DELETE') return undefined;
      items.delete(url.slice('/items/'.length));
      return { status: 202 };
    },
  });
  expect(findingsOf(other).map(({ check, exchange }) => [check, exchange])).toEqual([
    ['status', 0],
    ['effect-untouched', 1],
  ]);
});

it.for([
  ['hangs up', 'transport'],
  ['answers 500 and is gone', 'status'],
] as const)(
  'a server that %s over a request has failed, though it cannot be observed afterwards',
  async ([how, check]) => {
    let shut: () => Promise<void> = () => Promise.resolve();
    const shop = await openShop((visit) => {
      if (!deletes(visit)) return undefined;
      setTimeout(() => void shut(), 5);
      return how === 'hangs up' ? 'hang up' : { status: 500, headers: { connection: 'close' } };
    });
    shut = () => shop.close();
    const target = await shopTarget(shop.origin);
    const verdict = await runCase(
      caseOf('/effect/locked-stays'),
      { target, suite, checks: (await import('../checks/index.ts')).checks, seed: 1 },
      { freshId: String },
    );
    expect(summary(verdict)).toMatch(`fail: ${check}`);
  },
);

it.for([
  [
    'stays after it was accepted',
    '/effect/goes',
    (visit: { method: string }) => (deletes(visit) ? { status: 202 } : undefined),
    'effect-gone',
    'item-1 is still there 200 ms after its deletion was accepted',
  ],
  [
    'takes the neighbour along',
    '/effect/goes',
    (visit: { method: string; items: Set<string> }) => {
      if (!deletes(visit)) return undefined;
      visit.items.clear();
      return { status: 202 };
    },
    'effect-untouched',
    'item-2 is gone, and nothing here may delete it',
  ],
  [
    'stays in the list',
    '/effect/leaves-the-list',
    (visit: { method: string; url: string; number: number }) =>
      visit.url === '/items' ? { status: 200, body: { items: [{ id: 'item-1' }, { id: 'item-2' }] } } : undefined,
    'effect-gone',
    'item-1 is still there 200 ms after its deletion was accepted',
  ],
] as const)('what %s is found out', async ([, end, lie, check, message]) => {
  const { verdict } = await verdictOf(end, { lie });
  expect(findingsOf(verdict).map((finding) => [finding.check, finding.message])).toEqual([[check, message]]);
  const [finding] = findingsOf(verdict);
  expect(verdict.exchanges[finding?.exchange ?? -1]?.step).toBe(finding?.step);
});

it.for([
  ['one', '/effect/goes', { list: observers.list }],
  ['list', '/effect/leaves-the-list', { one: observers.one }],
] as const)('without the observer "%s" a case that needs it is a skip', async ([through, end, some]) => {
  const own = suiteOf({ observers: some });
  const { verdict } = await verdictOf(end, { suite: own });
  expect(summary(verdict)).toBe(`skip: ${own.file} has no observer "${through}"`);
});

it('where nobody sees whether it went, nothing is sent that rests on it', async () => {
  const { verdict, shop } = await verdictOf('/effect/second-delete-after-it-went', {
    lie: ({ method }) => (method === 'GET' ? { status: 405 } : undefined),
  });
  expect(verdict.status).toBe('skip');
  expect(shop.visits.filter(deletes)).toHaveLength(1);
});

it('what must be answered in the end is asked for until the time is up', async () => {
  const asked = async (goneWithinMs: number, until: number): Promise<string> => {
    let times = 0;
    const { verdict } = await verdictOf('/effect/second-delete-in-the-end', {
      suite: suiteOf({ observers: { ...observers, goneWithinMs } }),
      lie: (visit) => (deletes(visit) && ++times < until ? { status: 202 } : undefined),
    });
    return summary(verdict);
  };
  expect(await asked(30_000, 4)).toBe('pass');
  expect(await asked(100, Infinity)).toBe('fail: status');
});

it('an observer that does not see what was arranged shows nothing by not seeing it afterwards', async () => {
  const { verdict, shop } = await verdictOf('/effect/goes', {
    lie: ({ method }) => (method === 'GET' ? { status: 404 } : undefined),
  });
  const why =
    'the resource was not visible before the request, so its deletion cannot be checked: GET /items/{item_id} answered 404';
  expect(summary(verdict)).toBe(`skip: ${why}`);
  expect(shop.visits.some(deletes)).toBe(true);
  expect(verdict.exchanges[0]?.step).toBe('before: GET /items/{item_id}');
});

it('an observer that gives no clear answer afterwards is an error, not a violation', async () => {
  const { verdict } = await verdictOf('/effect/locked-stays', {
    lie: ({ method, number }) => (method === 'GET' && number > 0 ? { status: 418 } : undefined),
  });
  expect(verdict).toMatchObject({ status: 'error', error: { code: 'E_OBSERVER' } });
  expect(summary(verdict)).toMatch(
    /^error: the observer gave no clear answer: GET \/items\/\{item_id\}: answered 418$/,
  );
});

it('an observer that fails from the deletion on, for as long as it may take, shows what the deletion broke', async () => {
  const { verdict } = await verdictOf('/effect/goes', {
    suite: suiteOf({ observers: { ...observers, goneWithinMs: 100 } }),
    lie: ({ method, items }) => (method === 'GET' && !items.has('item-1') ? { status: 500 } : undefined),
  });
  expect(summary(verdict)).toBe('fail: effect-gone');
  expect(verdict).toMatchObject({
    findings: [{ message: 'item-1 cannot be read any more, 100 ms after its deletion was accepted' }],
  });
});

it.for([
  ['before', 0],
  ['afterwards', 1],
] as const)('an observer that is throttled %s is a throttled run', async ([, from]) => {
  const { verdict } = await verdictOf('/effect/locked-stays', {
    lie: ({ method, number }) => (method === 'GET' && number >= from ? { status: 429 } : undefined),
  });
  expect(verdict).toMatchObject({ status: 'error', error: { code: 'E_TARGET_THROTTLED' } });
});

it('a throttled request is an error, and says what to do', async () => {
  const { verdict } = await verdictOf('/202/no-content', { lie: () => ({ status: 429 }) });
  expect(verdict).toMatchObject({
    status: 'error',
    error: { code: 'E_TARGET_THROTTLED', hint: 'Ask more slowly: --rate N (requests a second), --concurrency 1.' },
  });
});

it('a target that is not there is an error', async () => {
  const shop = await openShop();
  const target = await shopTarget(shop.origin);
  await shop.close();
  const ends = ['/202/no-content', '/effect/goes', '/effect/two-deletes-together', '/identity/generated'];
  const context = { target, suite, checks: [], seed: 1 };
  const verdicts = await Promise.all(ends.map((end) => runCase(caseOf(end), context, { freshId: String })));
  for (const verdict of verdicts)
    expect(verdict, verdict.case.id).toMatchObject({ status: 'error', error: { code: 'E_TARGET_UNREACHABLE' } });
});

it('of two requests at once, one must get the promised status', async () => {
  const { verdict } = await verdictOf('/effect/two-deletes-together', {
    lie: (visit) => (deletes(visit) ? { status: 404, body: { error: `no ${visit.url}` } } : undefined),
  });
  expect(findingsOf(verdict)).toMatchObject([
    { check: 'effect-together', expected: '202 at least once', actual: '404 and 404' },
  ]);
});

it('a status key that is a range is met by any status in it', async () => {
  const { verdict } = await verdictOf('/effect/two-deletes-together', {
    change: (one) => ({
      ...one,
      steps: one.steps.map((step) => (step.kind === 'together' ? { ...step, atLeastOne: '2XX' } : step)),
    }),
  });
  expect(summary(verdict)).toBe('pass');
});

it('generated ids are shrunk to the smallest that is answered otherwise', async () => {
  const { verdict } = await verdictOf('/identity/generated', {
    lie: ({ url }) => (/[A-Z]/.test(decodeURIComponent(url)) ? { status: 500 } : undefined),
    change: (one) => ({
      ...one,
      steps: one.steps.map((step) => (step.kind === 'property' ? { ...step, runs: 60 } : step)),
    }),
  });
  const [finding] = findingsOf(verdict);
  expect(finding?.hint).toMatch(/^Generated id "A", the smallest after \d+ shrinks; --seed 1 generates it again\.$/);
  expect(verdict.exchanges).toHaveLength(1);
  expect(verdict.exchanges[0]?.exchange.request.url).toMatch(/\/items\/A[0-9a-f-]{36}$/);
  expect(finding?.exchange).toBe(0);
});

it('a counter-example is reported even if the server breaks down over a smaller one', async () => {
  let failures = 0;
  const { verdict } = await verdictOf('/identity/generated', {
    lie: () => {
      failures += 1;
      return failures > 2 ? { status: 429 } : failures > 1 ? { status: 500 } : undefined;
    },
  });
  expect(summary(verdict)).toMatch(/^fail: status/);
});

it('a probe that is advice as a whole never fails', async () => {
  const probes = { effect: { severity: 'advice' }, auth: { severity: 'advice' } };
  const own = suiteOf({ observers, probes });
  const stays = await verdictOf('/effect/goes', {
    suite: own,
    lie: (visit) => (deletes(visit) ? { status: 202 } : undefined),
  });
  expect(summary(stays.verdict)).toBe('pass');
  expect(stays.verdict.advice.map(({ check, severity }) => [check, severity])).toEqual([['effect-gone', 'advice']]);
  const wrong = await verdictOf('/auth/no-key', { suite: own, lie: () => ({ status: 418 }) });
  expect(summary(wrong.verdict)).toBe('pass');
  expect(wrong.verdict.advice.map(({ check }) => check)).toContain('status');
});

function findingsOf(verdict: Verdict): readonly Finding[] {
  return verdict.status === 'fail' ? verdict.findings : [];
}
