import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import type { Shell } from '../commands/completion/scripts.ts';
import { shellWord } from '../core/text/shell-quote.ts';
import { emptyFolder } from './cli.ts';
import { compiledCli } from './compiled.ts';
import { noTerminal } from './terminal.ts';

/** How a shell is started that reads no files of its user, and how it loads the completion. */
const starts: Readonly<Record<Shell, { readonly command: string; readonly load: string }>> = {
  bash: { command: 'bash --norc --noprofile -i', load: 'eval "$(pinecone-contract completion bash)"' },
  zsh: {
    command: 'zsh -f -i',
    load: 'autoload -U compinit && compinit -u -D; eval "$(pinecone-contract completion zsh)"',
  },
  fish: { command: 'fish --no-config -i', load: 'pinecone-contract completion fish | source' },
};

/** Why a shell cannot be tested here, where it cannot. */
export function whyNotShell(shell: Shell): string {
  if (noTerminal !== '') return noTerminal;
  const { error } = spawnSync(shell, ['--version']);
  return error === undefined ? '' : ` (skipped: no ${shell} on this machine)`;
}

export interface CompletingShell {
  /** Types a line from its start and presses Tab; ends once the text is there. */
  readonly complete: (typed: string, expected: string) => Promise<void>;
}

/** An interactive shell on a pseudo terminal, in a folder where `pinecone-contract` is a command that it completes. */
export async function startShell(shell: Shell, cwd: string): Promise<CompletingShell> {
  const { command, load } = starts[shell];
  const child = spawn('/usr/bin/script', ['-qec', `stty cols 200 rows 40; exec ${command}`, '/dev/null'], {
    cwd,
    env: { PATH: `${programFolder()}:${process.env['PATH'] ?? ''}`, HOME: cwd, TERM: 'dumb', LC_ALL: 'C.UTF-8' },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  const shown = (): string => output.replace(/\u001b\[[\d;?]*[A-Za-z]/g, '');
  // What is typed is echoed: it differs from what it prints.
  child.stdin.write(`${load}; echo rea""dy\n`);
  await expect.poll(shown, { timeout }).toMatch(/^ready/m);
  return {
    complete: async (typed, expected) => {
      output = '';
      child.stdin.write(`${deleteLine}${typed}\t`);
      await expect.poll(shown, { timeout }).toContain(expected);
    },
  };
}

/** Ctrl-U. */
const deleteLine = '\x15';
const timeout = 100_000;

function programFolder(): string {
  const folder = join(emptyFolder(), 'bin');
  const program = join(folder, 'pinecone-contract');
  mkdirSync(folder);
  writeFileSync(program, `#!/bin/sh\nexec ${[process.execPath, compiledCli].map(shellWord).join(' ')} "$@"\n`);
  chmodSync(program, 0o755);
  return folder;
}
