import { afterAll, describe, expect, test } from 'vitest';
import { faults } from './faults/all.ts';
import { conforming, shortfalls, falseAlarms } from './trials.ts';

// Most of the time of a run is spent waiting for bytes that should not come, so many of them go on at once. Every test is
// a whole proof by itself; catalogue.test.ts says that no check and no probe is without one.
const timeout = 600_000;
const passed = { faults: 0, conforming: 0 };

describe.concurrent('a faulty server is caught by what claims it', () => {
  test.for(faults)('$name: $says', { timeout }, async (fault) => {
    expect((await shortfalls(fault)).join('\n')).toBe('');
    passed.faults += 1;
  });
});

describe.concurrent('a conforming server stays green', () => {
  test.for(conforming)('$name: $says', { timeout }, async (server) => {
    expect((await falseAlarms(server)).join('\n')).toBe('');
    passed.conforming += 1;
  });
});

afterAll(() => {
  process.stdout.write(
    `self-proof: ${passed.faults} of ${faults.length} faults caught, ` +
      `${passed.conforming} of ${conforming.length} conforming servers without a finding\n`,
  );
});
