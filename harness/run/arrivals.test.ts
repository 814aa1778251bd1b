import { expect, test } from 'vitest';
import { arrivals, workQueue } from './arrivals.ts';

const never = new Promise<undefined>(() => undefined);

async function all<T>(results: AsyncIterable<T>): Promise<readonly T[]> {
  const found: T[] = [];
  for await (const each of results) found.push(each);
  return found;
}

test('works on as many items at a time as it may, and on all of them', async () => {
  let running = 0;
  let most = 0;
  const work = async (item: number): Promise<number> => {
    most = Math.max(most, ++running);
    await new Promise((resolve) => setImmediate(resolve));
    running -= 1;
    return item * 2;
  };
  const items = Array.from({ length: 50 }, (_, at) => at);
  const results = await all(arrivals(workQueue(items), { concurrency: 4, work, stopped: never }));
  expect([...results].sort((a, b) => a - b)).toEqual(items.map((item) => item * 2));
  expect(most).toBe(4);
});

test('yields in the order in which the results come', async () => {
  const ready = new Map<string, () => void>();
  const work = (item: string): Promise<string> => new Promise((resolve) => ready.set(item, () => resolve(item)));
  const results = arrivals(workQueue(['slow', 'fast']), { concurrency: 2, work, stopped: never });
  const first = results.next();
  ready.get('fast')?.();
  expect((await first).value).toBe('fast');
  ready.get('slow')?.();
  expect((await results.next()).value).toBe('slow');
  expect((await results.next()).done).toBe(true);
});

test('ends when it is stopped, whatever is still missing', async () => {
  const work = (): Promise<never> => new Promise(() => undefined);
  expect(await all(arrivals(workQueue([1]), { concurrency: 1, work, stopped: Promise.resolve(undefined) }))).toEqual(
    [],
  );
});

test('does not work ahead of a consumer that takes nothing', async () => {
  let started = 0;
  const work = (item: number): Promise<number> => {
    started += 1;
    return Promise.resolve(item);
  };
  const items = Array.from({ length: 1000 }, (_, at) => at);
  const results = arrivals(workQueue(items), { concurrency: 2, work, stopped: never });
  await results.next();
  await new Promise((resolve) => setImmediate(resolve));
  expect(started).toBeLessThan(20);
  expect(await all(results)).toHaveLength(999);
});

test('throws what the work throws', async () => {
  const work = (): Promise<never> => Promise.reject(new Error('broken'));
  await expect(all(arrivals(workQueue([1, 2]), { concurrency: 1, work, stopped: never }))).rejects.toThrow('broken');
});
