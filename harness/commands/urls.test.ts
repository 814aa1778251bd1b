import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli } from '../testing/cli.ts';
import { folderOf, head, siteOf } from '../testing/documents/document-folder.ts';

const password = 'hunter2-of-nobody';
const spec = `${head()}paths:
  /a: { get: { operationId: read, responses: { '200': { description: x } } } }
`;

test.for([
  ['run', '--target', `ftp://me:${password}@127.0.0.1:9`],
  ['run', '--target', `http:/me:${password}@127.0.0.1:9`],
  ['run', '--target', `http://me:${password}@127.0.0.1:99999`],
  ['run', '--spec', `http://me:${password}@127.0.0.1:9/spec.yaml`],
  ['run', '--target', 'http://127.0.0.1:9', '--states', `http://me:${password}@127.0.0.1:9/states`],
  ['run', '--waivers', `http://me:${password}@127.0.0.1:9/waivers.yaml`],
  ['sweep', '--target', `ftp://me:${password}@127.0.0.1:9`],
  ['doctor', '--target', `http://me:${password}@127.0.0.1:9`],
  ['cases', '--spec', `http://127.0.0.1:9/spec.yaml?token=${password}`],
])('no password of a URL is written: %s', async (args) => {
  const ended = await cli.run(args, { env: { PINECONE_API_KEY: 'key_8Vt1Zr9Xb3Yp6Ns4' } });
  expect(ended.exit).not.toBe(0);
  expect(ended.stdout + ended.stderr).not.toContain(password);
  expect(ended.stderr).toMatch(/^error: /m);
});

test('the secrets in the URL of a document are used, and are in no report', async () => {
  const { origin, asked } = await siteOf({ [`/spec.yaml?ref=main&token=${password}`]: spec });
  const cwd = folderOf({ 'broken.yaml': 'x' });
  const ended = await cli.run(['run', 'read', '--spec', `${origin}/spec.yaml?ref=main&token=${password}`], { cwd });
  expect(ended.exit).toBe(0);
  expect(asked).toEqual([`/spec.yaml?ref=main&token=${password}`]);
  expect(ended.stdout).toContain(`${origin}/spec.yaml?ref=main&token=…`);
  const reports = join(cwd, 'reports');
  const written = readdirSync(reports).map((name) => readFileSync(join(reports, name), 'utf8'));
  expect(written.length).toBeGreaterThan(3);
  expect(written.join() + ended.stdout + ended.stderr).not.toContain(password);
});
