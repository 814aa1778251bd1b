import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { readConfig } from '../config/read-config.ts';
import { settingsOf } from '../config/settings.ts';
import { readYaml } from '../openapi/document/yaml.ts';
import { checkedData } from '../openapi/data.ts';
import { cli, emptyFolder } from '../testing/cli.ts';
import { noTerminal, runOnTerminal } from '../testing/terminal.ts';

test('init writes a configuration, a states file and a workflow that are valid', async () => {
  const cwd = emptyFolder();
  const url = 'https://control.staging.example';
  const ended = await cli.run(['init', '--url', url, '--name', 'staging', '--workflow'], { cwd });
  expect(ended).toMatchObject({ exit: 0, stderr: '' });
  expect(ended.stdout).toContain('npx pinecone-contract run staging');
  const source = await readConfig(join(cwd, 'pinecone-contract.config.yaml'));
  expect(settingsOf(source, 'staging')).toMatchObject({
    target: { value: url },
    states: { value: join(cwd, 'states.yaml') },
    allowDestructive: { value: true },
  });
  const states = checkedData<Record<string, unknown>>(readYaml(join(cwd, 'states.yaml')), 'states');
  expect(Object.keys(states)).toContain('a backup that can be deleted');
  const workflow = readFileSync(join(cwd, '.github', 'workflows', 'contract.yml'), 'utf8');
  expect(workflow).toContain('npx pinecone-contract run staging --github');
  // Each action is pinned to a commit.
  expect(workflow.match(/uses: (?!\S+@[\da-f]{40} # v)/g)).toBeNull();
});

test('a server on this machine needs no allowance, and a provider no file', async () => {
  const cwd = emptyFolder();
  await cli.run(['init', '--url', 'http://localhost:8080', '--states', 'http://localhost:9000/states'], { cwd });
  expect(readdirSync(cwd)).toEqual(['pinecone-contract.config.yaml']);
  expect(readFileSync(join(cwd, 'pinecone-contract.config.yaml'), 'utf8')).not.toMatch(/allow:|rate:/);
});

test('init writes over nothing, and writes nothing where something is in the way', async () => {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'states.yaml'), 'mine');
  const args = ['init', '--url', 'http://localhost:8080'];
  const refused = await cli.run(args, { cwd });
  expect(refused.exit).toBe(2);
  expect(refused.stderr).toMatch(/states\.yaml is already there, so nothing was written\n {2}.*--force/);
  expect(existsSync(join(cwd, 'pinecone-contract.config.yaml'))).toBe(false);
  expect((await cli.run([...args, '--force'], { cwd })).exit).toBe(0);
  expect(readFileSync(join(cwd, 'states.yaml'), 'utf8')).toContain('ready-{n}');
});

test.for([
  ['nothing, and no terminal to ask on', [], /stdin is no terminal\n {2}Name it: init --url/],
  ['a URL that is none', ['--url', 'localhost'], /localhost is no URL/],
  ['the name of the mock', ['--url', 'http://localhost:1', '--name', 'mock'], /mock is no name of a target/],
] as const)('init given %s is exit 2', async ([, args, want]) => {
  const cwd = emptyFolder();
  const ended = await cli.run(['init', ...args], { cwd });
  expect(ended.exit).toBe(2);
  expect(ended.stderr).toMatch(want);
  expect(readdirSync(cwd)).toEqual([]);
});

test('the workflow sweeps the target that it runs against', async () => {
  const cwd = emptyFolder();
  await cli.run(['init', '--url', 'https://staging.example.test/v1', '--workflow'], { cwd });
  const workflow = parse(readFileSync(join(cwd, '.github', 'workflows', 'contract.yml'), 'utf8')) as {
    readonly jobs: {
      readonly contract: { readonly steps: readonly { readonly run?: string; readonly env?: object }[] };
    };
  };
  const sweeping = workflow.jobs.contract.steps.find(({ run }) => run?.includes('sweep'));
  expect(sweeping?.env).toMatchObject({ PINECONE_CONTRACT_TARGET: 'https://staging.example.test/v1' });
});

test('a workflow for a server on this machine says where the server is started', async () => {
  const started = async (url: string): Promise<readonly boolean[]> => {
    const cwd = emptyFolder();
    const { stdout } = await cli.run(['init', '--url', url, '--workflow'], { cwd });
    const workflow = readFileSync(join(cwd, '.github', 'workflows', 'contract.yml'), 'utf8');
    parse(workflow);
    return [stdout.includes('contract.yml start your server'), workflow.includes('# Start your server in a step here')];
  };
  expect(await started('http://127.0.0.1:8080')).toEqual([true, true]);
  expect(await started('https://staging.example.test')).toEqual([false, false]);
});

test(`questions that are left with Ctrl-D or Ctrl-C write nothing, and are no defect${noTerminal}`, async ({
  skip,
}) => {
  skip(noTerminal !== '');
  for (const key of ['\u0004', '\u0003']) {
    const cwd = emptyFolder();
    const { exit, rows } = await runOnTerminal(['init'], {
      ...{ columns: 120, cwd, env: {} },
      answers: [
        ['URL of the server?', ''],
        ['A name for it', key],
      ],
    });
    expect(exit).toBe(2);
    expect(rows.join('\n')).toContain('error: the question "A name for it');
    expect(rows.join('\n')).not.toContain('defect');
    expect(readdirSync(cwd)).toEqual([]);
  }
});

test.for([
  ['--url', 'http://me:pass-of-nobody@127.0.0.1:9'],
  ['--url', 'http://127.0.0.1:9/key_8Vt1Zr9Xb3Yp6Ns4'],
  ['--url', 'http://127.0.0.1:9', '--states', 'http://me:pass-of-nobody@127.0.0.1:9'],
  ['--url', 'http://127.0.0.1:9', '--spec', 'http://127.0.0.1:9/key_8Vt1Zr9Xb3Yp6Ns4'],
])('init writes no credential into a file: %s', async (args) => {
  const cwd = emptyFolder();
  const ended = await cli.run(['init', ...args], { cwd, env: { PINECONE_API_KEY: 'key_8Vt1Zr9Xb3Yp6Ns4' } });
  expect(ended.exit).toBe(2);
  expect(ended.stderr).toContain('holds a credential');
  expect(ended.stderr).not.toMatch(/pass-of-nobody|key_8Vt1/);
  expect(readdirSync(cwd)).toEqual([]);
});
