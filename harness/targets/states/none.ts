import { HarnessError } from '../../core/errors.ts';
import type { StateProvider } from './provider.ts';

/** Arranges nothing: what a live target without `--states` gets. */
export function noStates(): StateProvider {
  const reason = (state: string): string => `nobody arranges "${state}": name a file, a URL or pinecone with --states`;
  return {
    name: 'none',
    can: (state) => ({ reason: reason(state) }),
    arrange: (state) => Promise.reject(new HarnessError('E_STATE_UNKNOWN', reason(state))),
    close: () => Promise.resolve([]),
  };
}
