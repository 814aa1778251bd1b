import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runProcess } from './process.ts';
import type { ProcessPlan } from './process.ts';

const node = process.execPath;

test('gives what a program wrote, its exit code, and passes it no more than its environment and its line', async () => {
  const end = await runProcess(
    plan(
      `process.stdin.pipe(process.stdout); process.stderr.write(Object.keys(process.env).join()); process.exitCode = 3`,
      {
        stdin: 'a line\n',
        environment: { ONLY: 'this' },
      },
    ),
  );
  expect(end).toMatchObject({ exit: 3, stdout: 'a line\n', stderr: 'ONLY' });
  expect(end.trouble).toBeUndefined();
});

describe('what goes wrong has a name', () => {
  test.each([
    ['a program that is not there', { command: ['/no/such'] }, 'not-started', 'not started'],
    ['one that runs on', { command: [node, '-e', 'setInterval(() => 0, 99)'], deadlineMs: 200 }, 'deadline', 'SIGTERM'],
    [
      'one that runs on and ignores SIGTERM',
      { command: [node, '-e', 'process.on("SIGTERM", () => 0); setInterval(() => 0, 99)'], deadlineMs: 400 },
      'deadline',
      'SIGKILL',
    ],
    [
      'one that writes without end',
      { command: [node, '-e', 'setInterval(() => process.stdout.write("x".repeat(65536)), 0)'] },
      'flood',
      'SIGTERM',
    ],
  ])('%s', async (_, over, kind, exit) => {
    const end = await runProcess({ ...plan(''), ...over });
    expect(end.trouble?.kind).toBe(kind);
    expect(end.exit).toBe(exit);
  });

  test('a program that dies of a signal has no exit code, least of all 0', async () => {
    const end = await runProcess(plan('process.kill(process.pid, "SIGKILL")'));
    expect(end.exit).toBe('SIGKILL');
  });

  test('a child that outlives the program and holds its output is found, and killed with the group', async () => {
    const script = `
      const child = require('node:child_process').spawn(process.execPath, ['-e', 'setTimeout(() => 0, 60000)'], { stdio: ['ignore', 'inherit', 'inherit'] });
      process.stdout.write(String(child.pid), () => process.exit(0));`;
    const end = await runProcess(plan(script));
    expect(end).toMatchObject({ exit: 0, trouble: { kind: 'left-child' } });
    await expect.poll(() => runs(Number(end.stdout)), { timeout: 60_000 }).toBe(false);
  });

  test('an abort ends it', async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 100);
    const end = await runProcess(plan('setInterval(() => 0, 99)', { signal: controller.signal }));
    expect(end.trouble?.kind).toBe('aborted');
  });
});

test('keeps the last 4 KiB of the standard error', async () => {
  const end = await runProcess(plan('process.stderr.write("a".repeat(9000) + "the end")'));
  expect(end.stderr).toHaveLength(4096);
  expect(end.stderr).toMatch(/the end$/);
});

function plan(script: string, over: Partial<ProcessPlan> = {}): ProcessPlan {
  return { command: [node, '-e', script], cwd: '/', environment: {}, stdin: '', deadlineMs: 10_000, ...over };
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return !zombie(pid);
  } catch {
    return false;
  }
}

/** Dead, but not yet collected by the process that inherited it. */
function zombie(pid: number): boolean {
  try {
    return / Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
