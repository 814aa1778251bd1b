import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, deflateSync, gunzipSync, gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { cli, emptyFolder, type Ended, serve, startMockCommand } from './testing/cli.ts';
import { packageRoot } from './core/package-files.ts';

/** The key must come out nowhere: not in a report, a fixture, a log line, an error, or the command line of a child. */
const canary = 'pcsk_Canary9_x7Qm2Lk4Vt8Zr3Wb6Yp1Ns5';
const env = { PINECONE_API_KEY: canary };
const states = join(packageRoot, 'suites', 'delete_backup', 'states.yaml');

const base64 = (text: string): string => Buffer.from(text).toString('base64');
const each = (text: string, escape: (code: string) => string): string =>
  Array.from(text, (letter) => escape(letter.charCodeAt(0).toString(16))).join('');

/** Ways to write a text so that a reader gets it back. */
const spellings: Readonly<Record<string, (text: string) => string>> = {
  'as it is': (text) => text,
  'in upper case': (text) => text.toUpperCase(),
  backwards: (text) => Array.from(text).reverse().join(''),
  'percent-encoded': (text) => each(text, (code) => `%${code}`),
  'percent-encoded twice': (text) => each(text, (code) => `%25${code}`),
  'percent-encoded three times': (text) => each(text, (code) => `%2525${code}`),
  'with entities': (text) => each(text, (code) => `&#x${code};`),
  'with decimal entities': (text) => each(text, (code) => `&#${Number.parseInt(code, 16)};`),
  'with escapes of JSON': (text) => each(text, (code) => `\\u00${code}`),
  'with escapes of JavaScript': (text) => each(text, (code) => `\\x${code}`),
  'as escapes in JSON': (text) => each(text, (code) => `\\\\x${code}`),
  'in UTF-16': (text) => text.split('').join('\0'),
  'in UTF-16, as JSON': (text) => text.split('').join('\\u0000'),
  'in hexadecimal digits': (text) => each(text, (code) => code),
  'as numbers': (text) => Array.from(Buffer.from(text)).join(','),
};

/** Parts of the key that must not be seen: without its beginning, without its end, and two from its middle. */
const parts = [canary.slice(4), canary.slice(0, 14), canary.slice(8, 22), canary.slice(14, 28)];

/** What is in the middle of its base64, at each of the three places where the groups may begin. */
const inBase64 = (text: string): readonly string[] =>
  [0, 1, 2].map((before) => base64('-'.repeat(before) + text).slice(4, Math.floor(((before + text.length) * 4) / 3)));

const telltales = [
  ...Object.values(spellings).flatMap((spell) => parts.map(spell)),
  ...parts.flatMap(inBase64),
  ...inBase64(canary).flatMap((text) => inBase64(text)),
].map((text) => text.toLowerCase());

function showsKey(text: string): boolean {
  const searched = text.toLowerCase();
  if (telltales.some((telltale) => searched.includes(telltale))) return true;
  return [...text.matchAll(/H4sI[A-Za-z0-9+/]{16,}/g)].some(([found]) => {
    try {
      const options = { finishFlush: constants.Z_SYNC_FLUSH };
      return showsKey(gunzipSync(Buffer.from(found, 'base64'), options).toString('latin1'));
    } catch {
      return false;
    }
  });
}

