import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cli, emptyFolder, serve, startMockCommand } from './testing/cli.ts';
import { packageRoot } from './core/package-files.ts';
import type { RunRecord } from './model/record.ts';

const key = { PINECONE_API_KEY: 'pcsk_cli_0123456789abcdef' };
const states = join(packageRoot, 'suites', 'delete_backup', 'states.yaml');
const declared = ['--case', 'delete_backup/[0-9]*/**'];
const one = ['--case', 'delete_backup/404/**'];

/** The shipped suite in a folder of its own, where it can be changed. */
function ownSuite(cwd: string, change: (text: string) => string = (text) => text): string {
  const text = readFileSync(join(packageRoot, 'suites', 'delete_backup', 'suite.yaml'), 'utf8');
  mkdirSync(join(cwd, 'suite'));
  writeFileSync(join(cwd, 'suite', 'suite.yaml'), change(text).replace('../../specs', join(packageRoot, 'specs')));
  return 'suite';
}

describe('the outcome of a run is its exit code', () => {
  it('0: the contract held', async () => {
    const cwd = emptyFolder();
    const { exit, stdout, stderr } = await cli.run(['run'], { cwd });
    expect(stderr).not.toMatch(/error/i);
    expect(stdout).toMatch(/Declared responses {2}5 of 5 proved/);
    expect(stdout).toMatch(/exit 0: the contract held/);
    expect(exit).toBe(0);
    expect(readdirSync(join(cwd, 'reports')).sort()).toEqual([
      'ctrf.json',
      'index.html',
      'junit.xml',
      'run.har',
      'run.json',
      'summary.md',
    ]);
  });

  it('0: the fixtures honour it as well', async () => {
    const { exit, stdout } = await cli.run(['run', '--target', 'fixtures', ...declared]);
    expect(stdout).toMatch(/5 of 5 proved/);
    expect(exit).toBe(0);
  });

  it('1: it was violated', async () => {
    const origin = await serve((_, response) => response.writeHead(200, { 'content-length': 0 }).end());
    const { exit, stdout } = await cli.run(['run', '--target', origin, '--states', states, ...declared], { env: key });
    expect(exit).toBe(1);
    expect(stdout).toMatch(/Failures/);
    expect(stdout).toMatch(/exit 1: 5 cases violated the contract/);
  });

  it.for([
    ['nobody listens', undefined, /nothing\s+listens/],
    ['every key is refused', 401, /every request that carried the API key was answered 401/],
    ['it asks for patience', 429, /was throttled \(429\)/],
  ] as const)('3: %s', async ([, status, want]) => {
    const body = JSON.stringify({ error: { code: 'UNAUTHENTICATED', message: 'Invalid API key.' }, status });
    const length = Buffer.byteLength(body);
    const headers = { 'content-type': 'application/json', 'content-length': length, 'retry-after': '3600' };
    const origin =
      status === undefined
        ? 'http://127.0.0.1:9'
        : await serve((_, response) => response.writeHead(status, headers).end(body));
    const { exit, stdout } = await cli.run(['run', '--target', origin, '--states', states, ...declared], { env: key });
    expect(stdout).toMatch(want);
    expect(exit).toBe(3);
  });

  it('4: a response stayed unproved', async () => {
    const cwd = emptyFolder();
    ownSuite(cwd, (text) => text.replace(/^ {2}'412'.*\n/m, '').replace(", locked: '412'", ''));
    const { exit, stdout } = await cli.run(['run', '--suite', 'suite', ...declared], { cwd });
    expect(stdout).toMatch(/\? 412 {2}unproved/);
    expect(stdout).toMatch(/exit 4: nothing proved 412/);
    expect(exit).toBe(4);
  });

  it('130: Ctrl-C, with what was found until then', async () => {
    const cwd = emptyFolder();
    let asked: () => void = () => undefined;
    const began = new Promise<void>((resolve) => (asked = resolve));
    const origin = await serve(() => asked());
    const running = cli.start(['run', '--target', origin, '--states', states, '--timeout', '60000'], { cwd, env: key });
    await began;
    running.child.kill('SIGINT');
    const { exit, stderr } = await running.ended;
    expect(stderr).toContain('stopping');
    expect(exit).toBe(130);
    const run = JSON.parse(readFileSync(join(cwd, 'reports', 'run.json'), 'utf8')) as RunRecord;
    expect(run.outcome).toMatchObject({
      exit: 130,
      because: expect.stringMatching(
        /^the run was interrupted after \d+ of \d+ cases; \d+ cases? did not run$/,
      ) as string,
    });
  });

  it('a reader that has seen enough changes nothing', async () => {
    const cwd = emptyFolder();
    const running = cli.start(['run', ...one, '--verbose'], { cwd });
    running.child.stdout?.destroy();
    const { exit, stderr } = await running.ended;
    expect([exit, stderr.includes('EPIPE')]).toEqual([0, false]);
    expect(existsSync(join(cwd, 'reports', 'run.json'))).toBe(true);
  });
});

