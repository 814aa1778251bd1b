import { expect, test } from 'vitest';
import { faults } from './faults/all.ts';
import { checkNames, conforming, isClaimed, probes } from './trials.ts';

test('names each faulty and each conforming server once', () => {
  const names = [...faults, ...conforming].map(({ name }) => name);
  expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
});

test('has a faulty server for each check, which must be caught by it', () => {
  const claimed = new Set(faults.map(({ caughtBy }) => caughtBy.check));
  expect(checkNames.filter((name) => !claimed.has(name))).toEqual([]);
});

test('has a faulty server for each probe, which must be caught by it', () => {
  expect(probes.filter((id) => !faults.some(({ caughtBy }) => isClaimed(caughtBy, id)))).toEqual([]);
});
