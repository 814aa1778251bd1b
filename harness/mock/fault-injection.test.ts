import { expect, it } from 'vitest';

import { ask, object, openMock, send } from '../testing/mock-client.ts';
import type { Mock } from './server.ts';
import { injectedFaults } from './fault-injection.ts';

async function outcome(mock: Mock, method: string, path: string): Promise<number | string> {
  try {
    return (await ask(mock, method, path)).status;
  } catch (thrown) {
    return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'unknown';
  }
}

async function outcomes(mock: Mock, count: number, path: string): Promise<readonly (number | string)[]> {
  const all: (number | string)[] = [];
  for (let n = 0; n < count; n += 1) all.push(await outcome(mock, 'GET', path));
  return all;
}

it('lets arrangement calls fail in the same row for the same seed', async () => {
  const options = { flakyPercent: 50, seed: 7 };
  const first = await outcomes(await openMock(options), 40, '/indexes');
  const again = await outcomes(await openMock(options), 40, '/indexes');
  const other = await outcomes(await openMock({ ...options, seed: 8 }), 40, '/indexes');
  expect(again).toEqual(first);
  expect(other).not.toEqual(first);
  expect([...new Set(first)].map(String).sort()).toEqual(['200', '500', '503', 'ECONNRESET']);
});

it('never touches the deletion of a backup', async () => {
  const mock = await openMock({ flakyPercent: 100 });
  const all = await Promise.all(Array.from({ length: 20 }, (_, n) => outcome(mock, 'DELETE', `/backups/ready-${n}`)));
  expect(new Set(all)).toEqual(new Set([202]));
  expect(await outcome(mock, 'DELETE', '/backups/pending-1')).toBe(412);
});

it('loses some answers after the call has taken effect', async () => {
  const mock = await openMock({ flakyPercent: 100, seed: 3 });
  let lost = 0;
  for (let n = 0; n < 24; n += 1) {
    const body = { name: `lost-${n}`, spec: { serverless: { cloud: 'aws', region: 'us-east-1' } } };
    await ask(mock, 'POST', '/indexes', { body }).catch(() => (lost += 1));
  }
  const made = mock.store.indexes().length;
  expect(made).toBeGreaterThan(0);
  expect(made).toBeLessThan(lost);
});

it.each([0, 5, 50, 100])('goes wrong in %d of 100 calls', (percent) => {
  const nextFault = injectedFaults(percent, 42);
  const wrong = Array.from({ length: 10_000 }, nextFault).filter((each) => each !== undefined).length;
  expect(Math.abs(wrong / 100 - percent)).toBeLessThan(1);
});

it('answers 429 with Retry-After beyond its rate, and serves again after that', async () => {
  const mock = await openMock({ rateLimit: 5 });
  const burst = await Promise.all(Array.from({ length: 8 }, (_, n) => ask(mock, 'DELETE', `/backups/ready-${n}`)));
  const throttled = burst.filter(({ status }) => status === 429);
  expect(throttled).toHaveLength(3);
  for (const answer of throttled) {
    expect(answer.headers['retry-after']).toBe('1');
    expect(object(answer)).toMatchObject({ error: { code: 'RESOURCE_EXHAUSTED' }, status: 429 });
  }
  expect(mock.store.backups()).toEqual([]);
  expect((await send(mock, 'DELETE', '/backups/ready-9')).status).toBe(401);
  await new Promise((resolve) => setTimeout(resolve, 1010));
  expect((await ask(mock, 'DELETE', '/backups/ready-9')).status).toBe(202);
});
