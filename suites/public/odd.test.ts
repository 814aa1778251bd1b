import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli } from '../../harness/testing/cli.ts';
import { folderOf } from '../../harness/testing/documents/document-folder.ts';
import { declaredOddly } from './declared-oddly.ts';
import { oddDocuments } from './odd-documents.ts';

test.for(Object.entries({ ...oddDocuments, ...declaredOddly }))(
  'run --all on the mock of a document with %s finds nothing wrong with the mock',
  async ([, { text, said = / passed/ }]) => {
    const file = join(folderOf({ 'openapi.yaml': text }), 'openapi.yaml');
    const { exit, stdout, stderr } = await cli.run(['run', '--all', '--verbose', '--spec', file]);
    expect(stdout, stderr).toMatch(/ passed, 0 failed, 0 errors/);
    expect(stdout).toMatch(said);
    expect([0, 4], stdout).toContain(exit);
  },
);
