import { messageOf } from '../../core/errors.ts';
import { captureOutput, type Output, type OutputStream } from './captured-output.ts';
import { type ProgramPlan, signalGroup, spawnGroup } from './process-group.ts';

export interface ProcessPlan extends ProgramPlan {
  readonly stdin: string;
  readonly deadlineMs: number;
  readonly signal?: AbortSignal;
  /** Strings that the program must not write; all that it writes is searched for every form of them. */
  readonly secrets?: readonly string[];
}

export interface ProcessEnd extends Output {
  /** The exit code, the name of the signal, or `not started`. */
  readonly exit: number | string;
  readonly ms: number;
  /** What was wrong with how it ended, beside its exit code. */
  readonly trouble?: ProcessTrouble;
}

type ProcessTrouble =
  | { readonly kind: 'not-started'; readonly message: string }
  | { readonly kind: 'deadline' }
  | { readonly kind: 'flood'; readonly stream: OutputStream }
  /** The program ended, but something that it started still holds its standard output. */
  | { readonly kind: 'left-child' }
  /** Too much was written to the disk, or too many processes were started. */
  | { readonly kind: 'disk' | 'processes' }
  | { readonly kind: 'aborted' };

const graceMs = 500;
/** A slow machine takes a while to hand over what was written. */
const drainMs = 3000;

/** Run a program in a process group of its own and leave nothing of that group behind. */
export function runProcess(plan: ProcessPlan): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    const began = performance.now();
    const child = spawnGroup(plan);
    const output = captureOutput(child, plan.secrets ?? [], () => {
      const stream = output.flooded;
      if (stream !== undefined) stop({ kind: 'flood', stream });
    });
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
        ...output.take(),
        ms: Math.round(performance.now() - began),
        ...(trouble === undefined ? {} : { trouble }),
      });
    };

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
    child.stdin.end(plan.stdin);
  });
}

function onceClosed(stream: NodeJS.ReadableStream & { readonly closed: boolean }, then: () => void): void {
  if (stream.closed) then();
  else stream.once('close', then);
}
