import { setTimeout as pause } from 'node:timers/promises';
import { HarnessError } from '../../../core/errors.ts';

export interface Waiting {
  readonly signal: AbortSignal;
  readonly onWaiting: (what: string) => void;
  readonly patienceMs: number;
}

/** Look again and again, with longer and longer pauses, until something is there. */
export async function waitFor<T>(
  what: string,
  look: () => Promise<T | undefined>,
  { signal, onWaiting, patienceMs }: Waiting,
): Promise<T> {
  const start = performance.now();
  for (let wait = 50; ; wait = Math.min(wait * 1.6, 5000)) {
    const found = await look();
    if (found !== undefined) return found;
    const waited = performance.now() - start;
    if (waited > patienceMs) {
      throw new HarnessError('E_ARRANGE', `${what} was waited for in vain, ${Math.round(waited / 1000)} s long`, {
        kind: 'target',
        hint: 'The target may be slow today. Nothing was judged; what was made is cleaned up.',
      });
    }
    onWaiting(`${what} (${Math.round(waited / 1000)} s)`);
    await pause(wait, undefined, { signal }).catch(() => {
      throw new HarnessError('E_INTERRUPTED', `${what} is waited for no more: the run ends`, { kind: 'target' });
    });
  }
}
