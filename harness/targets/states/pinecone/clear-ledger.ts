import { messageOf } from '../../../core/errors.ts';
import type { Ledger } from '../../live/ledger.ts';
import type { LiveClient } from '../../live/client.ts';
import type { Timeouts } from '../../live/timeouts.ts';
import { openApi } from './api.ts';
import { cleanUp } from './clean-up.ts';

/** Delete all that a ledger has, and close it; returns what is left, one line each. */
export async function clearLedger(
  options: Timeouts & {
    readonly client: LiveClient;
    readonly ledger: Ledger;
    readonly onWaiting: (what: string) => void;
  },
): Promise<readonly string[]> {
  const { ledger, onWaiting, cleaningMs = 180_000, graceMs = 10_000 } = options;
  const signal = AbortSignal.timeout(cleaningMs);
  const api = openApi({ ...options, signal });
  try {
    return await cleanUp({ api, ledger, onWaiting, signal, patienceMs: cleaningMs, graceMs });
  } catch (cause) {
    return [`cleaning up failed: ${messageOf(cause)}`];
  } finally {
    ledger.close();
  }
}
