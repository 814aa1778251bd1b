import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { compiledCli } from './compiled.ts';
import { shellWord } from '../core/text/shell-quote.ts';

const scriptCommand = '/usr/bin/script';

/** Why there is no pseudo terminal to test with, where there is none. */
export const noTerminal = existsSync(scriptCommand)
  ? ''
  : ` (skipped: no ${scriptCommand}, which gives a pseudo terminal)`;

/** Runs the command line on a pseudo terminal of so many columns; resolves to its exit code and the rows it printed, without colours. */
export async function runOnTerminal(
  args: readonly string[],
  options: {
    readonly columns: number;
    readonly cwd: string;
    /** Another copy of the command line. */
    readonly cli?: string;
    readonly env: Readonly<Record<string, string>>;
    /** Typed line by line, each once the output has a text. */
    readonly answers?: readonly (readonly [after: string, line: string])[];
  },
): Promise<{ readonly exit: number | null; readonly rows: readonly string[] }> {
  const command = [process.execPath, options.cli ?? compiledCli, ...args].map(shellWord).join(' ');
  const child = spawn(scriptCommand, ['-qec', `stty cols ${options.columns} rows 40; ${command}`, '/dev/null'], {
    cwd: options.cwd,
    env: { PATH: process.env['PATH'] ?? '', HOME: options.cwd, TERM: 'xterm-256color', ...options.env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const answers = [...(options.answers ?? [])];
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    while (answers[0] !== undefined && output.includes(answers[0][0]))
      child.stdin.write(`${answers.shift()?.[1] ?? ''}\n`);
  });
  const exit = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject).on('close', resolve);
  });
  const plain = output.replace(/\u001b\[[\d;?]*[A-Za-z]/g, '').replaceAll('\r\n', '\n');
  return { exit, rows: plain.trimEnd().split('\n') };
}
