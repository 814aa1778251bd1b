import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import { compiledCli } from './testing/compiled.ts';
import { standInSdk } from './testing/servers/stand-in-sdk.ts';

interface ActionStep {
  readonly id?: string;
  readonly name?: string;
  readonly uses?: string;
  readonly run?: string;
}

interface Action {
  readonly runs: { readonly steps: readonly ActionStep[] };
}

const root = join(import.meta.dirname, '..');
const folder = join(root, '.github', 'actions');
const actions = ['pull-request', 'sdk-gate', 'staging'];
const stepsOf = (name: string): readonly ActionStep[] =>
  (parse(readFileSync(join(folder, name, 'action.yml'), 'utf8')) as Action).runs.steps;

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'action-'));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
});

test('these are all of the actions', () => {
  const found = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(found.map(({ name }) => name).sort()).toEqual(actions);
});

describe.each(actions)('the action %s', (name) => {
  test('pins what it uses, puts no input into shell code, and sets up no Node', () => {
    for (const { uses = '', run = '' } of stepsOf(name)) {
      if (uses !== '') expect(uses).toMatch(/^actions\/(cache|upload-artifact)@[0-9a-f]{40}$/);
      expect(run).not.toContain('${{');
    }
  });
});

describe('the step that gates', () => {
  const gate = stepsOf('sdk-gate').find(({ id }) => id === 'gate')?.run ?? '';
  const declared = { SDK: '', FOLDER: '', VERSION: '', PACKAGE: '', REPORTS: 'reports' };

  test('judges a folder with an artefact, and says where the reports are', async () => {
    writeFileSync(join(cwd, 'built.tgz'), '');
    const { exit, outputs } = await step(gate, { ...declared, FOLDER: standInSdk(), PACKAGE: 'built.tgz' });
    expect(outputs).toEqual(['reports=reports', 'exit=0']);
    expect(exit).toBe(0);
    expect(readdirSync(join(cwd, 'reports'))).toContain('junit.xml');
  });

  test('fails, annotates and gives the exit code where a rule is broken', async () => {
    const { exit, outputs, output } = await step(gate, { ...declared, FOLDER: standInSdk('no-key') });
    expect(output).toMatch(/^::error .*sdk\/api-key/m);
    expect(outputs).toEqual(['reports=reports', 'exit=1']);
    expect(exit).toBe(1);
  });

  test('needs an SDK or a folder, and takes what it is given as text', async () => {
    expect(await step(gate, declared)).toMatchObject({ exit: 2, outputs: ['reports=reports', 'exit=2'] });
    const { exit, output } = await step(gate, { ...declared, SDK: '$(touch made); `touch made`' });
    expect(exit).toBe(2);
    expect(output).toContain('There is no SDK named $(touch made)');
    expect(readdirSync(cwd)).not.toContain('made');
  });
});

test('the step that runs against staging refuses a server that is not loopback unless it is told otherwise', async () => {
  const run = stepsOf('staging').find(({ name }) => name === 'run')?.run ?? '';
  const { exit, output } = await step(run, {
    TARGET: 'https://staging.invalid',
    STATES: 'pinecone',
    DESTRUCTIVE: 'false',
    RATE: '5',
    SHARD: '1/3',
    REPORTS: 'reports',
    PINECONE_API_KEY: 'pcsk_action',
  });
  expect(output).toContain('--allow-destructive');
  expect(exit).toBe(2);
});

test('what the tool is made of names its cache; another Node has another one', async () => {
  const { exit, output } = await step(`bash ${join(folder, 'tool.sh')} describe`, {});
  expect(exit).toBe(0);
  expect(output).toMatch(new RegExp(`^root=${root}\nkey=pinecone-contract-\\w+-${process.version}-[0-9a-f]{32}\n`));
});

/** A `run` of an action, as the runner starts it, with a copy of this tool that is built already. */
async function step(
  run: string,
  env: Readonly<Record<string, string>>,
): Promise<{ readonly exit: number | null; readonly output: string; readonly outputs: readonly string[] }> {
  const tool = join(cwd, 'tool');
  if (!existsSync(tool)) {
    mkdirSync(join(tool, 'dist'), { recursive: true });
    symlinkSync(dirname(compiledCli), join(tool, 'dist', 'harness'));
  }
  const outputFile = join(cwd, 'outputs');
  writeFileSync(outputFile, '');
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', run], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: cwd, ROOT: tool, GITHUB_OUTPUT: outputFile, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const exit = await new Promise<number | null>((resolve, reject) => child.on('error', reject).on('close', resolve));
  return { exit, output, outputs: readFileSync(outputFile, 'utf8').trim().split('\n') };
}
