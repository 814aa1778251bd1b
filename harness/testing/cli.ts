import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { compiledCli } from './compiled.ts';

/** What a command line gave, when it had ended. */
export interface Ended {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface Running {
  readonly child: ChildProcess;
  /** What has been written to both streams until now. */
  output(): string;
  readonly ended: Promise<Ended>;
}

export interface Place {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Another copy of the command line. */
  readonly cli?: string;
}

export interface Cli {
  /** Start the command line in a folder of its own, with no more of this environment than it needs. */
  readonly start: (args: readonly string[], options?: Place) => Running;
  /** Run it to its end. */
  readonly run: (args: readonly string[], options?: Place) => Promise<Ended>;
}

/** The command line as its users have it: compiled, and in a process of its own. */
export const cli: Cli = { start, run: (args, options) => start(args, options).ended };

function start(args: readonly string[], options: Place = {}): Running {
  const cwd = options.cwd ?? emptyFolder();
  const env = { PATH: process.env['PATH'] ?? '', HOME: cwd, ...options.env };
  const child = spawn(process.execPath, [options.cli ?? compiledCli, ...args], {
    cwd,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject).on('close', (exit) => resolve({ exit, stdout, stderr }));
  });
  onTestFinished(async () => {
    child.kill('SIGKILL');
    await ended;
  });
  return { child, output: () => `${stdout}\n${stderr}`, ended };
}

/** A folder for as long as the test runs. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pcc-cli-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** A server on loopback for as long as the test runs; resolves to its origin. */
export async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The mock as a command of its own, with this key; resolves to its origin once it listens. */
export async function startMockCommand(
  key: string,
  ...args: readonly string[]
): Promise<Running & { readonly origin: string }> {
  const running = cli.start(['mock', ...args], { env: { PINECONE_API_KEY: key } });
  for (;;) {
    const origin = /http:\/\/127\.0\.0\.1:\d+/.exec(running.output())?.[0];
    if (origin !== undefined) return { ...running, origin };
    const ended = await Promise.race([running.ended, pause(20)]);
    if (ended !== undefined) throw new Error(`the mock did not start: ${ended.stderr}`);
  }
}
