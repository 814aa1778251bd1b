import { expect, test } from 'vitest';
import { arranged, provoke } from '../../../testing/provoke-state.ts';
import { harnessErrorOf } from '../../../testing/harness-error.ts';
import { type Fault, openStaging, type Staging } from '../../../testing/servers/staging.ts';

const deletable = 'a backup that can be deleted';
const locked = 'a backup with a pending restore job';

async function expectClean(staging: Staging): Promise<void> {
  expect(await staging.others()).toEqual([]);
  expect(await staging.hasNeighbour()).toBe(true);
  expect(staging.ledgerFiles()).toEqual([]);
}

test('makes one index and what each case needs on it, and leaves nothing', async () => {
  const staging = await openStaging({ provisionMs: 80, asyncDeleteMs: 80 });
  const waits: string[] = [];
  const target = await staging.open({ onWaiting: (what) => waits.push(what) });
  const statuses = await Promise.all([
    provoke(target, deletable, 'one'),
    provoke(target, deletable, 'two'),
    provoke(target, locked, 'three'),
    provoke(target, locked, 'four'),
    provoke(target, 'no such backup', 'five'),
  ]);
  expect(statuses).toEqual([202, 202, 412, 412, 404]);
  expect(staging.seen.filter((line) => line === 'POST /indexes 201').length).toBe(1);
  expect(await target.close()).toEqual([]);
  await expectClean(staging);
  expect(waits.join('\n')).toMatch(/^index pcc-[0-9a-f]{8}-i1 to be ready \(0 s\)/m);
});

test('gives a backup that a case left untouched to the next case', async () => {
  const staging = await openStaging();
  const target = await staging.open();
  const ids: (string | undefined)[] = [];
  for (const caseId of ['one', 'two', 'three']) {
    const { values, release } = await arranged(target, deletable, caseId);
    ids.push(values['backup_id']);
    await release(true);
  }
  expect(new Set(ids).size).toBe(1);
  await target.close();
  await expectClean(staging);
});

test('a server fault cannot be arranged, and says so', async () => {
  const staging = await openStaging();
  const target = await staging.open();
  expect(target.can('a server fault')).toEqual({ reason: '"a server fault" cannot be arranged on a real server' });
  expect(target.shared).toBe(true);
  await target.close();
});

test.for([1, 2, 3])('leaves nothing when a third of the calls go wrong, seed %i', async (seed) => {
  const staging = await openStaging({ flakyPercent: 33, seed, provisionMs: 30 });
  const target = await staging.open({ patience: { firstPauseMs: 5 } });
  const results = await Promise.allSettled([
    provoke(target, deletable, 'one'),
    provoke(target, deletable, 'two'),
    provoke(target, locked, 'three'),
  ]);
  expect(results.map((result) => (result.status === 'fulfilled' ? result.value : String(result.reason)))).toEqual([
    202, 202, 412,
  ]);
  expect(await target.close()).toEqual([]);
  await expectClean(staging);
});

test('keeps to Retry-After', async () => {
  const staging = await openStaging({ rateLimit: 4 });
  const target = await staging.open({ patience: { firstPauseMs: 5 } });
  const { values } = await arranged(target, deletable, 'one');
  expect(values['backup_id']).toMatch(/^[0-9a-f-]{36}$/);
  const turnedAway = staging.seen.filter((line) => line.endsWith(' 429')).length;
  expect(turnedAway).toBeGreaterThan(0);
  // Asking again at once, every few milliseconds, would be turned away many times in a second.
  expect(turnedAway).toBeLessThan(4);
  expect(await target.close()).toEqual([]);
  await expectClean(staging);
});

test('two runs at a time do not disturb each other', async () => {
  const staging = await openStaging({ provisionMs: 20 });
  const [one, two] = await Promise.all([staging.open(), staging.open()]);
  await Promise.all([provoke(one, deletable, 'a'), provoke(two, deletable, 'a'), provoke(two, locked, 'b')]);
  expect(await one.close()).toEqual([]);
  expect(await provoke(two, deletable, 'c')).toBe(202);
  expect(await two.close()).toEqual([]);
  await expectClean(staging);
});

test('closing in the middle of arranging leaves nothing', async () => {
  const staging = await openStaging({ provisionMs: 10_000 });
  const target = await staging.open();
  const arranging = harnessErrorOf(target.arrange(deletable, { consumes: true, caseId: 'one' }));
  await expect.poll(() => staging.seen.includes('POST /indexes 201'), { timeout: 60_000 }).toBe(true);
  expect(await target.close()).toEqual([]);
  expect((await arranging).code).toBe('E_INTERRUPTED');
  await expectClean(staging);
});

