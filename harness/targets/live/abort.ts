import { HarnessError } from '../../core/errors.ts';

/** What a promise gives, unless the run ends before: then this rejects with `E_INTERRUPTED`, and nothing waits any more. */
export async function unlessAborted<T>(promise: Promise<T>, signal: AbortSignal | undefined, what: string): Promise<T> {
  if (signal === undefined) return promise;
  // A rejection that comes later must not end the process.
  promise.catch(() => undefined);
  const stop = new AbortController();
  const aborted = new Promise<never>((_, reject) => {
    const interrupt = (): void => reject(interrupted(what));
    if (signal.aborted) interrupt();
    else signal.addEventListener('abort', interrupt, { once: true, signal: stop.signal });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    stop.abort();
  }
}

/** The error of what was given up because the run ends. */
export function interrupted(what: string): HarnessError {
  return new HarnessError('E_INTERRUPTED', `${what} was given up, because the run ends`, { kind: 'target' });
}
