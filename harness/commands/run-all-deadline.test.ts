import { expect, test } from 'vitest';
import { cli, serve } from '../testing/cli.ts';
import { folderOf, head } from '../testing/documents/document-folder.ts';

const operation = (name: string): string =>
  `  /${name}: { get: { operationId: ${name}, responses: { '200': { description: x } } } }\n`;
const document = `${head()}paths:\n${['one', 'two', 'three', 'four'].map(operation).join('')}`;

test('--deadline counts for all operations together, and what had no turn is named', async () => {
  const cwd = folderOf({ 'api.yaml': document });
  // It never answers.
  const target = await serve(() => undefined);
  const args = ['run', '--all', '--spec', 'api.yaml', '--target', target, '--deadline', '3', '--timeout', '60000'];
  const ended = await cli.run(args, { cwd, env: { PINECONE_API_KEY: 'key_8Vt1Zr9Xb3Yp6Ns4' } });
  expect(ended.exit).toBe(3);
  expect(ended.stdout).toContain('two: not run: the deadline of the run, 3 s, passed before its turn');
  expect(ended.stdout).toContain('four: not run');
  expect(ended.stdout).toContain('3 not tested');
});

test('--deadline counts for all API versions together', async () => {
  const target = await serve(() => undefined);
  const args = ['run', '--api', 'all', '--case', '401', '--target', target, '--deadline', '3', '--timeout', '60000'];
  const ended = await cli.run(args, { env: { PINECONE_API_KEY: 'key_8Vt1Zr9Xb3Yp6Ns4' } });
  expect(ended.exit).toBe(3);
  expect(ended.stdout.replace(/\s+/g, ' ')).toContain('API 2026-07: exit 3, not judged: the deadline of the run, 3 s');
});

test.for(['0.98765432', '2147483647'])('--deadline %s is a deadline', async (seconds) => {
  const ended = await cli.run(['run', '--case', '404', '--deadline', seconds]);
  expect([ended.exit, ended.stderr]).toEqual([0, '']);
});
