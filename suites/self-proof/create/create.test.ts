import { afterAll, describe, expect, test } from 'vitest';
import { createFaults } from './faults/all.ts';
import { createVariations } from './legal.ts';
import { falseAlarms, shortfalls } from './trials.ts';

const timeout = 600_000;
const passed = { faults: 0, conforming: 0 };

describe.concurrent('a faulty server of create_index is caught by what claims it', () => {
  test.for(createFaults)('$name: $says', { timeout }, async (fault) => {
    expect((await shortfalls(fault)).join('\n')).toBe('');
    passed.faults += 1;
  });
});

describe.concurrent('a conforming server of create_index stays green', () => {
  test.for(createVariations)('$name: $says', { timeout }, async (variation) => {
    expect((await falseAlarms(variation)).join('\n')).toBe('');
    passed.conforming += 1;
  });
});

afterAll(() => {
  process.stdout.write(
    `self-proof of create_index: ${passed.faults} of ${createFaults.length} faults caught, ` +
      `${passed.conforming} of ${createVariations.length} conforming servers without a finding\n`,
  );
});
