import { describe, expect, test } from 'vitest';
import type { Fault } from './fault.ts';
import { faults } from './faults/all.ts';
import { probeGroups } from '../../harness/cases/suite.ts';
import { checkNames, conforming, shortfalls, falseAlarms } from './trials.ts';

// What `npm test` proves: one faulty server for each check and each group of probes, and three that conform.
// self-proof.test.ts, a part of `npm run test:full`, has them all.
const timeout = 600_000;

describe.concurrent('a faulty server is caught by what claims it', () => {
  test.for(sample())('$name: $says', { timeout }, async (fault) => {
    expect((await shortfalls(fault)).join('\n')).toBe('');
  });
});

describe.concurrent('a conforming server stays green', () => {
  test.for([...conforming.slice(0, 2), ...conforming.slice(-1)])('$name: $says', { timeout }, async (server) => {
    expect((await falseAlarms(server)).join('\n')).toBe('');
  });
});

test('the sample leaves out no check and no group of probes', () => {
  const claims = sample().map(({ caughtBy }) => caughtBy);
  expect(new Set(claims.map(({ check }) => check))).toEqual(new Set(checkNames));
  expect(new Set(claims.map(groupOf))).toEqual(new Set([undefined, ...probeGroups]));
});

/** For each check and each group the first fault of the catalogue that needs no run of all cases. */
function sample(): readonly Fault[] {
  const short = faults.toSorted((one, other) => Number(one.whole ?? false) - Number(other.whole ?? false));
  const first = (is: (fault: Fault) => boolean): readonly Fault[] => short.filter(is).slice(0, 1);
  return [
    ...new Set([
      ...checkNames.flatMap((name) => first(({ caughtBy }) => caughtBy.check === name)),
      ...probeGroups.flatMap((group) => first(({ caughtBy }) => groupOf(caughtBy) === group)),
    ]),
  ];
}

function groupOf(claim: Fault['caughtBy']): string | undefined {
  return 'probe' in claim ? claim.probe.split('/')[2] : undefined;
}
