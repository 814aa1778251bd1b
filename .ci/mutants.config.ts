import { defineConfig } from 'vitest/config';

// The tests that are asked whether they notice a mutant: those of the mutated rooms, and none that takes seconds.
// eslint-disable-next-line no-restricted-syntax -- vitest wants its configuration so
export default defineConfig({
  test: {
    include: [
      'harness/{cases,checks}/**/*.test.ts',
      'harness/run/{examine,flake,gate,held-against,honour,run-record,settle}.test.ts',
    ],
    exclude: ['harness/checks/{fuzz,linear}.test.ts'],
    reporters: ['default'],
  },
});
