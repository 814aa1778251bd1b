import { expect, test } from 'vitest';
import { cli } from '../../harness/testing/cli.ts';
import { featureDocuments } from './documents.ts';

test.for(featureDocuments)('run --all on the mock of $name finds nothing wrong with it', async ({ file }) => {
  const { exit, stdout, stderr } = await cli.run(['run', '--all', '--spec', file]);
  expect(stdout, stderr).toMatch(/ passed, 0 failed, 0 errors/);
  // 4: such a document may contradict itself, so that nothing can be proved of a response.
  expect([0, 4], stdout).toContain(exit);
});
