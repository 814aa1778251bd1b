import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { packageFile } from '../core/package-files.ts';
import { cli } from '../testing/cli.ts';
import { folderOf, head, refusal } from '../testing/documents/document-folder.ts';
import { indexDocument } from '../testing/servers/index-server.ts';
import { explainCommand } from './explain.ts';

const explain = async (id: string, schema = '{ type: string }'): Promise<string> => {
  const folder = folderOf({
    'api.yaml': `${head()}paths:
  /things/{thing_id}:
    get:
      operationId: get_thing
      parameters: [{ name: thing_id, in: path, required: true, schema: ${schema} }]
      responses: { '200': { description: The thing }, '404': { description: None } }
`,
  });
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    await explainCommand().parseAsync(['node', 'explain', id, '--spec', join(folder, 'api.yaml')]);
    return write.mock.calls.map(([text]) => String(text)).join('');
  } finally {
    write.mockRestore();
  }
};

test('a case that no suite arranges is explained with an id that nothing has', async () => {
  const text = await explain('get_thing/200/no-content');
  expect(text).toContain('get_thing/200/no-content');
  expect(text).toContain('/things/00000000-0000-4000-8000-000000000000');
});

test('a case of what an example of the document names is explained with that example', async () => {
  expect(await explain('get_thing/200/no-content', '{ type: integer, example: 12 }')).toContain('4010/things/12\n');
});

test('a misspelt id is answered with the nearest ones', async () => {
  expect(await refusal(explain('get_thing/200/no-contnet'))).toContain('Close to it: get_thing/200/no-content');
});

test('shows a request of a suite with stand-ins for what its steps would give', async () => {
  const suite = /```yaml\n(suite: create_index\n[\s\S]*?)```/.exec(
    readFileSync(packageFile('docs', 'extending.md'), 'utf8'),
  )?.[1];
  const cwd = folderOf({ 'suite.yaml': suite ?? '', 'openapi.yaml': indexDocument });
  const { exit, stdout } = await cli.run(['explain', 'create_index/409/application-json/sampled', '--suite', '.'], {
    cwd,
  });
  expect(exit).toBe(0);
  expect(stdout).toContain('INDEX_NAME');
});
