import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { emptyFolder } from '../testing/cli.ts';
import { compiledCli } from '../testing/compiled.ts';

test.skipIf(process.platform === 'win32')('the command line works where its folder was deleted', async () => {
  const folder = join(emptyFolder(), 'gone');
  const line = 'mkdir "$0" && cd "$0" && rmdir "$0" && exec "$1" "$2" --version';
  const { stdout, stderr } = await promisify(execFile)('sh', ['-c', line, folder, process.execPath, compiledCli]);
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  expect(stderr).toBe('');
});
