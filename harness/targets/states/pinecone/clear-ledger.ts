import { messageOf } from '../../../errors.ts';
import type { Ledger } from '../../ledger.ts';
import type { Link } from '../../link.ts';
import { openApi } from './api.ts';
import { cleanUp } from './clean-up.ts';

/** Delete all that a ledger has, and close it; returns what is left, one line each. */
export async function clearLedger(options: {
  readonly link: Link;
  readonly ledger: Ledger;
  readonly onWaiting: (what: string) => void;
  /** How long it may take; default three minutes. */
  readonly cleaningMs?: number;
  /** How long a call without an answer may still be on its way; default ten seconds. */
  readonly graceMs?: number;
}): Promise<readonly string[]> {
  const { link, ledger, onWaiting, cleaningMs = 180_000, graceMs = 10_000 } = options;
  const api = openApi({ link, ledger, signal: AbortSignal.timeout(cleaningMs) });
  try {
    return await cleanUp({ api, ledger, onWaiting, patienceMs: cleaningMs, graceMs });
  } catch (cause) {
    return [`cleaning up failed: ${messageOf(cause)}`];
  } finally {
    ledger.close();
  }
}
