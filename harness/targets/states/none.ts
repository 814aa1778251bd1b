import { HarnessError } from '../../core/errors.ts';
import type { StateProvider } from './provider.ts';

/** Arranges nothing: what a live target without `--states` gets. */
export function noStates(): StateProvider {
  const hint = 'name a file, a URL or pinecone with --states';
  const reason = (state: string): string => `nothing arranges "${state}": ${hint}`;
  return {
    name: 'none',
    can: (state) => ({ reason: reason(state) }),
    arrange: (state) =>
      Promise.reject(
        new HarnessError('E_STATE_UNKNOWN', `nothing arranges "${state}"`, {
          hint: `Without --states there is none: ${hint}.`,
        }),
      ),
    close: () => Promise.resolve([]),
  };
}
