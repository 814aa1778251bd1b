import { spawn } from 'node:child_process';
import { onTestFinished } from 'vitest';

/** Runs a line of a POSIX shell to its end; with `stopAt`, sends SIGTERM once that is in its output. */
export async function runInShell(
  line: string,
  options: {
    readonly cwd: string;
    readonly env: Readonly<Record<string, string>>;
    readonly stopAt?: RegExp;
  },
): Promise<{ readonly exit: number | null; readonly output: string }> {
  const { cwd, env, stopAt } = options;
  const child = spawn('/bin/sh', ['-c', `exec ${line}`], {
    cwd,
    env: { HOME: cwd, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
      if (stopAt?.test(output) === true) child.kill('SIGTERM');
    });
  }
  return new Promise((resolve, reject) => {
    child.on('error', reject).on('close', (exit) => resolve({ exit, output }));
  });
}
