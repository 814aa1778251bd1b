import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['harness/**/*.test.ts', 'suites/**/*.test.ts'],
    globalSetup: ['.ci/test-setup.mjs'],
    reporters: ['default', ['junit', { suiteName: 'pinecone-contract' }]],
    outputFile: { junit: 'reports/vitest.junit.xml' },
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
