import { setTimeout as pause } from 'node:timers/promises';
import { interrupted } from '../../../core/abort.ts';
import { HarnessError } from '../../../core/errors.ts';

export interface Waiting {
  readonly signal: AbortSignal;
  readonly onWaiting: (what: string) => void;
  readonly patienceMs: number;
}

/** Ask again and again, with longer and longer pauses, until there is a result. */
export async function waitFor<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  { signal, onWaiting, patienceMs }: Waiting,
): Promise<T> {
  const start = performance.now();
  for (let wait = 50; ; wait = Math.min(wait * 1.6, 5000)) {
    const found = await ask();
    if (found !== undefined) return found;
    const waited = performance.now() - start;
    if (waited > patienceMs) {
      throw new HarnessError('E_ARRANGE', `waiting for ${what} was given up after ${Math.round(waited / 1000)} s`, {
        kind: 'target',
        hint: 'The target may be slow: run again later. No case was judged by this, and what was made is cleaned up.',
      });
    }
    onWaiting(`${what} (${Math.round(waited / 1000)} s)`);
    await pause(wait, undefined, { signal }).catch(() => {
      throw interrupted(`waiting for ${what}`);
    });
  }
}
