import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest';
import { cli } from '../testing/cli.ts';
import { standInSdk } from '../testing/servers/stand-in-sdk.ts';

let cwd: string;
beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), 'sdk-command-'));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
});

const declared = ['--case', 'sdk/delete_backup/{202,404}/**'];

describe('an SDK of another folder', () => {
  test('is judged by --sdk, and its reports are written', async () => {
    const { exit, stdout, stderr } = await gate(standInSdk(), declared);
    expect(stderr).toContain('stand-in 1.0.0: the contract held in 2 of');
    expect(stdout).toMatch(/stand-in 1\.0\.0 +2025-04 +✓ +12345/);
    expect(exit).toBe(0);
    expect(existsSync(join(cwd, 'reports', 'junit.xml'))).toBe(true);
  });

  test('a finding is printed at once, on one line', async () => {
    const { exit, stderr } = await gate(standInSdk('no-key'), declared);
    expect(exit).toBe(1);
    expect(stderr).toMatch(
      /^✗ stand-in 1\.0\.0 sdk\/delete_backup\/202\/no-content: sdk\/api-key: .* It was: 0 Api-Key headers$/m,
    );
  });

  test('a version that sdk.yaml does not list is judged without waivers', async () => {
    const known = `
  - { versions: [1.0.0], cases: ['sdk/delete_backup/404/**'], check: sdk/code, since: 2026-01-01, expires: 2099-01-01,
      reason: 'the code is not read', evidence: 'seen in a test' }`;
    const folder = standInSdk('drops-code', known);
    const listed = await gate(folder, ['--case', 'sdk/delete_backup/404/**', '--version', '1.0.0']);
    expect(listed).toMatchObject({ exit: 0 });
    const other = await gate(folder, ['--case', 'sdk/delete_backup/404/**', '--version', '1.0.1']);
    expect(other.stderr).toMatch(/stand-in 1\.0\.1: not in .*sdk\.yaml: judged without waivers/);
    // The stand-in says that it is 1.0.0.
    expect(other.stderr).toContain('1.0.0 (itself), not 1.0.1');
    expect(other.exit).toBe(3);
  });

  test('a local artefact is named by the command that reproduces a failure', async () => {
    writeFileSync(join(cwd, 'built.tgz'), '');
    const folder = standInSdk('no-key');
    const { exit, stderr } = await gate(folder, [...declared, '--package', 'built.tgz']);
    expect(exit).toBe(1);
    expect(stderr).toContain('stand-in 1.0.0: the waivers of 1.0.0 count');
    const junit = readFileSync(join(cwd, 'reports', 'junit.xml'), 'utf8');
    expect(junit).toContain(`sdk stand-in --api 2025-04 --sdk ${folder} --package built.tgz --reports`);
    expect(junit).not.toContain('--version');
    const id = 'sdk/delete_backup/202/no-content';
    const script = `explain ${id} --api 2025-04 --sdk ${folder} --package built.tgz`;
    expect(junit.replaceAll('&apos;', '')).toContain(script);
    const explained = await cli.run(script.split(' '), { cwd });
    expect(explained.stdout).toContain(
      `Again\n  pinecone-contract sdk stand-in --sdk ${folder} --package built.tgz --api 2025-04 --case '${id}'`,
    );
    expect(explained.stdout).toContain(`{home} is .cache/sdks/NAME/local, {source} is ${folder},`);
  });

  test.skipIf(process.platform !== 'linux')(
    'a driver does not find the key of the user in the environment of the gate, or the gate says that it can',
    async () => {
      const folder = standInSdk('reads-the-environment-of-others');
      const env = { PINECONE_API_KEY: 'pcsk_of-the-user-0001' };
      const args = ['sdk', '--sdk', folder, '--case', 'sdk/delete_backup/202/**', '--json'];
      const { stdout, stderr } = await cli.run(args, { cwd, env });
      expect(stdout).toContain('"type": "keys"');
      if (stderr.includes('network: own network namespace')) expect(stdout).not.toContain('PINECONE_API_KEY');
      const open = await cli.run([...args, '--no-isolation'], { cwd, env });
      // What it looks for is there to be found, and is masked in the reports.
      expect(open.stdout).toContain('"PINECONE_API_KEY=<api-key>"');
      expect(open.stdout).not.toContain(env.PINECONE_API_KEY);
      expect(open.stderr).toContain('PINECONE_API_KEY is set');
      expect((await cli.run([...args, '--no-isolation'], { cwd })).stderr).not.toContain('is set');
    },
  );

  test('what names an SDK is refused where the case to be explained is for none', async () => {
    const { exit, stderr } = await cli.run(['explain', 'delete_backup/202/no-content', '--package', 'x'], { cwd });
    expect(exit).toBe(2);
    expect(stderr).toContain('--sdk and --package are for cases for SDKs');
  });

  test('with --github its failures are annotated at the line of sdk.yaml, and waivers at theirs', async () => {
    const stale = `
  - { versions: [1.0.0], cases: ['sdk/delete_backup/202/**'], check: sdk/code, since: 2026-01-01, expires: 2099-01-01,
      reason: 'the code is not read', evidence: 'seen in a test' }`;
    const folder = standInSdk('drops-code', stale);
    const page = join(cwd, 'summary.md');
    writeFileSync(page, '');
    const env = { GITHUB_WORKSPACE: folder, GITHUB_STEP_SUMMARY: page };
    const { stderr } = await gate(folder, [...declared, '--github'], env);
    expect(stderr).toMatch(/^::error file=sdk\.yaml,line=10,title=.*\(stand-in 1\.0\.0\)::sdk\/code: /m);
    expect(stderr).toMatch(/^::error file=waivers\.yaml,line=2,/m);
    expect(readFileSync(page, 'utf8')).toMatch(/sdk\/code[^]*\| `sdk\/delete_backup\/202\/no-content` \|/);
  });

  test('a folder without sdk.yaml is refused', async () => {
    const { exit, stderr } = await gate(cwd, []);
    expect(exit).toBe(2);
    expect(stderr).toMatch(/There is no sdk\.yaml in .*\n.*sdk init NAME/);
  });
});

