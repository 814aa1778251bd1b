import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { packageFile } from '../core/package-files.ts';
import { cli, emptyFolder, type Ended, serve, startMockCommand } from '../testing/cli.ts';
import { standInSdk } from '../testing/servers/stand-in-sdk.ts';
import { apiVersion } from '../versions/versions.ts';
import { commandTree } from './help/command-tree.ts';

const key = 'pcsk_reporting_0123456789abcdef';
const shared = ['json', 'quiet', 'github'];

/** Which of the three options each command has; a command that finds out whether something is well has all. */
const table: Readonly<Record<string, readonly string[]>> = {
  run: shared,
  record: shared,
  report: shared,
  compare: shared,
  sdk: shared,
  'specs check': shared,
  diff: shared,
  lint: shared,
  sweep: shared,
  doctor: shared,
  cases: ['json'],
  config: ['json'],
  specs: ['json'],
  'sdk list': ['json'],
  mock: ['quiet'],
};

const document = (status: string): string => `openapi: 3.0.3
info: { title: Things, version: '${status}' }
servers: [{ url: 'http://127.0.0.1:8080' }]
paths:
  /things:
    get:
      operationId: list_things
      responses:
        '200': { description: The things, content: { text/plain: { schema: { type: string }, example: none } } }
        '${status}': { description: Broken, content: { text/plain: { schema: { type: string }, example: broken } } }
`;

const unclear = document('500').replace(', content: { text/plain: { schema: { type: string }, example: broken } }', '');

/** Prepares a folder in which all is well, or not; gives the rest of the command line. */
type Scene = (folder: string, well: boolean) => Promise<readonly string[]> | readonly string[];

const scenes: Readonly<Record<string, Scene>> = {
  run: async (_, well) => ['--target', await server(well), '--case', 'delete_backup/404/**'],
  record: async (_, well) => ['--target', await server(well), '--case', 'delete_backup/404/**'],
  report: async (folder, well) => [await runIn(folder, 'one', well), '--reports', 'merged'],
  compare: async (folder, well) => [await runIn(folder, 'one', true), await runIn(folder, 'two', well)],
  sdk: (_, well) => [
    '--sdk',
    standInSdk(well ? 'honest' : 'no-key'),
    '--no-isolation',
    '--case',
    'sdk/delete_backup/404/**',
  ],
  'specs check': (folder, well) => {
    const { file } = apiVersion('2026-07');
    const text = readFileSync(file, 'utf8');
    writeFileSync(join(folder, basename(file)), well ? text : text.replace('text/plain', 'application/json'));
    return ['--api', '2026-07', '--from', '.'];
  },
  diff: (folder, well) => {
    writeFileSync(join(folder, 'a.yaml'), document('500'));
    writeFileSync(join(folder, 'b.yaml'), document(well ? '500' : '503'));
    return ['a.yaml', 'b.yaml', '--all', '--fail-on', 'any'];
  },
  lint: (folder, well) => {
    writeFileSync(join(folder, 'a.yaml'), well ? document('500') : unclear);
    return ['a.yaml', '--strict'];
  },
  sweep: (folder, well) => {
    mkdirSync(join(folder, 'ledgers'));
    if (!well) writeFileSync(join(folder, 'ledgers', '1.jsonl'), 'no ledger');
    return ['--dry-run', '--ledger', 'ledgers'];
  },
  doctor: (_, well) => (well ? [] : ['http://127.0.0.1:1']),
};

async function server(well: boolean): Promise<string> {
  return well ? (await startMockCommand(key)).origin : serve((_, response) => response.end('yes'));
}

async function runIn(cwd: string, reports: string, well: boolean): Promise<string> {
  const target = ['--target', await server(well), '--case', 'delete_backup/404/**'];
  await cli.run(['run', ...target, '--reports', reports], { cwd, env: { PINECONE_API_KEY: key } });
  return join(reports, 'run.json');
}

async function ended(name: string, flag: string, well: boolean): Promise<Ended> {
  const cwd = emptyFolder();
  const args = (await scenes[name]?.(cwd, well)) ?? [];
  // The gate needs no key, and warns of one that drivers can read.
  const env = name === 'sdk' ? {} : { PINECONE_API_KEY: key };
  return cli.run([...name.split(' '), ...args, flag], { cwd, env });
}

function annotations({ stdout, stderr }: Ended): readonly string[] {
  return (stdout + stderr).split('\n').filter((line) => line.startsWith('::'));
}

test('each command has those of the three options that the table says, with the same words', async () => {
  const tree = await commandTree();
  const found = [...tree].map(([name, { options }]) => [
    name,
    shared.filter((each) => options.some((option) => option.attributeName() === each)),
  ]);
  const rest = [...tree.keys()].filter((name) => !(name in table)).map((name) => [name, []]);
  expect(Object.fromEntries(found)).toEqual({ ...table, ...(Object.fromEntries(rest) as object) });
  for (const flag of shared) {
    const words = [...tree].flatMap(([name, { options }]) =>
      name === 'mock' ? [] : options.filter((each) => each.attributeName() === flag).map((each) => each.description),
    );
    expect(new Set(words).size).toBe(1);
  }
  expect(Object.keys(scenes)).toEqual(Object.keys(table).filter((name) => table[name] === shared));
});

test('the README has the same table', () => {
  const rows = [
    ...readFileSync(packageFile('README.md'), 'utf8').matchAll(/^\| `--(json|quiet|github)` +\|.*\| (.*?) +\|$/gm),
  ];
  const said = Object.fromEntries(rows.map(([, flag = '', names = '']) => [flag, names.match(/`[a-z ]+`/g)]));
  const wanted = shared.map((flag) => [
    flag,
    Object.keys(table).flatMap((name) =>
      table[name]?.includes(flag) === true && name !== 'mock' ? [`\`${name}\``] : [],
    ),
  ]);
  expect(said).toEqual(Object.fromEntries(wanted));
});

describe.each(Object.keys(scenes))('%s', (name) => {
  it.each([true, false])('--json prints JSON on stdout and nothing else (all is well: %s)', async (well) => {
    const { exit, stdout } = await ended(name, '--json', well);
    expect(exit === 0).toBe(well);
    expect(typeof JSON.parse(stdout)).toBe('object');
    expect(stdout).toMatch(/^[[{][^]*[\]}]\n$/);
  });

  it('--quiet prints nothing where all is well, and what is not', async () => {
    expect(await ended(name, '--quiet', true)).toEqual({ exit: 0, stdout: '', stderr: '' });
    const { exit, stdout, stderr } = await ended(name, '--quiet', false);
    expect(exit).toBeGreaterThan(0);
    expect(stdout + stderr).not.toBe('');
  });

  it('--github annotates only what is not well', async () => {
    const well = await ended(name, '--github', true);
    expect([well.exit, annotations(well)]).toEqual([0, []]);
    const other = await ended(name, '--github', false);
    expect(annotations(other).length).toBeGreaterThan(0);
    expect(annotations(other).every((line) => /^::(error|warning)(?: [^:]*)?::\S/.test(line))).toBe(true);
  });
});

test.each([
  ['cases', []],
  ['config', ['--config', 'own.yaml']],
  ['specs', []],
  ['sdk list', []],
] as const)('%s --json prints JSON and nothing else', async (name, args) => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'own.yaml'), 'reports: mine\n');
  const { exit, stdout, stderr } = await cli.run([...name.split(' '), ...args, '--json'], { cwd });
  expect([exit, stderr, typeof JSON.parse(stdout)]).toEqual([0, '', 'object']);
});
