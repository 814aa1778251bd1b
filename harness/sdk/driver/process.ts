import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { messageOf } from '../../core/errors.ts';
import { secretWatch } from '../../wire/secret-watch.ts';

export interface ProcessPlan {
  /** Program and arguments; there is never a shell between. */
  readonly command: readonly string[];
  readonly cwd: string;
  /** The whole environment of the child: nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
  readonly stdin: string;
  readonly deadlineMs: number;
  readonly signal?: AbortSignal;
  /** Strings that the program must not write; all that it writes is searched for every form of them. */
  readonly secrets?: readonly string[];
}

export interface ProcessEnd {
  /** The exit code, the name of the signal, or `not started`. */
  readonly exit: number | string;
  readonly stdout: string;
  /** The last 4 KiB. */
  readonly stderr: string;
  /** The streams on which a secret was written, also where it is not among the output that was kept. */
  readonly leaks: readonly OutputStream[];
  readonly ms: number;
  /** What was wrong with how it ended, beside its exit code. */
  readonly trouble?: ProcessTrouble;
}

export type OutputStream = 'standard output' | 'standard error';

type ProcessTrouble =
  | { readonly kind: 'not-started'; readonly message: string }
  | { readonly kind: 'deadline' }
  | { readonly kind: 'flood'; readonly stream: OutputStream }
  /** The program ended, but something that it started still holds its standard output. */
  | { readonly kind: 'left-child' }
  | { readonly kind: 'aborted' };

export const streams: readonly OutputStream[] = ['standard output', 'standard error'];
export const outputCap = 1024 * 1024;
export const errorCap = 4 * outputCap;
export const errorTail = 4096;
const graceMs = 500;
/** A slow machine takes a while to hand over what was written. */
const drainMs = 3000;

/** Run a program in a process group of its own and leave nothing of that group behind. */
export function runProcess(plan: ProcessPlan): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    const began = performance.now();
    const [program = '', ...args] = plan.command;
    const child = spawn(program, args, {
      cwd: plan.cwd,
      env: { ...plan.environment },
      stdio: ['pipe', 'pipe', 'pipe'],
      // A group of its own, so that at the deadline everything that it started is ended with it.
      detached: true,
    });
    const out: Buffer[] = [];
    let outBytes = 0;
    let err = Buffer.alloc(0);
    let errBytes = 0;
    const watches = {
      'standard output': secretWatch(plan.secrets ?? []),
      'standard error': secretWatch(plan.secrets ?? []),
    };
    let trouble: ProcessTrouble | undefined;
    let settled = false;
    let closed = 0;

    const stop = (why: ProcessTrouble): void => {
      if (trouble !== undefined || settled) return;
      trouble = why;
      signalGroup(child, 'SIGTERM');
      setTimeout(() => signalGroup(child, 'SIGKILL'), graceMs).unref();
      // A program that ignores SIGKILL (stuck in the kernel) must not hold the run.
      setTimeout(() => settle('not reaped'), graceMs + 2000).unref();
    };
    const deadline = setTimeout(() => stop({ kind: 'deadline' }), plan.deadlineMs);
    const onAbort = (): void => stop({ kind: 'aborted' });
    plan.signal?.addEventListener('abort', onAbort, { once: true });
    if (plan.signal?.aborted === true) onAbort();

    const settle = (exit: number | string): void => {
      if (settled) return;
      settled = true;
      clearTimeout(deadline);
      plan.signal?.removeEventListener('abort', onAbort);
      signalGroup(child, 'SIGKILL');
      child.stdout.destroy();
      child.stderr.destroy();
      resolve({
        exit,
        stdout: Buffer.concat(out).toString('utf8'),
        stderr: err.toString('utf8'),
        leaks: streams.filter((stream) => watches[stream].end()),
        ms: Math.round(performance.now() - began),
        ...(trouble === undefined ? {} : { trouble }),
      });
    };

    child.stdout.on('data', (chunk: Buffer) => {
      if (outBytes >= outputCap) return;
      outBytes += chunk.length;
      out.push(chunk);
      watches['standard output'].add(chunk);
      if (outBytes >= outputCap) stop({ kind: 'flood', stream: 'standard output' });
    });
    child.stderr.on('data', (chunk: Buffer) => {
      if (errBytes >= errorCap) return;
      errBytes += chunk.length;
      err = Buffer.concat([err, chunk]).subarray(-errorTail);
      watches['standard error'].add(chunk);
      if (errBytes >= errorCap) stop({ kind: 'flood', stream: 'standard error' });
    });
    child.on('error', (error) => {
      trouble ??= { kind: 'not-started', message: messageOf(error) };
      settle('not started');
    });
    child.on('exit', (code, signal) => {
      // Not `code || 0`: a program that died of a signal has no code, and must never look like success.
      const exit = code ?? signal ?? 'unknown';
      const drained = (): void => {
        closed += 1;
        if (closed === 2) settle(exit);
      };
      onceClosed(child.stdout, drained);
      onceClosed(child.stderr, drained);
      setTimeout(() => {
        if (!settled && !child.stdout.closed) trouble ??= { kind: 'left-child' };
        settle(exit);
      }, drainMs).unref();
    });
    // A child may end without reading: then the pipe is closed.
    child.stdin.on('error', () => undefined);
    child.stdin.end(plan.stdin);
  });
}

function onceClosed(stream: NodeJS.ReadableStream & { readonly closed: boolean }, then: () => void): void {
  if (stream.closed) then();
  else stream.once('close', then);
}

export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // ESRCH: the whole group is gone already.
  }
}
