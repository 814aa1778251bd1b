import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';

import { compiledCli } from '../testing/compiled.ts';

const ownKey = 'pcsk_canary_in_the_environment';

interface Running {
  readonly child: ChildProcess;
  /** All that was written so far. */
  readonly out: () => string;
  readonly err: () => string;
  readonly ended: Promise<number | null>;
}

function start(args: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [compiledCli, 'mock', ...args], { env: { PATH, ...env }, stdio: 'pipe' });
  onTestFinished(() => {
    child.kill('SIGKILL');
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (part: Buffer) => (out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (err += part.toString()));
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return { child, out: () => out, err: () => err, ended };
}

async function greeted(running: Running): Promise<string> {
  const end = Date.now() + 15_000;
  for (;;) {
    const [, origin] = /(http:\/\/127\.0\.0\.1:\d+)[^]*Ctrl-C/.exec(running.out()) ?? [];
    if (origin !== undefined) return origin;
    if (running.child.exitCode !== null || Date.now() > end) throw new Error(`no greeting: ${running.err()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

it.each([
  ['SIGINT', 130],
  ['SIGTERM', 0],
] as const)('serves with a key of its own until %s', async (signal, code) => {
  const running = start([]);
  const origin = await greeted(running);
  const [key = ''] = /pcsk_[\w-]{20,}/.exec(running.out()) ?? [];
  const headers = { 'Api-Key': key };
  expect((await fetch(`${origin}/backups/ready-1`, { method: 'DELETE', headers })).status).toBe(202);
  running.child.kill(signal);
  expect(await running.ended).toBe(code);
  expect(running.err()).toMatch(/^DELETE \/backups\/ready-1 202 [\d.]+ ms\n$/);
});

it('takes the key of the environment and writes it nowhere', async () => {
  const running = start(['--latency', '1', '--rate-limit', '50', '--flaky', '0', '--seed', '3'], {
    PINECONE_API_KEY: ownKey,
  });
  const origin = await greeted(running);
  const headers = { 'Api-Key': ownKey };
  expect((await fetch(`${origin}/backups/${ownKey}?k=${ownKey}`, { method: 'DELETE', headers })).status).toBe(404);
  const encoded = [...Buffer.from(ownKey)].map((byte) => `%${byte.toString(16)}`).join('');
  expect((await fetch(`${origin}/backups/${encoded}`, { method: 'DELETE', headers })).status).toBe(404);
  running.child.kill('SIGTERM');
  expect(await running.ended).toBe(0);
  expect(running.out() + running.err()).not.toContain(ownKey);
  expect(running.err()).not.toContain(encoded.slice(0, 24));
  expect(running.err()).toContain('DELETE /backups/<api-key> 404');
});

it('says which port is in use and what to do', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  onTestFinished(() => void other.close());
  await once(other, 'listening');
  const address = other.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const running = start(['--port', String(port)]);
  expect(await running.ended).toBe(2);
  expect(running.err()).toContain(`error: Port ${port} of 127.0.0.1 is in use\n  Choose another with --port`);
});

it.each([
  [['--port', '65536'], 'Give a whole number from 0 to 65535.'],
  [['--flaky', '101'], 'Give a whole number from 0 to 100.'],
  [['--rate-limit', '0'], 'Give a whole number from 1 to'],
  [['--latency', '1e3'], 'Give a whole number from 0 to'],
  [['--spec', 'no-such-file.yaml'], 'no-such-file.yaml'],
])('refuses %j', async (args, message) => {
  const running = start(args);
  expect(await running.ended).toBe(2);
  expect(running.err()).toContain(message);
});
