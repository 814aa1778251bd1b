import { readFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { cli, emptyFolder, serve, startMockCommand, type Ended, type Running } from '../testing/cli.ts';
import type { RunRecord } from '../model/record.ts';

const key = 'pcsk_interrupt_Key-0123456789';
const declared = ['--case', 'delete_backup/{202,404,412}/**', '--concurrency', '2'];

/** A state provider that counts, and answers no request of the kind that it hangs on. */
async function provider(hangsOn: 'setup' | 'teardown'): Promise<{ readonly url: string; readonly asked: string[] }> {
  const asked: string[] = [];
  const url = await serve((request, response) => {
    void textOf(request).then((text) => {
      const { action } = JSON.parse(text) as { readonly action: string };
      asked.push(action);
      if (action !== hangsOn) response.end(JSON.stringify({ values: { backup_id: `ready-${asked.length}` } }));
    });
  });
  return { url, asked };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text;
}

async function start(...args: readonly string[]): Promise<Running & { readonly cwd: string }> {
  const { origin } = await startMockCommand(key);
  const cwd = emptyFolder();
  const running = cli.start(['run', '--target', origin, ...declared, ...args], { cwd, env: { PINECONE_API_KEY: key } });
  return { ...running, cwd };
}

/** The process ends by itself: a test that times out is one in which it did not. */
async function interrupted(running: Running): Promise<Ended> {
  running.child.kill('SIGINT');
  return running.ended;
}

test('a state provider that hangs does not keep an interrupted run from its end', async () => {
  const { url, asked } = await provider('setup');
  const running = await start('--states', url);
  await expect.poll(() => asked.length, { timeout: 60_000 }).toBe(1);
  expect(await interrupted(running)).toMatchObject({ exit: 130 });
  expect(asked).toEqual(['setup']);
});

test('nor does one that hangs when it takes a state down; what was not taken down is reported', async () => {
  const { url, asked } = await provider('teardown');
  const running = await start('--states', url);
  await expect.poll(() => asked, { timeout: 60_000 }).toContain('teardown');
  const { exit, stdout } = await interrupted(running);
  expect(exit).toBe(130);
  expect(stdout).toMatch(/left behind:[^!]*was not\s+taken down/);
});

test('a second signal ends it at once, whatever hangs', async () => {
  const { url, asked } = await provider('teardown');
  const running = await start('--states', url);
  await expect.poll(() => asked, { timeout: 60_000 }).toContain('teardown');
  running.child.kill('SIGINT');
  await expect.poll(() => running.output(), { timeout: 60_000 }).toContain('stopping');
  expect(await interrupted(running)).toMatchObject({ exit: null });
});

test('the deadline ends a run whose state provider hangs: nothing is known of its cases', async () => {
  const { url, asked } = await provider('setup');
  const running = await start('--states', url, '--deadline', '3');
  const { exit } = await running.ended;
  expect(exit).toBe(3);
  expect(asked.filter((action) => action === 'setup').length).toBeLessThanOrEqual(1);
  const { cases } = JSON.parse(readFileSync(join(running.cwd, 'reports', 'run.json'), 'utf8')) as RunRecord;
  expect([...new Set(cases.map((one) => one.error?.code ?? one.status))]).toEqual(['E_DEADLINE']);
});

test('requests that wait for their turn do not hold up the end', async () => {
  let asked = 0;
  const target = await serve((_, response) => {
    asked += 1;
    response.writeHead(404).end();
  });
  const args = ['run', '--target', target, '--rate', '0.001', '--case', 'delete_backup/probe/auth/**'];
  const running = cli.start(args, { cwd: emptyFolder(), env: { PINECONE_API_KEY: key } });
  await expect.poll(() => asked, { timeout: 60_000 }).toBe(1);
  const { exit, stdout } = await interrupted(running);
  expect([exit, asked]).toEqual([130, 1]);
  const words = stdout.replace(/\s+/g, ' ');
  const said = /interrupted after (\d+) of (\d+) cases?(?: \(of \d+\))?; (\d+) cases? did not run/.exec(words);
  const [ran = NaN, selected = NaN, left = NaN] = (said ?? []).slice(1).map(Number);
  expect(ran + left, words).toBe(selected);
  expect(left).toBeGreaterThan(0);
});
