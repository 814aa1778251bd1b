import { randomBytes, randomUUID } from 'node:crypto';
import { HarnessError } from '../../../core/errors.ts';
import type { Arranged } from '../../../model/target.ts';
import type { LiveClient } from '../../live/client.ts';
import type { ExclusiveAccess } from '../../live/exclusive-access.ts';
import { createLedger } from '../../live/ledger.ts';
import type { Timeouts } from '../../live/timeouts.ts';
import type { StateProvider } from '../provider.ts';
import { openApi } from './api.ts';
import { openBackups, type Backups } from './backups.ts';
import { clearLedger } from './clear-ledger.ts';
import type { Workshop } from './make.ts';
import { pendingWork } from '../pending-work.ts';
import { pendingRestore } from './pending-restore.ts';

interface PineconeOptions extends Timeouts {
  readonly client: LiveClient;
  readonly exclusive: ExclusiveAccess;
  /** Whether the target is this machine: the command that cleans up needs no flag then. */
  readonly loopback: boolean;
  /** The folder of ledgers. */
  readonly ledgers: string;
  readonly cloud: string;
  readonly region: string;
  readonly onWaiting: (what: string) => void;
  /** Ends what is being arranged. */
  readonly signal?: AbortSignal;
}

const deletableState = 'a backup that can be deleted';
const lockedState = 'a backup with a pending restore job';

/** Real resources, made through the control-plane API: one index for all backups, a backup for each case that uses one up. */
export function pineconeStates(options: PineconeOptions): StateProvider {
  const { client, exclusive, loopback, cloud, region, onWaiting } = options;
  const run = randomBytes(4).toString('hex');
  const ledger = createLedger(options.ledgers, { run, target: client.shownBase });
  const ending = new AbortController();
  const signal = options.signal === undefined ? ending.signal : AbortSignal.any([ending.signal, options.signal]);
  const api = openApi({ ...options, ledger, signal });
  const waiting = { signal, onWaiting, patienceMs: options.readyMs ?? 300_000 };
  const workshop: Workshop = { api, ledger, waiting, cloud, region };
  const backups = openBackups(workshop);
  const locked = pendingRestore(workshop, backups, { exclusive, signal });
  const pending = pendingWork();

  return {
    name: 'pinecone',
    can(state) {
      return state === deletableState || state === lockedState
        ? true
        : { reason: `"${state}" cannot be arranged on a real server` };
    },
    arrange(state, { caseId = randomUUID() }) {
      if (signal.aborted) return Promise.reject(new HarnessError('E_CLOSED', 'the run ends', { kind: 'harness' }));
      switch (state) {
        case deletableState:
          return pending.track(deletable(backups));
        case lockedState:
          return pending.track(locked(caseId));
        default:
          return Promise.reject(
            new HarnessError('E_STATE_UNKNOWN', `--states pinecone does not know "${state}"`, {
              hint: `It knows "${deletableState}" and "${lockedState}"; a file or a URL may give others.`,
            }),
          );
      }
    },
    async close() {
      ending.abort(new Error('the run ends'));
      await pending.ended();
      const left = await clearLedger({ ...options, ledger });
      const flag = loopback ? '' : ' --allow-destructive';
      const command = `pinecone-contract sweep --target ${client.shownBase} --run ${run}${flag}`;
      return left.map((line) => `${line}; delete it with \`${command}\``);
    },
  };
}

async function deletable(backups: Backups): Promise<Arranged> {
  const made = await backups.take();
  return {
    values: { backup_id: made.id },
    release({ untouched }) {
      if (untouched) backups.giveBack(made);
      return Promise.resolve();
    },
  };
}
