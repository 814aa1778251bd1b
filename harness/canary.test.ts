import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { cli, emptyFolder, type Ended, serve, startMockCommand } from './testing/cli.ts';
import { packageRoot } from './core/package-files.ts';

/** The key must come out nowhere: not in a report, a fixture, a log line, an error, or the command line of a child. */
const canary = 'pcsk_Canary9_x7Qm2Lk4Vt8Zr3Wb6Yp1Ns5';
const env = { PINECONE_API_KEY: canary };
const states = join(packageRoot, 'suites', 'delete_backup', 'states.yaml');
/** As it is, cut short, in other letter case, percent-encoded, and in base64 whatever stands before it. */
const forms: readonly RegExp[] = [
  new RegExp(canary.slice(0, 14), 'i'),
  new RegExp(canary.slice(14, 28), 'i'),
  new RegExp(Array.from(Buffer.from(canary.slice(5, 15)), (byte) => `%(25)?${byte.toString(16)}`).join(''), 'i'),
  ...[0, 1, 2].map((before) => {
    const text = Buffer.from('-'.repeat(before) + canary).toString('base64');
    return new RegExp(text.slice(8, 24).replace(/[+/]/g, '.'));
  }),
];

const showsKey = (text: string): boolean => forms.some((form) => form.test(text));

it('would be seen in any of these forms', () => {
  const base64 = (text: string): string => Buffer.from(text).toString('base64');
  for (const text of [
    canary,
    canary.toUpperCase(),
    canary.slice(0, 20),
    `a=${canary}`,
    base64(canary),
    base64(`x${canary}`),
    base64(`{"k":"${canary}"}`),
    canary.replace(/./g, (letter) => `%${letter.charCodeAt(0).toString(16)}`),
  ]) {
    expect(showsKey(text), text).toBe(true);
  }
  expect(showsKey('pcsk_<api-key> Canary')).toBe(false);
});

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((file) => statSync(file).isFile());
}

/** Everything that was printed, and every file that was left. */
function expectNoKey(ended: Ended, folder: string): void {
  const texts = new Map([
    ['stdout', ended.stdout],
    ['stderr', ended.stderr],
    ...filesBelow(folder).map((file) => [file, readFileSync(file, 'latin1')] as const),
  ]);
  expect([...texts].filter(([name, text]) => showsKey(name) || showsKey(text)).map(([name]) => name)).toEqual([]);
}

it('a whole run against a live server, its waivers and its fixtures hold no key', async () => {
  const cwd = emptyFolder();
  const mock = await startMockCommand(canary, '--port', '0');
  const target = ['--target', mock.origin, '--states', states];
  const run = await cli.run(['run', ...target, '--verbose', '--strict', '--propose-waivers', 'waivers.yaml'], {
    cwd,
    env,
  });
  expect(run.stdout).toMatch(/5 of 5 proved/);
  expectNoKey(run, cwd);
  const recorded = await cli.run(['record', ...target, '--out', 'fixtures'], { cwd, env });
  expect(recorded.stdout).toMatch(/^recorded /m);
  expectNoKey(recorded, cwd);
  expect(filesBelow(cwd).length).toBeGreaterThan(9);
  mock.child.kill('SIGTERM');
  expectNoKey(await mock.ended, cwd);
});

/** Tells all it was told, in every place and spelling that an answer has. */
async function parrot(status: number): Promise<string> {
  return serve((request, response) => {
    const said = JSON.stringify({ url: request.url, headers: request.rawHeaders });
    const key = String(request.headers['api-key'] ?? '');
    const body = JSON.stringify({
      error: { code: key, message: `${said} ${encodeURIComponent(key)} ${Buffer.from(`k=${key}`).toString('base64')}` },
      [key]: key.toUpperCase(),
      status,
    });
    response.writeHead(status, key === '' ? 'No' : `No ${key}`, {
      'content-type': `application/json; key="${key}"`,
      'set-cookie': `key=${key}`,
      'x-key': Buffer.from(said).toString('base64'),
      location: `/${key}?key=${key}`,
      'content-length': Buffer.byteLength(body),
    });
    response.end(body);
  });
}

it.for([200, 307, 404, 429, 500])('a server that repeats the key with %i gets it into nothing', async (status) => {
  const cwd = emptyFolder();
  const origin = await parrot(status);
  const some = ['--case', 'delete_backup/[0-9]*/**', '--case', '**/auth/**', '--case', '**/effect/goes'];
  const args = ['run', '--target', origin, '--states', states, ...some, '--verbose', '--repeat', '2'];
  const run = await cli.run([...args, '--propose-waivers', 'waivers.yaml'], { cwd, env });
  expect([1, 3]).toContain(run.exit);
  expectNoKey(run, cwd);
  const text = readFileSync(join(cwd, 'reports', 'run.json'), 'utf8');
  expect(text).toContain('<api-key>');
});

it('a server that writes the key where no HTTP is gets it into nothing', async () => {
  const cwd = emptyFolder();
  const origin = await serve((request, response) => {
    const key = String(request.headers['api-key']);
    response.socket?.end(`HTTP/1.1 ${key}\r\nX ${key}\r\nContent-Length: 5\r\nContent-Length: 9\r\n\r\n${key}`);
  });
  const some = ['--case', 'delete_backup/[0-9]*/**'];
  const run = await cli.run(['run', '--target', origin, '--states', states, ...some], { cwd, env });
  expect([1, 3]).toContain(run.exit);
  expectNoKey(run, cwd);
});

it('a record of it and its errors hold no key', async () => {
  const cwd = emptyFolder();
  const origin = await parrot(404);
  const recorded = await cli.run(['record', '--target', origin, '--states', states, '--out', 'fixtures'], { cwd, env });
  expect(recorded.stdout).toMatch(/not recorded/);
  expectNoKey(recorded, cwd);
});

it.for([
  [
    'an address that nobody has',
    ['run', '--target', 'http://127.0.0.1:9', '--states', states, '--case', '**/404/**'],
    /nothing/,
  ],
  ['states that are no states', ['run', '--target', 'http://127.0.0.1:9', '--states', 'none.yaml'], /cannot be read/],
  ['a host elsewhere', ['run', '--target', 'https://staging.example.com'], /--allow-destructive/],
] as const)('%s: the error holds no key', async ([, args, want]) => {
  const cwd = emptyFolder();
  const ended = await cli.run(args, { cwd, env });
  expect(ended.stdout + ended.stderr).toMatch(want);
  expectNoKey(ended, cwd);
});

it('no process that a run starts has the key among its arguments', async () => {
  // Where there is no /proc, there is nothing to look at.
  const seen: string[] = [];
  let looked = 0;
  const origin = await serve((_, response) => {
    looked += 1;
    for (const id of existsSync('/proc') ? readdirSync('/proc').filter((name) => /^\d+$/.test(name)) : []) {
      try {
        seen.push(readFileSync(`/proc/${id}/cmdline`, 'utf8'));
      } catch {
        // It has ended meanwhile.
      }
    }
    response.writeHead(404).end();
  });
  const some = ['--case', 'delete_backup/404/**'];
  await cli.run(['run', '--target', origin, '--states', states, ...some], { env });
  expect(looked).toBeGreaterThan(0);
  expect(seen.filter(showsKey)).toEqual([]);
  if (existsSync('/proc')) expect(seen.some((line) => line.includes(origin))).toBe(true);
});