test('a half-arranged state is trouble of the target, and is cleaned up', async () => {
  const staging = await openStaging(
    {},
    { before: (method, path) => (method === 'POST' && path.endsWith('/backups') ? { status: 403 } : undefined) },
  );
  const target = await staging.open();
  const error = await harnessErrorOf(target.arrange(deletable, { consumes: true, caseId: 'one' }));
  expect([error.code, error.kind]).toEqual(['E_ARRANGE', 'target']);
  expect(error.message).toMatch(
    /^POST \/indexes\/pcc-[0-9a-f]+-i1\/backups answered 403; arranging a state needs 201$/,
  );
  expect(await target.close()).toEqual([]);
  await expectClean(staging);
});

test('a wrong key is trouble of the target', async () => {
  const staging = await openStaging();
  const target = await staging.open({ key: 'pcsk_another_key_of_nobody' });
  const error = await harnessErrorOf(target.arrange(deletable, { consumes: true, caseId: 'one' }));
  expect([error.code, error.kind]).toEqual(['E_ARRANGE', 'target']);
  expect(error.message).toContain('401');
  expect(await target.close()).toEqual([]);
  await expectClean(staging);
});

test('what cannot be deleted is listed, stays in the ledger, and turns the run red', async () => {
  const staging = await openStaging(
    {},
    { before: (method, path) => (method === 'DELETE' && path.startsWith('/indexes/') ? { status: 403 } : undefined) },
  );
  const target = await staging.open({ patience: { cleaningMs: 300 } });
  expect(await provoke(target, deletable, 'one')).toBe(202);
  expect(await target.close()).toEqual([
    expect.stringMatching(
      /^index pcc-(\w{8})-i1: DELETE \/indexes\/pcc-\1-i1 answers 403; delete it with `pinecone-contract sweep --target http:\/\/127\.0\.0\.1:\d+ --run \1`$/,
    ),
  ]);
  expect(staging.ledgerFiles().length).toBe(1);
});

/** A double whose list of all backups names page after page. */
function listing(next: (page: number) => string): { readonly fault: Fault; readonly pages: () => number } {
  let page = 0;
  const headers = { 'content-type': 'application/json' };
  const fault: Fault = {
    before: (method, path) =>
      method === 'GET' && path.startsWith('/backups?')
        ? { status: 200, headers, body: JSON.stringify({ data: [], pagination: { next: next((page += 1)) } }) }
        : undefined,
  };
  return { fault, pages: () => page };
}

test.for([
  ['that names a new page for ever', (page: number) => `page-${page}`, 500],
  ['that goes round in a circle', (page: number) => `page-${page % 3}`, 4],
] as const)('a list %s is given up', { timeout: 60_000 }, async ([, next, most]) => {
  const { fault, pages } = listing(next);
  const staging = await openStaging({}, fault);
  const target = await staging.open();
  const error = await harnessErrorOf(target.arrange(deletable, { consumes: true, caseId: 'one' }));
  expect([error.code, error.kind]).toEqual(['E_LIST_ENDLESS', 'target']);
  expect(pages()).toBeLessThanOrEqual(most);
  expect(await target.close()).toEqual([]);
  await expectClean(staging);
});

test('a control plane that asks for long waits is asked no more than the time for them allows, nor in every case', async () => {
  let posts = 0;
  const staging = await openStaging(
    {},
    {
      before(method, path) {
        if (method !== 'POST' || path !== '/indexes') return undefined;
        posts += 1;
        return { status: 503, headers: { 'retry-after': '20' } };
      },
    },
  );
  const target = await staging.open({ patience: { retryWaitMs: 1000, graceMs: 0 } });
  for (let time = 0; time < 6; time += 1) {
    const error = await harnessErrorOf(target.arrange(deletable, { consumes: true, caseId: `case ${time}` }));
    expect(error.code).toBe('E_ARRANGE');
  }
  expect(posts).toBe(3);
  expect(await target.close()).toEqual([]);
  await expectClean(staging);
});

test('a call that gets no answer ends with the run', async () => {
  const staging = await openStaging({ latencyMs: 600_000 });
  const stop = new AbortController();
  const target = await staging.open({ signal: stop.signal, rate: 0.01 });
  const arranging = harnessErrorOf(target.arrange(deletable, { consumes: true, caseId: 'one' }));
  const queued = harnessErrorOf(target.arrange(locked, { consumes: true, caseId: 'two' }));
  setTimeout(() => stop.abort(), 20);
  expect([(await arranging).code, (await queued).code]).toEqual(['E_INTERRUPTED', 'E_INTERRUPTED']);
  await target.close();
});
