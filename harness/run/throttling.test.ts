import { describe, expect, it, onTestFinished } from 'vitest';
import { casesOf } from '../cases/cases.ts';
import { checks } from '../checks/index.ts';
import type { Case } from '../model/case.ts';
import type { Target } from '../model/target.ts';
import type { Verdict } from '../model/verdict.ts';
import { settleThrottled } from '../results/throttled.ts';
import { liveTarget } from '../targets/live/live.ts';
import type { Timeouts } from '../targets/live/timeouts.ts';
import { statesFileOf } from '../testing/servers/states-file.ts';
import { key, type Lie, openShop, operation, type Shop, suite, type Visit } from '../testing/servers/shop-server.ts';
import { summary } from '../testing/verdicts.ts';
import { run } from './run.ts';

const all = casesOf(operation, suite);
const quick: Timeouts = { firstPauseMs: 20, refusedMs: 300 };

interface Outcome {
  readonly verdicts: readonly Verdict[];
  readonly shop: Shop;
  readonly target: Target;
}

async function runOn(
  lie: (visit: Visit) => Lie | undefined,
  options: { readonly cases?: readonly Case[]; readonly states?: string; readonly signal?: AbortSignal } = {},
): Promise<Outcome> {
  const shop = await openShop(lie);
  const target = await liveTarget({
    url: shop.origin,
    key,
    operation,
    states: statesFileOf(options.states ?? "an item: { item_id: 'item-{n}' }"),
    patience: quick,
  });
  onTestFinished(async () => {
    await target.close();
  });
  const { cases = all, signal } = options;
  const how = { target, suite, checks, seed: 1, cases, concurrency: 4, ...(signal === undefined ? {} : { signal }) };
  const verdicts: Verdict[] = [];
  for await (const verdict of run(how)) verdicts.push(verdict);
  return { verdicts: settleThrottled(verdicts), shop, target };
}

/** After so many requests the next one is refused; from then on, those beyond so many a second are. */
function limit(first: number, perSecond: number, refusal: Lie): (visit: Visit) => Lie | undefined {
  let left = first;
  let filled: number | undefined;
  return () => {
    const now = performance.now();
    if (filled !== undefined) {
      left = Math.min(perSecond, left + ((now - filled) / 1000) * perSecond);
      filled = now;
    }
    if (left >= 1) {
      left -= 1;
      return undefined;
    }
    filled ??= now;
    return refusal;
  };
}

const redOnes = (verdicts: readonly Verdict[]): readonly string[] =>
  verdicts.filter(({ status }) => status !== 'pass').map((verdict) => `${verdict.case.id}: ${summary(verdict)}`);

describe('a server that has too much is asked more slowly', () => {
  it.for([
    ['429 without Retry-After', { status: 429 }],
    ['429 with Retry-After', { status: 429, headers: { 'retry-after': '1' } }],
    ['503 with Retry-After', { status: 503, headers: { 'retry-after': '1' } }],
  ] as const)('and every case is judged: %s', async ([, refusal]) => {
    const { verdicts: free } = await runOn(() => undefined);
    const { verdicts, target } = await runOn(limit(100, 200, refusal));
    expect(redOnes(verdicts)).toEqual(redOnes(free));
    expect(verdicts).toHaveLength(all.length);
    const throttled = target.pace?.throttled();
    expect(throttled?.refused).toBeGreaterThanOrEqual(1);
    expect(throttled?.waitedMs).toBeGreaterThan(0);
    expect(throttled?.slowest).toBeLessThan(200);
  });

  it('and no DELETE that was refused is sent again for the same resource', async () => {
    const refused = new Set<string>();
    const lie = limit(60, 200, { status: 429 });
    const again: string[] = [];
    const cases = all.filter(({ id }) => !id.includes('together'));
    const { target } = await runOn(
      (visit) => {
        const answer = lie(visit);
        if (visit.method !== 'DELETE' || !/\/item-\d+$/.test(visit.url)) return answer;
        if (refused.has(visit.url)) again.push(visit.url);
        if (answer !== undefined) refused.add(visit.url);
        return answer;
      },
      { cases },
    );
    expect(target.pace?.throttled()).toBeDefined();
    expect(again).toEqual([]);
  });

  it('and without refusals nothing is said', async () => {
    const { target } = await runOn(() => undefined, { cases: all.slice(0, 5) });
    expect(target.pace?.throttled()).toBeUndefined();
  });
});

describe('a server that stays throttled', () => {
  it('gives no verdict, and is soon left alone', async () => {
    const { verdicts, shop } = await runOn(() => ({ status: 429 }));
    expect(verdicts).toHaveLength(all.length);
    const errors = verdicts.map((verdict) => (verdict.status === 'error' ? verdict.error : undefined));
    expect(errors.filter((error) => error?.code !== 'E_TARGET_THROTTLED')).toEqual([]);
    expect(errors.map((error) => error?.message).join('\n')).toMatch(
      /not tried: .* it has refused every request for \d/,
    );
    expect(shop.visits.length).toBeLessThan(all.length);
  });

  it('is not waited for when it asks for an hour', async () => {
    const lie = { status: 429, headers: { 'retry-after': '3600' } };
    const { verdicts } = await runOn(() => lie);
    expect(redOnes(verdicts).join('\n')).toContain('it asks for a pause of 3600 s');
  });

  it('does not outlast the signal of the run', async () => {
    const ending = new AbortController();
    const lie = { status: 429, headers: { 'retry-after': '50' } };
    const began = performance.now();
    const { verdicts } = await runOn(
      () => {
        ending.abort();
        return lie;
      },
      { signal: ending.signal },
    );
    expect(performance.now() - began).toBeLessThan(40_000);
    expect(verdicts.filter(({ status }) => status === 'pass')).toEqual([]);
  });
});

describe('a refusal that is none of the pace', () => {
  it('is a violation where 429 always comes instead of one declared response', async () => {
    const cases = all.filter(({ kind, id }) => kind === 'declared' || id.includes('/auth/'));
    const { verdicts, target } = await runOn(
      ({ method, url, headers }) =>
        method === 'DELETE' && headers['api-key'] === key && !/item-|used-/.test(url) ? { status: 429 } : undefined,
      { cases },
    );
    const unknown = verdicts.find(({ case: { response } }) => response?.key === '404');
    expect(unknown && summary(unknown)).toBe('fail: status');
    expect(target.pace?.throttled()).toBeUndefined();
  });

  it('is judged as 503 in the end', async () => {
    const cases = all.filter(({ kind, id }) => kind === 'declared' || id.includes('/auth/'));
    const { verdicts } = await runOn(
      ({ method, url, headers }) =>
        method === 'DELETE' && headers['api-key'] === key && url.includes('used-')
          ? { status: 503, headers: { 'retry-after': '0' }, body: { error: 'no' } }
          : undefined,
      { cases },
    );
    const used = verdicts.find(({ case: { response } }) => response?.key === '409');
    expect(used && summary(used)).toMatch(/^fail: status/);
  });
});

it('a case that was refused and finds no state any more is not known, and no skip', async () => {
  const cases = all.filter(({ response }) => response?.key === '202' || response?.key === '404');
  let refused = false;
  const { verdicts } = await runOn(
    ({ method, url }) => {
      if (method !== 'DELETE' || !url.endsWith('/item-7') || refused) return undefined;
      refused = true;
      return { status: 429 };
    },
    { cases, states: 'an item: { item_id: item-7 }' },
  );
  const deleted = verdicts.find(({ case: { response } }) => response?.key === '202');
  expect(deleted && summary(deleted)).toMatch(/^error: .* was throttled \(429\)/);
});
