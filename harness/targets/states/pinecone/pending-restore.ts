import { HarnessError } from '../../../core/errors.ts';
import { isRecord } from '../../../core/parsed-json.ts';
import type { Arranged } from '../../../model/target.ts';
import type { ExclusiveAccess } from '../../live/exclusive-access.ts';
import { resourceName } from '../../live/ledger-lines.ts';
import { textAt } from './answers.ts';
import type { Backups } from './backups.ts';
import { startRestore, type Workshop } from './make.ts';
import { once } from './once.ts';

const finalStatuses: ReadonlySet<string> = new Set(['Completed', 'Failed', 'Cancelled', 'Canceled', 'Aborted']);

/** Arranges a backup that a restore job is pending for: one backup for all cases, which have it one after the other. */
export function pendingRestore(
  workshop: Workshop,
  backups: Backups,
  { exclusive, signal }: { readonly exclusive: ExclusiveAccess; readonly signal: AbortSignal },
): (caseId: string) => Promise<Arranged> {
  const { api, ledger } = workshop;
  const backup = once(() => backups.take());
  let count = 0;
  let job: string | undefined;

  /** Exclusive access, unless the run ends before it is this case's turn. */
  async function turn(caseId: string): Promise<() => void> {
    const hold = exclusive.hold(caseId);
    const leave = await Promise.race([hold, ended(signal)]);
    if (leave !== undefined) return leave;
    void hold.then((late) => late());
    throw new HarnessError('E_CLOSED', 'the run ends', { kind: 'harness' });
  }

  /** Whether a restore job will be pending for a while yet. */
  async function isFresh(id: string): Promise<boolean> {
    const { status, body } = await api.call({ method: 'GET', path: `/restore-jobs/${encodeURIComponent(id)}` });
    if (status !== 200 || finalStatuses.has(textAt(body, 'status') ?? '')) return false;
    const percent = isRecord(body) ? body['percent_complete'] : undefined;
    return typeof percent !== 'number' || percent < 25;
  }

  return async (caseId) => {
    const made = await backup();
    const leave = await turn(caseId);
    try {
      if (job === undefined || !(await isFresh(job))) {
        job = await startRestore(workshop, made, resourceName(ledger.head.run, 'restored', (count += 1)));
      }
    } catch (cause) {
      leave();
      throw cause;
    }
    return {
      values: { backup_id: made.id },
      release() {
        leave();
        return Promise.resolve();
      },
    };
  };
}

function ended(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}