describe('what is printed', () => {
  it('--json prints what run.json holds, and nothing to stderr', async () => {
    const cwd = emptyFolder();
    const { stdout, stderr } = await cli.run(['run', '--json', ...one], { cwd });
    expect(stdout).toBe(readFileSync(join(cwd, 'reports', 'run.json'), 'utf8'));
    expect(stderr).toBe('');
  });

  it('--json of a run that fails is one JSON document', async () => {
    const { exit, stdout } = await cli.run(['run', '--json', '--target', 'fixtures', '--case', '**/probe/auth/*']);
    expect(stdout).toBe(`${JSON.stringify(JSON.parse(stdout), null, 2)}\n`);
    expect(exit).toBe(4);
  });

  it.for([[{}], [{ NO_COLOR: '1', TERM: 'xterm-256color' }]] as const)(
    'fits 80 columns, without colour, where it does not go to a terminal: %j',
    async ([env]) => {
      const { stdout, stderr } = await cli.run(['run', ...declared, '--verbose'], { env });
      expect(stdout + stderr).not.toContain('\u001b');
      // What cannot be broken, such as a path, may be longer.
      const long = stdout.split('\n').filter((line) => line.length > 80);
      expect(
        long.filter((line) =>
          line
            .trim()
            .split(' ')
            .every((word) => word.length < 60),
        ),
      ).toEqual([]);
    },
  );

  it('--quiet prints what is red, and nothing of a green run', async () => {
    expect(await cli.run(['run', '--quiet', ...one])).toEqual({ exit: 0, stdout: '', stderr: '' });
    const target = ['--target', await serve((_, response) => response.end()), ...one];
    const { exit, stdout, stderr } = await cli.run(['run', '--quiet', ...target], { env: key });
    expect([exit, stderr]).toEqual([1, '']);
    expect(stdout).toMatch(/1 case, 0 passed, 1 failed/);
    expect(stdout).not.toContain('Declared responses');
  });

  it('the same seed gives the same ids', async () => {
    const id = async (seed: string): Promise<unknown> => {
      const { stdout } = await cli.run(['run', '--json', '--seed', seed, '--case', '**/identity/generated']);
      const run = JSON.parse(stdout) as RunRecord;
      expect(run.seed).toBe(Number(seed));
      return run.cases[0]?.exchanges.map(({ request }) => request.url.replace(/^.*\/|[0-9a-f-]{36}$/g, ''));
    };
    const [first, again, other] = [await id('5'), await id('5'), await id('6')];
    expect(again).toEqual(first);
    expect(other).not.toEqual(first);
  });
});

