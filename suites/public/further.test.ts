import { expect, test } from 'vitest';
import { cli } from '../../harness/testing/cli.ts';
import { documentsIn } from './documents.ts';

const folder = process.env['PUBLIC_DOCUMENTS'] ?? '';
const documents = folder === '' ? [] : documentsIn(folder);

test.runIf(documents.length === 0)('run --all on the mock of further documents', ({ skip }) => {
  skip(folder === '', 'PUBLIC_DOCUMENTS names no folder: CONTRIBUTING.md');
  throw new Error(`there is no document in ${folder}, which PUBLIC_DOCUMENTS names`);
});

/** A document may have hundreds of operations. */
const timeout = 1_800_000;

test.for(documents)('run --all on the mock of $name finds nothing wrong with it', { timeout }, async ({ file }) => {
  const { exit, stdout, stderr } = await cli.run(['run', '--all', '--spec', file]);
  expect(stdout, stderr).toMatch(/ passed, 0 failed, 0 errors/);
  // 4: a document may contradict itself, so that not everything of it can be proved.
  expect([0, 4], stdout).toContain(exit);
});
