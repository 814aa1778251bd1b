import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { beforeAll, expect, test } from 'vitest';
import { compiledCli } from '../testing/compiled.ts';
import { packageFile } from '../core/package-files.ts';
import type { OasDocument } from '../model/document.ts';
import { readDocument } from '../openapi/document/document.ts';
import { key } from '../testing/mock-client.ts';
import { openMockThread } from './thread.ts';

let document: OasDocument;
let openCompiled: typeof openMockThread;

beforeAll(async () => {
  document = await readDocument(packageFile('specs', 'db_control_2025-04.oas.yaml'));
  const file = join(dirname(compiledCli), 'mock', 'thread.js');
  const loaded = (await import(pathToFileURL(file).href)) as { readonly openMockThread: typeof openMockThread };
  ({ openMockThread: openCompiled } = loaded);
});

const erase = (origin: string, id: string): Promise<Response> =>
  fetch(`${origin}/backups/${id}`, { method: 'DELETE', headers: { 'Api-Key': key } });

test.for([
  ['from the sources', () => openMockThread],
  ['compiled', () => openCompiled],
] as const)('%s, it answers as the mock does, until it is closed', async ([, opener]) => {
  const mock = await opener()()({ document, key });
  const answers = await Promise.all(['ready-1', 'absent', 'pending-1', 'boom-1'].map((id) => erase(mock.origin, id)));
  expect(answers.map(({ status }) => status)).toEqual([202, 404, 412, 500]);
  await expect(answers[1]?.json()).resolves.toMatchObject({ status: 404, error: { code: 'NOT_FOUND' } });
  await mock.close();
  await expect(erase(mock.origin, 'ready-2')).rejects.toThrow();
});

test('compiled, a start that fails says so', async () => {
  await expect(openCompiled()({ document, key: '' })).rejects.toThrow('The mock needs a key that is not empty');
});