describe('parts of a run', () => {
  it('shards are the whole of it', async () => {
    const ids = async (...args: readonly string[]): Promise<readonly string[]> => {
      const { stdout } = await cli.run(['run', '--json', ...declared, ...args]);
      return (JSON.parse(stdout) as RunRecord).cases.map(({ id }) => id);
    };
    const shards = await Promise.all([ids('--shard', '1/2'), ids('--shard', '2/2')]);
    expect(shards.map((shard) => shard.length)).toEqual([3, 2]);
    expect(shards.flat().sort()).toEqual([...(await ids())].sort());
  });

  it('--only-failed runs what was red in another run, and --fail-fast stops at the first of them', async () => {
    const cwd = emptyFolder();
    const origin = await serve((_, response) => void response.writeHead(418, { 'content-length': 0 }).end());
    const args = ['run', '--target', origin, '--states', states, '--quiet', '--concurrency', '1'];
    await cli.run([...args, '--case', '404', '--case', '412', '--case', '202', '--reports', 'first'], {
      cwd,
      env: key,
    });
    const onlyFailed = [...args, '--only-failed', 'first/run.json'];
    const again = await cli.run([...onlyFailed, '--reports', 'again'], { cwd, env: key });
    expect(again.stdout).toMatch(/exit 1: 3 cases violated the contract$/m);
    const stopped = await cli.run([...onlyFailed, '--fail-fast', '--reports', 'stopped'], { cwd, env: key });
    expect(stopped.stdout).toMatch(
      /exit 1: (1 case violated the contract; 2 cases|2 cases violated .*; 1 case) did not run$/m,
    );
    const green = await cli.run(['run', '--only-failed', 'none.json'], { cwd });
    expect(green.exit).toBe(2);
  });

  it('--repeat tells a flake, and one that is known can be waived', async () => {
    const cwd = emptyFolder();
    let asked = 0;
    const origin = await serve((_, response) => {
      asked += 1;
      response.writeHead(asked === 2 ? 200 : 202, { 'content-length': 0 }).end();
    });
    const args = ['run', '--target', origin, '--states', states, '--case', 'delete_backup/202/**', '--repeat', '3'];
    const first = await cli.run([...args, '--propose-waivers', 'proposed.yaml'], { cwd, env: key });
    expect(first.exit).toBe(1);
    expect(first.stdout).toMatch(/different verdicts in 3 runs/);
    const waivers = readFileSync(join(cwd, 'proposed.yaml'), 'utf8')
      .replaceAll('reason: ""', 'reason: deletion is not yet steady')
      .replaceAll('issue: ""', 'issue: https://example.com/1');
    writeFileSync(join(cwd, 'waivers.yaml'), waivers);
    asked = 0;
    const second = await cli.run([...args, '--waivers', 'waivers.yaml'], { cwd, env: key });
    expect(second.stdout).toMatch(/1 waived/);
    expect(second.exit).toBe(0);
    asked = 2;
    const third = await cli.run([...args, '--waivers', 'waivers.yaml'], { cwd, env: key });
    expect(third.stdout).toMatch(/is no\s+longer needed/);
    expect(third.exit).toBe(1);
  });

  it('a run can be compared with another: no drift is 0, drift is 1', async () => {
    const cwd = emptyFolder();
    await cli.run(['run', ...declared, '--reports', 'mock'], { cwd });
    await cli.run(['run', ...declared, '--target', 'fixtures', '--reports', 'fixtures'], { cwd });
    const same = await cli.run(['compare', 'mock/run.json', 'fixtures/run.json'], { cwd });
    expect(same).toMatchObject({ exit: 0, stdout: 'mock → fixtures: no drift in 5 cases that both tried\n' });
    const text = readFileSync(join(cwd, 'mock', 'run.json'), 'utf8');
    writeFileSync(join(cwd, 'other.json'), text.replaceAll('"status": 412', '"status": 409'));
    const other = await cli.run(['compare', 'mock/run.json', 'other.json'], { cwd });
    expect(other.exit).toBe(1);
    expect(other.stdout).toMatch(/delete_backup\/412\/.*\n {2}delete_backup: status\n {4}- 412\n {4}\+ 409/);
    const json = await cli.run(['compare', '--json', 'mock/run.json', 'other.json'], { cwd });
    expect(JSON.parse(json.stdout)).toMatchObject({ compared: 5, drifts: [{ before: '412', after: '409' }] });
    expect(json.exit).toBe(1);
  });

  it('what a live run recorded can be replayed', async () => {
    const cwd = emptyFolder();
    const mock = await startMockCommand(key.PINECONE_API_KEY, '--quiet');
    const args = ['--target', mock.origin, '--states', states];
    ownSuite(cwd);
    const recorded = await cli.run(['record', '--suite', 'suite', ...args], { cwd, env: key });
    expect(recorded.stdout.match(/^recorded /gm)).toHaveLength(5);
    expect(recorded.exit).toBe(0);
    mock.child.kill('SIGTERM');
    expect((await mock.ended).exit).toBe(0);
    const replayed = await cli.run(['run', '--suite', 'suite', '--target', 'fixtures', ...declared], { cwd });
    expect(replayed.stdout).toMatch(/5 of 5 proved/);
    expect(readdirSync(join(cwd, 'suite', 'fixtures'))).toHaveLength(5);
    const refused = await cli.run(['record', '--suite', 'suite', ...args, '--out', 'other'], { cwd, env: key });
    expect(refused.exit).toBe(3);
    expect(existsSync(join(cwd, 'other'))).toBe(false);
  });

  it('the mock ends with Ctrl-C, and says so', async () => {
    const mock = await startMockCommand(key.PINECONE_API_KEY);
    mock.child.kill('SIGINT');
    expect((await mock.ended).exit).toBe(130);
  });
});
