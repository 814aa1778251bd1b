import { resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { packageFile } from '../../../harness/core/package-files.ts';
import { cli } from '../../../harness/testing/cli.ts';
import { newKey } from '../proof.ts';
import { startLibrary } from './server.ts';

const spec = resolve(packageFile('suites', 'self-proof', 'documents', 'library.oas.yaml'));

test('a server that knows nothing of this project is run against without a false alarm', async () => {
  const token = newKey('');
  const library = await startLibrary(token);
  onTestFinished(() => library.close());
  const { exit, stdout, stderr } = await cli.run(
    ['run', '--all', '--spec', spec, '--target', library.origin, '--allow-create'],
    {
      env: { PINECONE_API_KEY: token },
    },
  );
  expect(stdout + stderr).not.toContain(token);
  expect(stdout, stderr).toMatch(/14 operations: 43 of 43 declared responses proved/);
  expect(stdout).toMatch(/ passed, 0 failed, 0 errors/);
  expect(exit, stdout).toBe(0);
});