it('would be seen in any of these forms', () => {
  for (const [name, spell] of Object.entries(spellings)) expect(showsKey(`a ${spell(canary)} b`), name).toBe(true);
  for (const text of [
    canary.slice(4),
    canary.slice(0, 20),
    base64(canary),
    base64(`x${canary}`),
    base64(base64(`{"k":"${canary}"}`)),
    gzipSync(canary).toString('base64'),
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

/** Repeats all that it was sent, in every place and spelling that an answer has. */
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
      ...(status === 429 ? { 'retry-after': '3600' } : {}),
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

/** The same answer in each form that a client can read it in. */
const bodies: Readonly<Record<string, (body: string) => { readonly bytes: Buffer; readonly coding?: string }>> = {
  gzip: (body) => ({ bytes: gzipSync(body), coding: 'gzip' }),
  deflate: (body) => ({ bytes: deflateSync(body), coding: 'deflate' }),
  br: (body) => ({ bytes: brotliCompressSync(body), coding: 'br' }),
  'gzip, without saying so': (body) => ({ bytes: gzipSync(body) }),
  'UTF-16': (body) => ({ bytes: Buffer.from(`\ufeff${body}`, 'utf16le') }),
  'UTF-16, the other end first': (body) => ({ bytes: Buffer.from(`\ufeff${body}`, 'utf16le').swap16() }),
  'all spellings': (body) => ({
    bytes: Buffer.from(
      body +
        Object.values(spellings)
          .map((spell) => ` ${spell(canary)} ${spell(canary.slice(4))}`)
          .join(''),
    ),
  }),
  'base64 twice': (body) => ({ bytes: Buffer.from(`{"a":"${base64(base64(body))}"}`) }),
};

it.for(Object.keys(bodies))('a body with the key in %s gets it into nothing', async (name) => {
  const cwd = emptyFolder();
  const origin = await serve((request, response) => {
    const { bytes, coding } = bodies[name]?.(JSON.stringify({ key: request.headers['api-key'] })) ?? { bytes: '' };
    const head = {
      'content-type': 'application/json',
      ...(coding === undefined ? {} : { 'content-encoding': coding }),
    };
    response.writeHead(404, head).end(bytes);
  });
  const target = ['--target', origin, '--states', states];
  const run = await cli.run(['run', ...target, '--case', 'delete_backup/404/**', '--verbose', '--github'], {
    cwd,
    env,
  });
  expect(run.exit).toBe(1);
  expectNoKey(run, cwd);
  expectNoKey(await cli.run(['record', ...target, '--out', 'fixtures'], { cwd, env }), cwd);
});

it('the key in the path of the target and of files gets into no report and no output', async () => {
  const cwd = emptyFolder();
  const outside = emptyFolder();
  const origin = await serve((_, response) => response.writeHead(404).end());
  mkdirSync(join(outside, canary));
  copyFileSync(states, join(outside, canary, 'states.yaml'));
  const paths = ['--states', join(outside, canary, 'states.yaml'), '--case', 'delete_backup/404/**'];
  const run = await cli.run(['run', '--target', `${origin}/${canary}`, ...paths, '--github', '--verbose'], {
    cwd,
    env,
  });
  expect(run.exit).toBe(1);
  expectNoKey(run, cwd);
  const record = ['record', '--target', `${origin}/${canary}`, ...paths.slice(0, 2), '--out', 'fixtures'];
  expectNoKey(await cli.run(record, { cwd, env }), cwd);
  expectNoKey(await cli.run(['compare', `${canary}/run.json`, 'reports/run.json'], { cwd, env }), cwd);
});

it('a key that is too short or too common to be masked inside text gives a warning', async () => {
  const origin = await serve((_, response) => response.writeHead(404).end());
  const args = ['run', '--target', origin, '--states', states, '--case', 'delete_backup/404/**'];
  for (const key of ['backup', 'k7', 'production']) {
    const { stdout, stderr } = await cli.run(args, { env: { PINECONE_API_KEY: key } });
    expect(stderr).toMatch(/^warning: PINECONE_API_KEY is so short/m);
    expect(stdout).toContain('delete_backup');
  }
  expect((await cli.run(args, { env })).stderr).not.toContain('warning: PINECONE_API_KEY');
});

it('the second key, which lacks the permission, is kept out of reports and fixtures as the first one is', async () => {
  const cwd = emptyFolder();
  const keys = { PINECONE_API_KEY: 'pcsk_another_5Gh2Jk8Lp3Qw7Er1', PINECONE_API_KEY_FORBIDDEN: canary };
  const target = ['--api', '2026-07', '--target', await parrot(403), '--case', 'delete_backup/403/**'];
  const run = await cli.run(['run', ...target, '--verbose'], { cwd, env: keys });
  expect([run.exit, run.stdout]).toEqual([1, expect.stringContaining('the answer holds the API key that was sent')]);
  expect(readFileSync(join(cwd, 'reports', 'run.json'), 'utf8')).toContain('$PINECONE_API_KEY_FORBIDDEN');
  expectNoKey(run, cwd);
  expectNoKey(await cli.run(['record', ...target, '--out', 'fixtures'], { cwd, env: keys }), cwd);
});
