import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

/** What takes minutes: `npm run test:full` runs it, and `npm test` does not. */
const long = [
  'harness/**/*.browser.test.ts',
  'harness/{actions,canary,cli-run,everyday,frameworks,links,put-creates,streams,tarball}.test.ts',
  'harness/checks/{fuzz,linear}.test.ts',
  'harness/commands/completion/shells.test.ts',
  'harness/commands/help/examples.test.ts',
  'harness/commands/{annotations,api-version,init-suite,interrupt,paths,reporting,resume}.test.ts',
  'harness/commands/{run-all-deadline,shard-all,sweep,unreachable}.test.ts',
  'harness/run/throttling.test.ts',
  'harness/targets/states/pinecone/{states,untrusted-servers}.test.ts',
  'suites/attack/*.test.ts',
  'suites/public/*.test.ts',
  'suites/sdks/*.test.ts',
  'suites/self-proof/self-proof.test.ts',
  'suites/self-proof/create/create.test.ts',
  'suites/self-proof/drivers/*.test.ts',
  'suites/self-proof/tampered/*.test.ts',
];

export default defineConfig({
  test: {
    globalSetup: ['.ci/test-setup.mjs'],
    reporters: ['default', ['junit', { suiteName: 'pinecone-contract' }]],
    outputFile: { junit: 'reports/vitest.junit.xml' },
    // A test that hangs is to be seen; a slow machine is not to be punished.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    maxConcurrency: 16,
    // Tests wait for sockets and child processes for a good part of their time.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    // Files that share a process share what a test replaces, unless it is put back.
    restoreMocks: true,
    unstubEnvs: true,
    projects: [
      {
        extends: true,
        // A process and its modules serve many files: to start one for each took a third of all the time.
        test: {
          name: 'short',
          include: ['harness/**/*.test.ts', 'suites/**/*.test.ts'],
          exclude: long,
          isolate: false,
        },
      },
      { extends: true, test: { name: 'long', include: long } },
    ],
  },
});
