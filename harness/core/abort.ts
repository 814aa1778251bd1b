import { setTimeout as pause } from 'node:timers/promises';
import { HarnessError } from './errors.ts';

/** What a promise gives, unless the run ends before: then this rejects with `E_INTERRUPTED`, and nothing waits any more. */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined, what: string): Promise<T> {
  if (signal === undefined) return promise;
  // A rejection that comes later must not end the process.
  promise.catch(() => undefined);
  let interrupt = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    interrupt = () => reject(interrupted(what));
    if (signal.aborted) interrupt();
    // A listener that another signal removes is kept by Node for as long as this signal lives.
    else signal.addEventListener('abort', interrupt, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', interrupt);
  }
}

/** Waits so long, unless the run ends before: then this rejects with `E_INTERRUPTED`. */
export async function waitUnlessAborted(ms: number, signal: AbortSignal | undefined, what: string): Promise<void> {
  await pause(ms, undefined, signal === undefined ? {} : { signal }).catch(() => {
    throw interrupted(what);
  });
}

/** A signal that is aborted so long after the other one. */
export function abortedLater(signal: AbortSignal, ms: number): AbortSignal {
  const later = new AbortController();
  const start = (): void => void setTimeout(() => later.abort(), ms).unref();
  if (signal.aborted) start();
  else signal.addEventListener('abort', start, { once: true });
  return later.signal;
}

/** The error of what was given up because the run ends. */
export function interrupted(what: string): HarnessError {
  return new HarnessError('E_INTERRUPTED', `${what} was given up, because the run ends`, { kind: 'target' });
}
