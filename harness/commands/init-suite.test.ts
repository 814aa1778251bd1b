import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadSuite } from '../cases/suite.ts';
import type { RunRecord } from '../model/record.ts';
import { cli } from '../testing/cli.ts';
import { folderOf } from '../testing/documents/document-folder.ts';
import { libraryDocument, libraryKey, openLibrary } from '../testing/documents/library.ts';

const spec = 'api/library.yaml';
const place = (): string => folderOf({ [spec]: libraryDocument });

async function coverageOf(cwd: string, ...args: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const { stdout } = await cli.run(['run', ...args, '--json'], { cwd });
  const { coverage } = JSON.parse(stdout) as RunRecord;
  return Object.fromEntries(coverage.map(({ response, status }) => [response, status]));
}

describe.for(['list_books', 'add_book', 'get_book', 'remove_book'])('init %s', (operation) => {
  test('writes a suite that proves what is proved without one', async () => {
    const cwd = place();
    const ended = await cli.run(['init', operation, '--spec', spec], { cwd });
    expect(ended).toMatchObject({ exit: 0, stderr: '' });
    expect(ended.stdout).toContain(`run --suite ${operation}`);
    const without = await coverageOf(cwd, operation, '--spec', spec);
    expect(new Set(Object.values(without))).toEqual(new Set(['proved']));
    expect(await coverageOf(cwd, '--suite', operation)).toEqual(without);
  });
});

test('the recipes are those that provoke a response; what is left is a comment that becomes one', async () => {
  const cwd = place();
  await cli.run(['init', 'add_book', '--spec', spec, '--out', 'suites/book'], { cwd });
  const folder = join(cwd, 'suites', 'book');
  const suite = loadSuite(folder);
  expect(suite).toMatchObject({ name: 'add_book', operation: 'add_book', spec: '../../api/library.yaml' });
  expect(suite.recipes['201']?.request?.body).toBeDefined();
  expect(suite.recipes['400']?.request).toBeDefined();
  expect(suite.recipes['401']).toMatchObject({ credential: 'wrong' });
  expect(Object.keys(suite.recipes)).not.toContain('409');
  const file = join(folder, 'suite.yaml');
  const text = readFileSync(file, 'utf8');
  expect(text).toContain('# 409: Refused\n  # Unproved: only the embedded mock gives it, since it is asked to.');
});

test('a recipe that is left to fill in fits the schema of a suite once the # are taken away', async () => {
  const cwd = place();
  await cli.run(['init', 'list_books', '--spec', spec], { cwd });
  const file = join(cwd, 'list_books', 'suite.yaml');
  const text = readFileSync(file, 'utf8');
  const [comment = ''] = /(?: {2}# .*\n)+$/m.exec(text.slice(text.indexOf('  # "500":'))) ?? [];
  expect(comment).toContain('state: the state in which list_books is answered 500');
  writeFileSync(file, text.replace(comment, comment.replaceAll('  # ', '  ')));
  expect(loadSuite(join(cwd, 'list_books')).recipes['500']?.state).toContain('answered 500');
});

test('what nothing provokes names the file and what to write into it', async () => {
  const nothing = libraryDocument.replace(
    "'204': { description: Removed }",
    "'410': { description: Gone }\n        '204': { description: Removed }",
  );
  const { origin } = await openLibrary();
  const cwd = folderOf({ [spec]: nothing });
  const how = async (...args: readonly string[]): Promise<string | undefined> => {
    const { stdout } = await cli.run(['run', ...args, '--target', origin, '--json', '--case', '410'], {
      cwd,
      env: { PINECONE_API_KEY: libraryKey },
    });
    return (JSON.parse(stdout) as RunRecord).coverage.find(({ response }) => response === '410')?.how;
  };
  expect(await how('remove_book', '--spec', spec)).toContain(
    'write a recipe for 410 into the suite.yaml that `init remove_book --spec api/library.yaml` writes',
  );
  await cli.run(['init', 'remove_book', '--spec', spec], { cwd });
  expect(await how('--suite', 'remove_book')).toMatch(/; write a recipe for 410 into remove_book\/suite\.yaml$/);
});

test.for([
  [['init', 'no_book', '--spec', spec], 'has no operation no_book'],
  [['init', '--out', 'x'], '--out needs an operation'],
  [['init', 'add_book', '--url', 'http://localhost'], '--url cannot be given together with an operation'],
] as const)('%j is refused', async ([args, says]) => {
  const cwd = place();
  const ended = await cli.run(args, { cwd });
  expect(ended.exit).toBe(2);
  expect(ended.stderr).toContain(says);
  expect(existsSync(join(cwd, 'add_book'))).toBe(false);
});

test('a suite that is there is not replaced without --force', async () => {
  const cwd = place();
  const args = ['init', 'get_book', '--spec', spec];
  await cli.run(args, { cwd });
  const file = join(cwd, 'get_book', 'suite.yaml');
  writeFileSync(file, 'mine');
  expect((await cli.run(args, { cwd })).exit).toBe(2);
  expect(readFileSync(file, 'utf8')).toBe('mine');
  expect((await cli.run([...args, '--force'], { cwd })).exit).toBe(0);
  expect(readFileSync(file, 'utf8')).toContain('suite: get_book');
});
