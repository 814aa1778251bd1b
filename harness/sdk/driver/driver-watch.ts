import { randomUUID } from 'node:crypto';
import { lstatSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the drivers of a release may use of the machine: far more than any of them needs. */
const mostBytes = 64 * 1024 * 1024;
const mostProcesses = 64;
const everyMs = 1000;

export type Excess = 'disk' | 'processes';

/** Looks at what the drivers of one release use, and says when it is too much. */
export interface DriverWatch {
  /** Ends when the run does, and when a driver uses too much. */
  readonly signal: AbortSignal;
  readonly excess: () => Excess | undefined;
  /** A variable for the environment of one more process, by which what it starts is known. */
  readonly mark: () => Readonly<Record<string, string>>;
  /** End what a process left that has ended itself, and give how many they were. */
  readonly endLeft: (mark: Readonly<Record<string, string>>) => Promise<number>;
  close(): void;
}

/** By its value it is known which driver a process belongs to. */
export const driverVariable = 'PINECONE_CONTRACT_DRIVER';

/** All that a driver writes without being told where goes to a folder that is looked at, and removed. */
export function homeIn(home: string): Readonly<Record<string, string>> {
  return { HOME: home, TMPDIR: home };
}

export function watchDrivers(home: string, signal?: AbortSignal): DriverWatch {
  const run = randomUUID();
  const stop = new AbortController();
  let excess: Excess | undefined;
  let processes = 0;
  const look = (): void => {
    if (bytesIn(home) > mostBytes) excess ??= 'disk';
    else if (processesWith(`${driverVariable}=${run}`).length > mostProcesses) excess ??= 'processes';
    if (excess === undefined) return;
    clearInterval(timer);
    stop.abort();
  };
  const timer = setInterval(look, everyMs);
  timer.unref();
  return {
    signal: signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]),
    excess: () => excess,
    mark: () => ({ [driverVariable]: `${run}.${++processes};` }),
    endLeft: async (mark) => {
      const wanted = `${driverVariable}=${mark[driverVariable] ?? ''}`;
      if (processesWith(wanted).length === 0) return 0;
      // What was killed with its group a moment ago may still be ending.
      await new Promise((resolve) => setTimeout(resolve, 200));
      const left = processesWith(wanted);
      for (const pid of left) kill(pid);
      return left.length;
    },
    close: () => {
      clearInterval(timer);
      for (const pid of processesWith(`${driverVariable}=${run}`)) kill(pid);
    },
  };
}

/**
 * The processes that have the text in their environment: also those that left the process group of the driver. Only Linux
 * shows that, and only of processes that did not clear their environment.
 */
function processesWith(text: string): readonly number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && environmentOf(name).includes(text))
    .map(Number);
}

function environmentOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'latin1');
  } catch {
    // It has ended, or belongs to somebody else.
    return '';
  }
}

function kill(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
}

/** What the files of a folder take up; what cannot be read takes up nothing. */
function bytesIn(folder: string): number {
  try {
    const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
    return names.reduce((sum, name) => sum + sizeOf(join(folder, name)), 0);
  } catch {
    return 0;
  }
}

function sizeOf(file: string): number {
  return lstatSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
