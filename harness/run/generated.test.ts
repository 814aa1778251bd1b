import { expect, it } from 'vitest';
import { smallestCounterExample } from './generated.ts';

it.for([1, 2, 3, 4])('an id that is too long costs a hundred requests, not thousands (seed %i)', async (seed) => {
  let trials = 0;
  const { counterExample = '' } = await smallestCounterExample({
    runs: 12,
    seed,
    trial: (id) => {
      trials += 1;
      return Promise.resolve(id.length > 64);
    },
    fails: (tooLong) => tooLong,
  });
  expect(trials).toBeLessThanOrEqual(12 + 100);
  expect(counterExample.length).toBeGreaterThan(64);
});
