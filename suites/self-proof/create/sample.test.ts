import { describe, expect, test } from 'vitest';
import { createFaults } from './faults/all.ts';
import { createVariations } from './legal.ts';
import { falseAlarms, shortfalls } from './trials.ts';

// What `npm test` proves: one faulty server for each check that a fault names, and three that conform. create.test.ts, a part
// of `npm run test:full`, has them all.
const timeout = 600_000;
const checks = createFaults.map(({ caughtBy }) => ('check' in caughtBy ? caughtBy.check : 'unproved'));

describe.concurrent('a faulty server of create_index is caught by what claims it', () => {
  const sample = createFaults.filter((_, at) => checks.indexOf(checks[at] ?? '') === at);
  test.for(sample)('$name: $says', { timeout }, async (fault) => {
    expect((await shortfalls(fault)).join('\n')).toBe('');
  });
});

describe.concurrent('a conforming server of create_index stays green', () => {
  test.for(createVariations.slice(0, 3))('$name: $says', { timeout }, async (variation) => {
    expect((await falseAlarms(variation)).join('\n')).toBe('');
  });
});

test('has sixty faulty servers and twenty conforming ones, each named once', () => {
  const names = [...createFaults, ...createVariations].map(({ name }) => name);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  expect(createFaults.length).toBeGreaterThanOrEqual(60);
  expect(createVariations.length).toBeGreaterThanOrEqual(20);
});

test('has a faulty server for each check of what becomes of a request to make something', () => {
  expect(['effect-created', 'effect-echo', 'effect-refused'].filter((name) => !checks.includes(name))).toEqual([]);
});