describe('sdk init', () => {
  test('makes a folder for each language that sdk list can read', async () => {
    const languages = ['python', 'python-asyncio', 'js', 'java', 'go', 'csharp'];
    for (const language of languages) {
      const made = await cli.run(['sdk', 'init', `my-${language}`, '--language', language], { cwd });
      expect(made).toMatchObject({ exit: 0, stderr: '' });
      expect(made.stdout).toContain(`sdk --sdk my-${language} --package FILE`);
    }
    const listed = languages.flatMap((language) => ['--sdk', `my-${language}`]);
    const { exit, stdout } = await cli.run(['sdk', 'list', ...listed], { cwd });
    expect(exit).toBe(0);
    for (const language of languages) expect(stdout).toMatch(new RegExp(`^my-${language}: `, 'm'));
  });

  test('overwrites nothing, and refuses a name that sdk.yaml does not allow', async () => {
    await cli.run(['sdk', 'init', 'twice', '--language', 'js'], { cwd });
    expect(await cli.run(['sdk', 'init', 'twice', '--language', 'go'], { cwd })).toMatchObject({ exit: 2 });
    expect(existsSync(join(cwd, 'twice', 'main.go.template'))).toBe(false);
    expect(await cli.run(['sdk', 'init', '../up', '--language', 'go'], { cwd })).toMatchObject({ exit: 2 });
    expect(existsSync(join(cwd, '..', 'up'))).toBe(false);
  });
});

test.each([
  [['sdk', 'list', 'extra'], 'sdk list'],
  [['sdk', 'prepare', '--wrong'], 'sdk prepare'],
  [['specs', 'check', '--wrong'], 'specs check'],
])('%j is a usage error that names the help', async (args, command) => {
  const { exit, stderr } = await cli.run(args, { cwd });
  expect(exit).toBe(2);
  expect(stderr).toContain(`pinecone-contract ${command} --help`);
});

function gate(folder: string, args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return cli.run(['sdk', '--sdk', folder, '--no-isolation', ...args], { cwd, env });
}
