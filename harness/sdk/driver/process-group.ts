import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';

export interface ProgramPlan {
  /** Program and arguments; there is never a shell between. */
  readonly command: readonly string[];
  readonly cwd: string;
  /** The whole environment of the child: nothing is inherited. */
  readonly environment: Readonly<Record<string, string>>;
}

/** Start a program in a process group of its own, so that everything that it starts can be ended with it. */
export function spawnGroup({ command, cwd, environment }: ProgramPlan): ChildProcessWithoutNullStreams {
  const [program = '', ...args] = command;
  const child = spawn(program, args, {
    cwd,
    env: { ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
  });
  // A child may end without reading: then the pipe is closed.
  child.stdin.on('error', () => undefined);
  return child;
}

export function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return;
  try {
    process.kill(-child.pid, signal);
  } catch {
    // ESRCH: the whole group is gone already.
  }
}
