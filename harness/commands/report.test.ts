import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { RunRecord } from '../model/record.ts';
import { compiledCli } from '../testing/compiled.ts';

let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pinecone-contract-report-'));
  const globs = ['--case', 'delete_backup/{202,404,412}/**', '--case', 'delete_backup/probe/auth/*'];
  for (const [name, ...shard] of [
    ['whole'],
    ['first', '--shard', '1/2', '--seed', '11'],
    ['second', '--shard', '2/2', '--seed', '22'],
  ] as const) {
    const { exit, stderr } = await cli({}, 'run', ...globs, ...shard, '--reports', join(folder, name), '--quiet');
    // With half of the responses not selected a shard may leave others unproved, which is 4; it is whole that counts.
    expect([0, 4], stderr).toContain(exit);
  }
}, 60_000);

afterAll(async () => {
  await rm(folder, { recursive: true });
});

test('the same run given twice is refused', async () => {
  const { exit, stderr } = await cli({}, 'report', file('first'), file('first'), '--reports', join(folder, 'twice'));
  expect(exit).toBe(2);
  expect(stderr).toContain('the same run was given twice');
});

test('two shards become the run that they are parts of', async () => {
  const { exit, stdout } = await cli({}, 'report', file('first'), file('second'), '--reports', join(folder, 'merged'));
  expect(exit).toBe(0);
  expect(stdout).toContain('Declared responses  3 of 3 proved');
  const [merged, whole] = [await read('merged'), await read('whole')];
  expect(merged.cases.map(({ id }) => id)).toEqual(whole.cases.map(({ id }) => id));
  expect(merged.counts).toEqual(whole.counts);
  expect(merged.coverage).toEqual(whole.coverage);
  expect(merged.outcome).toEqual(whole.outcome);
  expect(merged.shard).toBeUndefined();
});

test('a case of a shard keeps the seed that shows it again', async () => {
  await cli({}, 'report', file('first'), file('second'), '--reports', join(folder, 'seeds'), '--quiet');
  const merged = await read('seeds');
  const second = new Set((await read('second')).cases.map(({ id }) => id));
  for (const one of merged.cases) expect(one.seed ?? merged.seed).toBe(second.has(one.id) ? 22 : 11);
});

test('a shard that is missing turns the report red', async () => {
  const { exit, stdout } = await cli({}, 'report', file('first'), '--reports', join(folder, 'half'));
  expect(exit).toBe(3);
  expect(stdout).toContain('shard 2/2 is missing: its cases are not in this report');
});

test('several subjects become one matrix, and the worst decides', async () => {
  const run = await read('whole');
  const [first, ...others] = run.cases;
  if (first === undefined) throw new Error('the run has no case');
  const at = first.at;
  const bad = {
    check: 'status',
    severity: 'violation',
    message: 'm',
    where: 'status',
    expected: '202',
    actual: '500',
    at,
    step: 's',
  } as const;
  const red: RunRecord = {
    ...run,
    subject: { kind: 'live', name: 'http://127.0.0.1:1' },
    cases: [{ ...first, status: 'fail', findings: [bad] }, ...others],
    coverage: run.coverage.map((each) => (each.response === first.response ? { ...each, status: 'violated' } : each)),
    counts: { ...run.counts, pass: run.counts.pass - 1, fail: 1 },
    outcome: { exit: 1, because: '1 case violated the contract', problems: [] },
  };
  await writeFile(join(folder, 'red.json'), JSON.stringify(red));
  const { exit, stdout } = await cli(
    {},
    'report',
    file('whole'),
    join(folder, 'red.json'),
    '--reports',
    join(folder, 'two'),
  );
  expect(exit).toBe(1);
  expect(
    stdout
      .split('\n')
      .slice(0, 5)
      .map((line) => line.trimEnd()),
  ).toEqual([
    '        mock        http://127.0.0.1:1',
    '  202   ✔ proved    ✘ violated',
    '  404   ✔ proved    ✔ proved',
    '  412   ✔ proved    ✔ proved',
    expect.stringMatching(/^ {2}auth {2}✔ \d\d of \d\d {2}✔ \d\d of \d\d$/),
  ]);
  expect(stdout).toContain('mock: exit 0, the contract held');
  expect(stdout).toContain('http://127.0.0.1:1: exit 1, 1 case violated the contract');
});

test('each file that is no run is reported, and nothing is written', async () => {
  const noise = join(folder, 'noise.json');
  const cut = join(folder, 'cut.json');
  const other = join(folder, 'other.json');
  await writeFile(noise, '\u0000\u0001 not JSON');
  await writeFile(other, '{"schema":"pinecone-contract/run@9","cases":[]}');
  const run = await read('whole');
  await writeFile(cut, JSON.stringify({ ...run, cases: [{ ...run.cases[0], findings: 'none' }] }));
  const missing = join(folder, 'missing.json');
  const reports = join(folder, 'never');
  const { exit, stdout, stderr } = await cli(
    {},
    'report',
    file('whole'),
    noise,
    cut,
    other,
    missing,
    folder,
    '--reports',
    reports,
  );
  expect(exit).toBe(2);
  expect(stdout).toBe('');
  const lines = stderr.trim().split('\n');
  expect(lines).toHaveLength(6);
  expect(lines[0]).toContain(`${noise} could not be read`);
  expect(lines[1]).toEqual(expect.stringMatching(`^error: ${cut} is not a valid run: /cases/0/findings `));
  expect(lines[2]).toBe(`error: ${other} is not a run of pinecone-contract`);
  expect(lines[3]).toContain(missing);
  expect(lines[4]).toContain(folder);
  await expect(readFile(join(reports, 'index.html'))).rejects.toThrow('ENOENT');
});

test('for GitHub, the summary goes to the page of the job and the annotations to stderr', async () => {
  const summary = join(folder, 'summary.md');
  const args = ['report', file('first'), '--github', '--quiet', '--reports', join(folder, 'github')];
  const { stdout, stderr } = await cli({ GITHUB_STEP_SUMMARY: summary, GITHUB_WORKSPACE: process.cwd() }, ...args);
  expect(stdout).toMatch(/^Problems of the run\n {2}! shard 2\/2 is missing/);
  expect(stderr).toBe('::error title=mock::shard 2/2 is missing: its cases are not in this report\n');
  expect(await readFile(summary, 'utf8')).toContain('### ✘ `delete_backup` against `mock`');
});

test('reports that cannot be written do not lose what was found', async () => {
  const { exit, stdout, stderr } = await cli({}, 'report', file('whole'), '--reports', join(file('whole'), 'x'));
  expect(stdout).toContain('Declared responses  3 of 3 proved');
  expect(stderr).toContain('the reports cannot be written to');
  expect(exit).toBe(2);
});

function file(name: string): string {
  return join(folder, name, 'run.json');
}

async function read(name: string): Promise<RunRecord> {
  return JSON.parse(await readFile(file(name), 'utf8')) as RunRecord;
}

async function cli(
  env: NodeJS.ProcessEnv,
  ...args: readonly string[]
): Promise<{ readonly exit: number; readonly stdout: string; readonly stderr: string }> {
  const child = spawn(process.execPath, [compiledCli, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const [exit] = (await once(child, 'close')) as [number];
  return { exit, stdout, stderr };
}
