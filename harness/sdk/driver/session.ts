import { messageOf } from '../../core/errors.ts';
import { captureOutput, type Output } from './captured-output.ts';
import type { ProcessEnd, ProcessPlan } from './process.ts';
import { signalGroup, spawnGroup } from './process-group.ts';

/** A driver process that was started once and takes one request line after the other. */
export interface Session {
  /** Whether it may be given another line: it runs, it kept to the protocol, and it is not in the middle of a case. */
  readonly isIdle: () => boolean;
  /** Write one line, and give what came back as if the process had been started for it alone. */
  ask(line: string, deadlineMs: number, signal?: AbortSignal): Promise<ProcessEnd>;
  /** What was written since the last answer, as far as it has come; it counts for no later answer. */
  late(): Output;
  /** End the process, and give what it wrote since the last answer until both its streams were closed. */
  close(): Promise<Output>;
}

type SessionPlan = Omit<ProcessPlan, 'stdin'>;

/** A process that ends by itself after its standard input was closed is given this long. */
const farewellMs = 2000;
/** What is written to the standard error at the same time as the result may arrive a little later, or as `late`. */
const settleMs = 50;
/** Something that the process started and that left its group may hold a stream open; it is waited for so long. */
const drainMs = 3000;

/**
 * Start a driver that serves many cases, and wait for its ready line for `deadlineMs` at most. A process that ends, or
 * says nothing in that time, is given back as the end that it came to.
 */
export async function openSession(plan: SessionPlan): Promise<Session | ProcessEnd> {
  const child = spawnGroup(plan);
  const output = captureOutput(child, plan.secrets ?? [], () => wake());
  let exit: number | string | undefined;
  let failure: ProcessEnd['trouble'];
  let busy = false;
  let broken = false;
  let wake = (): void => undefined;

  child.on('error', (error) => {
    failure = { kind: 'not-started', message: messageOf(error) };
    exit ??= 'not started';
    wake();
  });
  const ended = (code: number | null, signal: NodeJS.Signals | null): void => {
    // Not `code || 0`: a process that died of a signal has no code, and must never look like success.
    exit ??= code ?? signal ?? 'unknown';
    wake();
  };
  child.on('close', ended);
  const closed = new Promise<void>((resolve) => {
    child.once('close', () => resolve());
    child.once('error', () => resolve());
  });
  // A process that it left behind may hold its standard output open: then there is no `close`.
  child.on('exit', (code, signal) => setTimeout(() => ended(code, signal), drainMs).unref());

  /** Until a whole line is there, or the process has ended, or it is too late. */
  const untilLine = (deadlineMs: number, signal?: AbortSignal): Promise<ProcessEnd['trouble']> =>
    new Promise((resolve) => {
      const done = (trouble?: ProcessEnd['trouble']): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', onAbort);
        wake = () => undefined;
        resolve(trouble);
      };
      const timer = setTimeout(() => done({ kind: 'deadline' }), deadlineMs);
      const onAbort = (): void => done({ kind: 'aborted' });
      signal?.addEventListener('abort', onAbort, { once: true });
      wake = () => {
        const stream = output.flooded;
        if (stream !== undefined) done({ kind: 'flood', stream });
        else if (exit !== undefined) done(failure);
        else if (output.stdout.includes(0x0a)) done();
      };
      if (signal?.aborted === true) onAbort();
      else wake();
    });

  const answer = async (deadlineMs: number, signal?: AbortSignal): Promise<ProcessEnd> => {
    const began = performance.now();
    const trouble = await untilLine(deadlineMs, signal);
    const ms = Math.round(performance.now() - began);
    if (trouble !== undefined) broken = true;
    else if (exit === undefined) await new Promise((resolve) => setTimeout(resolve, settleMs));
    const end: ProcessEnd = {
      exit: exit ?? 0,
      ...output.take(),
      ms,
      ...(trouble === undefined ? {} : { trouble }),
    };
    if (broken) signalGroup(child, 'SIGKILL');
    return end;
  };

  const ready = await answer(plan.deadlineMs, plan.signal);
  if (!isReady(ready.stdout)) {
    signalGroup(child, 'SIGKILL');
    return ready;
  }
  return {
    isIdle: () => !busy && !broken && exit === undefined && output.stdout.length === 0,
    ask: async (line, deadlineMs, signal) => {
      busy = true;
      child.stdin.write(`${line}\n`);
      const end = await answer(deadlineMs, signal);
      busy = false;
      return end;
    },
    late: () => output.take(),
    close: async () => {
      if (exit === undefined && !broken) {
        child.stdin.end();
        await within(farewellMs, closed);
      }
      signalGroup(child, 'SIGKILL');
      await within(drainMs, closed);
      child.stdout.destroy();
      child.stderr.destroy();
      return output.take();
    },
  };
}

function within(ms: number, event: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    void event.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

/** The line `{"v":1.1,"ready":true}`, and nothing beside it. */
function isReady(stdout: string): boolean {
  try {
    const value: unknown = JSON.parse(stdout);
    return typeof value === 'object' && value !== null && 'ready' in value && value.ready === true;
  } catch {
    return false;
  }
}
