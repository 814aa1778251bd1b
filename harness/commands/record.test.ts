import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { packageRoot } from '../core/package-files.ts';
import { cli, emptyFolder, type Ended, startMockCommand } from '../testing/cli.ts';
import { fastifyKey, fastifyStates, type Mistake, startFastify } from '../testing/servers/fastify-server.ts';
import { installInto } from '../testing/installed.ts';

const env = { PINECONE_API_KEY: fastifyKey };
const declared = ['--case', 'delete_backup/[0-9]*/**'];
const five = [
  '202.no-content.json',
  '401.application-json.unauthorized.json',
  '404.application-json.backup-not-found.json',
  '412.application-json.pending-restore.json',
  '500.application-json.internal-server-error.json',
];

async function startServer(...mistakes: readonly Mistake[]): Promise<string> {
  const server = await startFastify(new Set(mistakes));
  onTestFinished(server.close);
  return server.origin;
}

/** A folder with no more than a states file in it. */
function project(): string {
  const cwd = emptyFolder();
  writeFileSync(join(cwd, 'states.yaml'), fastifyStates);
  return cwd;
}

function record(cwd: string, origin: string, ...more: readonly string[]): Promise<Ended> {
  return cli.run(['record', '--target', origin, '--states', 'states.yaml', ...more], { cwd, env });
}

function replay(cwd: string, ...more: readonly string[]): Promise<Ended> {
  return cli.run(['run', '--target', 'fixtures', ...declared, ...more], { cwd });
}

describe('recordings are in the project of the user', () => {
  it('an installed package stays as it is, and the recordings are replayed', async () => {
    const cwd = project();
    const installed = installInto(cwd);
    const before = installed.hash();
    const mock = await startMockCommand(fastifyKey, '--quiet');
    writeFileSync(join(cwd, 'states.yaml'), readFileSync(join(packageRoot, 'suites/delete_backup/states.yaml')));
    const place = { cwd, env, cli: installed.cli };
    const args = ['record', '--target', mock.origin, '--states', 'states.yaml'];
    const recorded = await cli.run(args, place);
    expect(recorded.exit, recorded.stderr + recorded.stdout).toBe(0);
    expect(recorded.stdout).toContain('run --target fixtures --fixtures fixtures\n');
    expect(readdirSync(join(cwd, 'fixtures'))).toEqual(five);
    const inside = join(cwd, 'node_modules/pinecone-contract/suites/delete_backup/fixtures');
    const refused = await cli.run([...args, '--fixtures', inside], place);
    expect(refused.exit).toBe(2);
    expect(refused.stderr).toMatch(/belongs to an installed package\n {2}Name a folder of your project: --fixtures/);
    const out = await cli.run([...args, '--out', inside], place);
    expect(out.exit).toBe(2);
    expect(installed.hash()).toBe(before);
    const replayed = await cli.run(['run', '--target', 'fixtures', '--fixtures', 'fixtures', ...declared], place);
    expect(replayed.exit, replayed.stdout).toBe(0);
    expect(replayed.stdout).toMatch(/5 of 5 proved/);
    const shipped = await cli.run(['run', '--target', 'fixtures', ...declared], place);
    expect(shipped.exit, shipped.stdout).toBe(0);
    expect(installed.hash()).toBe(before);
  });

  it('the configuration names the folder for both commands', async () => {
    const cwd = project();
    const origin = await startServer();
    const staging = `{ url: '${origin}', states: states.yaml }`;
    writeFileSync(join(cwd, 'pinecone-contract.config.yaml'), `fixtures: recorded\ntargets:\n  staging: ${staging}\n`);
    const recorded = await cli.run(['record', 'staging'], { cwd, env });
    expect(recorded.exit, recorded.stderr + recorded.stdout).toBe(0);
    expect(readdirSync(join(cwd, 'recorded'))).toEqual(five);
    expect((await replay(cwd)).exit).toBe(0);
    rmSync(join(cwd, 'recorded', five[2] ?? ''));
    expect((await replay(cwd)).exit).toBe(3);
  });
});

describe('the recordings of a faulty server are not green', () => {
  it('what it did wrong is not recorded, and its replay says so', async () => {
    const cwd = project();
    const recorded = await record(cwd, await startServer('wrong-status'));
    expect(recorded.exit).toBe(1);
    expect(recorded.stdout).toMatch(/^not recorded {2}delete_backup\/412\/.*: it violates the contract: /m);
    expect(readdirSync(join(cwd, 'fixtures'))).toEqual(five.filter((name) => !name.startsWith('412')));
    const replayed = await replay(cwd, '--fixtures', 'fixtures');
    expect(replayed.exit).toBe(3);
    expect(replayed.stdout.replace(/\s+/g, ' ')).toContain('4 of 5 proved');
    expect(replayed.stdout).toContain('fixtures/412.application-json.pending-restore.json');
  });

  it('an answer that violates the contract fails, and the command to repeat it names the folder', async () => {
    const cwd = project();
    await record(cwd, await startServer());
    const file = join(cwd, 'fixtures', five[3] ?? '');
    const text = readFileSync(file, 'utf8');
    expect(text).toContain('"status": 412');
    writeFileSync(file, text.replace(/("nock"[^]*?"status": )412/, '$1409'));
    const replayed = await replay(cwd, '--fixtures', 'fixtures');
    expect(replayed.exit).toBe(1);
    expect(replayed.stdout.replace(/\s+/g, ' ')).toContain('--target fixtures --fixtures fixtures');
  });
});

describe('the folder that is named', () => {
  it('has to exist', async () => {
    const { exit, stderr } = await replay(emptyFolder(), '--fixtures', 'none');
    expect(stderr).toMatch(/there is no folder none with fixtures/);
    expect(exit).toBe(2);
  });

  it('means nothing to another target', async () => {
    const { exit, stderr } = await cli.run(['run', '--fixtures', 'fixtures']);
    expect(stderr).toMatch(/--fixtures needs --target fixtures, and this run is against mock/);
    expect(exit).toBe(2);
  });

  it('may not hold the fixtures of another operation', async () => {
    const cwd = project();
    const shipped = join(packageRoot, 'suites/delete_backup/fixtures');
    cpSync(join(shipped, five[2] ?? ''), join(cwd, 'fixtures', five[2] ?? ''));
    const file = join(cwd, 'fixtures', five[2] ?? '');
    const text = readFileSync(file, 'utf8').replace('"delete_backup/404', '"describe_backup/404');
    writeFileSync(file, text);
    const { exit, stderr } = await record(cwd, await startServer());
    expect(stderr).toMatch(/fixtures holds the fixture of describe_backup\/404\//);
    expect(exit).toBe(2);
    expect(readFileSync(file, 'utf8')).toBe(text);
  });
});

it('the help of record has no default that record refuses', async () => {
  const { stdout } = await cli.run(['record', '--help']);
  expect(stdout).toMatch(/--target <url> /);
  expect(stdout).not.toMatch(/default: "?mock/);
  expect(existsSync(join(packageRoot, 'fixtures'))).toBe(false);
});
