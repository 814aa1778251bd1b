import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, emptyFolder, type Ended, serve } from './testing/cli.ts';
import { packageVersion } from './core/package-files.ts';

const key = { PINECONE_API_KEY: 'pcsk_cli_0123456789abcdef' };
const one = ['--case', 'delete_backup/404/**'];

/** An error that a person can use: what, then what to do, and nothing of our inside. */
function output({ stdout, stderr }: Ended): string {
  expect(stdout).toBe('');
  expect(stderr).not.toMatch(/^ +at |node:internal|\.js:\d+/m);
  const lines = stderr.trimEnd().split('\n');
  expect(lines[0]).toMatch(/^error: \S/);
  expect(lines.at(-1)).toMatch(/^ {2}\S/);
  return lines.join('\n');
}

describe('help', () => {
  it('lists the commands', async () => {
    const { exit, stdout, stderr } = await cli.run(['--help']);
    expect([exit, stderr]).toEqual([0, '']);
    const names = [...stdout.matchAll(/^ {2}([a-z]+) \[options\]/gm)].map(([, name]) => name);
    expect(names).toEqual([
      'run',
      'cases',
      'explain',
      'record',
      'compare',
      'report',
      'sdk',
      'sweep',
      'specs',
      'diff',
      'lint',
      'init',
      'doctor',
      'config',
      'mock',
      'completion',
    ]);
  });

  it('says the version', async () => {
    expect(await cli.run(['--version'])).toEqual({ exit: 0, stdout: `${packageVersion}\n`, stderr: '' });
  });

  it('of one command loads that one', async () => {
    const { exit, stdout, stderr } = await cli.run(['explain', '--help']);
    expect([exit, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^Usage: pinecone-contract explain \[options\] <case>/);
  });

  it('is shown where no command is given, and nothing was done', async () => {
    const { exit, stderr } = await cli.run([]);
    expect(exit).toBe(2);
    expect(stderr).toMatch(/^Usage: pinecone-contract \[options\] \[command\]/);
  });
});

describe('wrong usage is exit 2, one error and a hint', () => {
  it.for([
    ['an unknown command', ['fly'], /unknown command 'fly'\n {2}The commands: pinecone-contract --help/],
    ['a slip of the pen', ['run', '--stict'], /'--stict'\n\(Did you mean --strict\?\)\n {2}Its .* run --help/],
    ['too little', ['explain'], /missing required argument 'case'/],
    ['a shard beyond the last', ['run', '--shard', '3/2'], /It must be I\/N with 1 ≤ I ≤ N, such as 1\/3\./],
    ['a number that is none', ['run', '--timeout', 'soon'], /It must be a whole number from 1 to 2147483647\./],
    ['more shards than cases', ['run', ...one, '--shard', '2/2'], /no case is selected.*\n {2}Use fewer shards\./],
    ['a glob that matches nothing', ['run', '--case', 'delete_backup/405/**'], /no case matches --case 'delete_/],
    ['another operation', ['run', 'delete_backups'], /no operation delete_backups\n {2}Close to it: delete_backup\./],
    ['no such document', ['run', '--spec', 'none.yaml'], /no file none\.yaml/],
    ['a folder as document', ['cases', '--spec', '.'], /\. is a directory/],
    ['no such suite', ['run', '--suite', 'none'], /none has no suite\.yaml/],
    ['no such waivers', ['run', '--waivers', 'none.yaml'], /none\.yaml cannot be read/],
    ['a target that is none', ['run', '--target', 'localhost:8080'], /neither mock, fixtures nor a URL/],
    ['no such case', ['explain', 'delete_backup/404/none'], /there is no case delete_backup\/404\/none/],
    ['too much for a subcommand', ['specs', 'check', 'extra'], /Expected 0 .*\n {2}Its .* specs check --help/],
    ['a word inside of ids', ['run', '--case', 'nothing'], /no case matches --case 'nothing'\n {2}A word stands for/],
    ['a misspelt word', ['run', '--case', 'bakup-not-found'], /Close to it: backup-not-found/],
    ['a sweep of no URL', ['sweep', '--target', 'foo'], /--target foo is no URL/],
    ['no run to repeat', ['run', '--only-failed', 'none.json'], /none\.json could not be read: there is no such file/],
    ['no such run', ['compare', 'a.json', 'b.json'], /a\.json could not be read/],
    ['fixtures of no server', ['record'], /recorded from a live server, no server is named\n {2}Name one: --target/],
    ['fixtures of the mock', ['record', '--target', 'mock'], /recorded from a live server, not from the mock/],
    ['a port that is none', ['mock', '--port', '70000'], /Give a whole number from 0 to 65535\./],
    [
      'reports where there is a file',
      ['run', ...one, '--reports', '/dev/null/x'],
      /cannot be written to \/dev\/null\/x/,
    ],
  ] as const)('%s', async ([, args, want]) => {
    const ended = await cli.run(args);
    expect(ended.exit).toBe(2);
    expect(output(ended)).toMatch(want);
  });

  it.for([
    ['an empty file', '', /is empty/],
    ['10 MB of noise', Buffer.alloc(10_000_000, Buffer.from([0x80, 0x00, 0xff, 0x41, 0x0a])), /is not UTF-8 text/],
    ['10 MB of text', 'x: [y, z\n'.repeat(1_150_000), /is not an OpenAPI document/],
    ['broken YAML', 'openapi: 3.0.3\npaths: {\n', /own\.yaml:3:1: /],
    ['Swagger 2.0', 'swagger: "2.0"\ninfo: { title: x, version: "1" }\npaths: {}\n', /Swagger "2\.0"/],
  ] as const)('a document that is %s', async ([, content, want]) => {
    const cwd = emptyFolder();
    writeFileSync(join(cwd, 'own.yaml'), content);
    const ended = await cli.run(['run', '--spec', 'own.yaml'], { cwd });
    expect(ended.exit).toBe(2);
    expect(output(ended)).toMatch(want);
    expect(readdirSync(cwd)).toEqual(['own.yaml']);
  });

  it.for([
    ['a URL without a key', 'http://127.0.0.1:9', {}, /PINECONE_API_KEY is not set/],
    ['a key with a line break', 'http://127.0.0.1:9', { PINECONE_API_KEY: 'pcsk_x\n' }, /PINECONE_API_KEY holds/],
    ['a port beyond the last', 'http://127.0.0.1:99999', key, /neither mock, fixtures nor an http\(s\) URL/],
    ['the production host', 'https://api.pinecone.io', key, /--allow-production/],
    ['a host elsewhere', 'https://staging.example.com', key, /--allow-destructive/],
    ['a URL with a password', 'http://me:secret@127.0.0.1:9', key, /has credentials in it/],
  ] as const)('a target that is %s', async ([, target, env, want]) => {
    const ended = await cli.run(['run', '--target', target], { env });
    expect(ended.exit).toBe(2);
    expect(output(ended)).toMatch(want);
    expect(ended.stderr).not.toMatch(/me:secret|pcsk_/);
  });

  it('a port that is taken', async () => {
    const origin = await serve((_, response) => response.end());
    const ended = await cli.run(['mock', '--port', new URL(origin).port]);
    expect(output(ended)).toMatch(/in use/);
    expect(ended.exit).toBe(2);
  });
});

describe('what is printed', () => {
  it('cases says how each is provoked', async () => {
    const { stdout } = await cli.run(['cases', '--case', 'delete_backup/412/**']);
    expect(stdout).toMatchInlineSnapshot(`
      "delete_backup/412/application-json/pending-restore
          must get 412, application/json, such as pending-restore
          given a backup with a pending restore job
      "
    `);
  });

  it('cases --json is one JSON document', async () => {
    const { stdout } = await cli.run(['cases', '--json']);
    const cases = JSON.parse(stdout) as readonly unknown[];
    expect(stdout).toBe(`${JSON.stringify(cases, null, 2)}\n`);
    expect(cases.length).toBeGreaterThan(80);
  });

  it('explain shows the promise, the document and how to see it by hand', async () => {
    const { exit, stdout } = await cli.run(['explain', 'delete_backup/404/application-json/backup-not-found']);
    expect(exit).toBe(0);
    for (const part of [
      'Given\n  no such backup',
      'Steps\n  1. delete_backup: DELETE /backups/{backup_id}\n     must get 404, application/json',
      "run delete_backup --case 'delete_backup/404/application-json/backup-not-found'",
    ]) {
      expect(stdout).toContain(part);
    }
    expect(stdout).toMatch(/By hand\n(.*\n)+ +curl /);
  });

  it.for([
    ['two at once', 'delete_backup/probe/effect/two-deletes-together', '     one must get 202'],
    ['generated ids', 'delete_backup/probe/identity/generated', ' times a generated id: DELETE'],
    ['a look', 'delete_backup/probe/effect/goes', '{backup_id} is gone, seen through the observer "one"'],
    ['a hazard', 'delete_backup/probe/path/collection', '  never on a shared target: '],
    ['an exemption', 'delete_backup/500/application-json/internal-server-error', '  exempt on live: '],
  ] as const)('explain shows %s', async ([, id, want]) => {
    const { exit, stdout } = await cli.run(['explain', id]);
    expect(exit).toBe(0);
    expect(stdout).toContain(want);
  });
});

it.for([
  ['a states file', ['--states', 'nofile.yaml']],
  ['a rate', ['--rate', '5']],
  ['consent to delete', ['--allow-destructive']],
  ['what its last night had, without the target', ['--states', 'nofile.yaml', '--rate', '5', '--allow-destructive']],
] as const)('run refuses %s for the mock: a run that lost its target must not be green', async ([, args]) => {
  const { exit, stderr } = await cli.run(['run', ...args]);
  expect(stderr).toMatch(
    /^error: --[a-z, -]+ needs a live target, and this run is against the mock\n {2}Name the server/,
  );
  expect(exit).toBe(2);
});

it('a filtered run says how much of the contract it showed', async () => {
  const { exit, stdout } = await cli.run(['run', '--case', 'delete_backup/404/**']);
  expect(stdout).toMatch(/exit 0: the contract held in 1 of \d{3} cases/);
  expect(exit).toBe(0);
});
