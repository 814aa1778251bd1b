import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunRecord } from '../model/record.ts';
import { cli } from '../testing/cli.ts';
import { folderOf } from '../testing/documents/document-folder.ts';
import { libraryDocument } from '../testing/documents/library.ts';

const of = 5;
const spec = 'library.yaml';

function filesIn(cwd: string, folder: string): readonly string[] {
  return readdirSync(join(cwd, folder))
    .filter((name) => /^run(\..*)?\.json$/.test(name))
    .map((name) => join(cwd, folder, name));
}

const read = (file: string): RunRecord => JSON.parse(readFileSync(file, 'utf8')) as RunRecord;

/** What a run says of its cases, by operation. */
function saidBy(files: readonly string[]): unknown {
  const runs = files.map(read).sort((a, b) => (a.operation.id < b.operation.id ? -1 : 1));
  return runs.map(({ operation, cases, coverage, counts, outcome }) => ({
    operation: operation.id,
    cases: cases.map(({ id, status }) => [id, status]),
    coverage: coverage.map(({ response, status }) => [response, status]),
    counts,
    outcome,
  }));
}

test('the shards of run --all have each case once, and report makes the whole run of them', async () => {
  const cwd = folderOf({ [spec]: libraryDocument });
  const run = ['run', '--all', '--spec', spec, '--quiet', '--seed', '7'];
  await cli.run([...run, '--reports', 'whole'], { cwd });
  const shards = Array.from({ length: of }, (_, at) => `${at + 1}`);
  for (const shard of shards) await cli.run([...run, '--shard', `${shard}/${of}`, '--reports', shard], { cwd });
  const parts = shards.map((shard) => filesIn(cwd, shard));
  const idsOf = (files: readonly string[]): readonly string[] =>
    files.flatMap((file) => read(file).cases.map(({ id }) => id)).sort();
  expect(parts.every((files) => files.length > 0)).toBe(true);
  expect(idsOf(parts.flat())).toEqual(idsOf(filesIn(cwd, 'whole')));

  const merged = await cli.run(['report', ...parts.flat(), '--reports', 'merged'], { cwd });
  expect(merged).toMatchObject({ exit: 0, stderr: '' });
  expect(saidBy(filesIn(cwd, 'merged'))).toEqual(saidBy(filesIn(cwd, 'whole')));
  for (const file of filesIn(cwd, 'merged'))
    expect(readFileSync(file, 'utf8')).not.toMatch(/"(?:shard|place|allShards)"/);

  const lacking = await cli.run(['report', ...parts.slice(1).flat(), '--reports', 'lacking'], { cwd });
  expect(lacking.exit).toBe(3);
  expect(lacking.stdout).toContain(`shard 1/${of} is missing`);
});

test('a case is in the same shard when it runs alone', async () => {
  const cwd = folderOf({ [spec]: libraryDocument });
  const run = ['run', '--all', '--spec', spec, '--quiet', '--shard', '2/3'];
  await cli.run([...run, '--reports', 'all'], { cwd });
  await cli.run([...run, '--tag', 'writing', '--reports', 'some'], { cwd });
  const idsOf = (folder: string): readonly string[] =>
    filesIn(cwd, folder)
      .flatMap((file) => read(file).cases.map(({ id }) => id))
      .filter((id) => /^(?:add|remove)_book\//.test(id))
      .sort();
  expect(idsOf('some').length).toBeGreaterThan(0);
  expect(idsOf('some')).toEqual(idsOf('all'));
});
