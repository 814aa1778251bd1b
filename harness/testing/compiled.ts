import { join } from 'node:path';
import { packageRoot } from '../core/package-files.ts';

/** The compiled command line. The test setup (.ci/test-setup.mjs) compiles the sources once for all tests of a run. */
export const compiledCli = join(packageRoot, '.cache', 'harness', 'cli.js');
