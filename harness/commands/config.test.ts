import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { cli, emptyFolder, startMockCommand } from '../testing/cli.ts';
import { compiledCli } from '../testing/compiled.ts';

const few = ['--case', '**/404/**'];
const env = { PINECONE_API_KEY: 'pcsk_config_tests' };

function folderWith(config: string, name = 'pinecone-contract.config.yaml'): string {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, name), config);
  return cwd;
}

describe('a configuration file', () => {
  it('is all that `run staging` needs', async () => {
    const mock = await startMockCommand(env.PINECONE_API_KEY, '--port', '0');
    const cwd = folderWith(`reports: out\ntargets:\n  staging: { url: '${mock.origin}', states: ./states.yaml }\n`);
    writeFileSync(join(cwd, 'states.yaml'), `no such backup: { backup_id: '{uuid}' }\n`);
    const ended = await cli.run(['run', 'staging', '--case', '**/404/**'], { cwd, env });
    expect(ended.stderr + ended.stdout).toContain(`against ${mock.origin}`);
    expect(ended.exit).toBe(0);
    const json = await cli.run(['report', 'out/run.json', '--reports', 'merged'], { cwd });
    expect(json.exit).toBe(0);
  });

  it('gives way to the command line', async () => {
    const cwd = folderWith('reports: from-file\n');
    mkdirSync(join(cwd, 'other'));
    const ended = await cli.run(['run', '--case', '**/404/**', '--reports', 'other'], { cwd });
    expect(ended.stdout).toMatch(/reports in other/);
    const without = await cli.run(['run', '--case', '**/404/**'], { cwd });
    expect(without.stdout).toMatch(/reports in from-file/);
  });

  it('may be a module', async () => {
    const cwd = folderWith(`export default { reports: 'from-module' };\n`, 'pinecone-contract.config.mjs');
    const ended = await cli.run(['run', '--case', '**/404/**'], { cwd });
    expect(ended.stdout).toMatch(/reports in from-module/);
  });

  it('may be a module with defineConfig, also in TypeScript where Node runs it', async () => {
    const index = pathToFileURL(join(compiledCli, '..', 'index.js')).href;
    const text = `import { defineConfig } from '${index}';\nexport default defineConfig({ reports: 'typed' });\n`;
    const script = await cli.run(['run', ...few], { cwd: folderWith(text, 'pinecone-contract.config.js') });
    expect(script.stdout).toMatch(/reports in typed/);
    const typed = text.replace('export default', 'const some: string = "typed";\nexport default');
    const { exit, stdout, stderr } = await cli.run(['run', ...few], {
      cwd: folderWith(typed, 'pinecone-contract.config.ts'),
    });
    if (exit === 0) expect(stdout).toMatch(/reports in typed/);
    else expect(stderr).toMatch(/Node runs TypeScript from version 22\.18 on/);
  });

  it('sets the deadline, the API version and the folders of SDKs', async () => {
    const text = `spec: own.yaml\nsdks: [mine]\ndeadline: 60\ntargets:\n  t: { url: 'https://x.example', api: 2026-07, deadline: 90.5, allow: [create] }\n`;
    const { stdout } = await cli.run(['config', 't', '--json'], { cwd: folderWith(text) });
    expect(JSON.parse(stdout)).toMatchObject({
      settings: {
        sdk: { value: ['mine'], from: 'pinecone-contract.config.yaml:2' },
        deadline: { value: 90.5, from: 'pinecone-contract.config.yaml:5' },
        api: { value: '2026-07' },
        allowCreate: { value: true },
      },
    });
    expect(stdout).not.toContain('own.yaml');
    // Cases that have begun are ended: not all begin at once.
    const late = await cli.run(['run'], { cwd: folderWith('deadline: 0.001\n') });
    expect(late.stdout).toContain('which is its deadline');
    const sdk = await cli.run(['sdk', 'list'], { cwd: folderWith('sdks: [nowhere]\n') });
    expect(sdk.stderr).toMatch(/nowhere/);
    const version = await cli.run(['cases'], { cwd: folderWith("api: '2026-07'\n") });
    expect(version.stdout).toContain('403');
    const overridden = await cli.run(['cases', '--api', '2025-04'], { cwd: folderWith('spec: nowhere.yaml\n') });
    expect(overridden.exit, overridden.stderr).toBe(0);
  });

  it('is shown with the line of each setting', async () => {
    const cwd = folderWith(
      `reports: out\ntargets:\n  staging:\n    url: https://staging.example\n    rate: 5\n    allow: [destructive]\n`,
    );
    const { stdout } = await cli.run(['config', 'staging'], { cwd });
    expect(stdout).toContain('--reports out  (pinecone-contract.config.yaml:1)');
    expect(stdout).toContain('--target https://staging.example  (pinecone-contract.config.yaml:4)');
    expect(stdout).toContain('--rate 5  (pinecone-contract.config.yaml:5)');
    expect(stdout).toContain('--allow-destructive true  (pinecone-contract.config.yaml:6)');
    expect(stdout).toContain('--timeout 10000  (default)');
    expect(stdout).toContain('PINECONE_API_KEY is not set');
    const json = await cli.run(['config', '--json'], { cwd });
    expect(JSON.parse(json.stdout)).toMatchObject({ settings: { reports: { value: 'out' } } });
  });
});

it.for([
  ['a setting that does not exist', 'report: out\n', /config\.yaml:1 .*report.*did you mean reports/s],
  ['a key in it', 'key: pcsk_secret\n', /config\.yaml:1/],
  ['a target without a URL', 'targets:\n  staging: { rate: 5 }\n', /config\.yaml:2.*url/s],
  ['a document and a version', 'spec: a.yaml\napi: 2026-07\n', /spec and api/],
  ['YAML that cannot be read', 'reports: [\n', /config\.yaml/],
] as const)('%s is refused with its line', async ([, text, message]) => {
  const ended = await cli.run(['run'], { cwd: folderWith(text) });
  expect(ended.stderr).toMatch(message);
  expect(ended.exit).toBe(2);
});

it.for([
  ['a target that it does not have', ['config', 'nowhere'], 'reports: out\n'],
  ['a file that is missing', ['run', '--config', 'nofile.yaml'], 'reports: out\n'],
] as const)('%s is a usage error', async ([, args, text]) => {
  const ended = await cli.run(args, { cwd: folderWith(text) });
  expect(ended.stderr).toMatch(/^error: /);
  expect(ended.exit).toBe(2);
});

it('two of them in one folder are refused', async () => {
  const cwd = folderWith('reports: out\n');
  writeFileSync(join(cwd, 'pinecone-contract.config.json'), '{}');
  const ended = await cli.run(['run'], { cwd });
  expect(ended.stderr).toMatch(/2 configuration files/);
  expect(ended.exit).toBe(2);
});
