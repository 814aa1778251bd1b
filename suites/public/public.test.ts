import { expect, test } from 'vitest';
import { cli } from '../../harness/testing/cli.ts';
import { publicDocuments } from './documents.ts';

/** A document may have hundreds of operations. */
const timeout = 1_800_000;

test.for(publicDocuments)(
  'run --all on the mock of $name finds nothing wrong with it',
  { timeout },
  async ({ name, file }) => {
    const { exit, stdout, stderr } = await cli.run(['run', '--all', '--spec', file]);
    const [, proved = '0', declared = '1'] = /(\d+) of (\d+) declared responses proved/.exec(stdout) ?? [];
    const share = Math.floor((100 * Number(proved)) / Number(declared));
    process.stdout.write(`${name}: ${share < 90 ? `only ${share} % proved\n` : ''}${stdout}\n`);
    expect(stdout, stderr).toMatch(/ passed, 0 failed, 0 errors/);
    expect(share).toBeGreaterThanOrEqual(90);
    // 4: a document that declares no success of POST /pet leaves nothing to try what needs a pet on.
    expect([0, 4], stdout).toContain(exit);
  },
);
