import { randomBytes, randomUUID } from 'node:crypto';
import { HarnessError } from '../../../core/errors.ts';
import type { Arranged } from '../../../model/target.ts';
import type { ExclusiveAccess } from '../../live/exclusive-access.ts';
import { createLedger } from '../../live/ledger.ts';
import { resourceName } from '../../live/ledger-lines.ts';
import type { LiveClient } from '../../live/client.ts';
import type { Timeouts } from '../../live/timeouts.ts';
import type { StateProvider } from '../provider.ts';
import { openApi } from './api.ts';
import { clearLedger } from './clear-ledger.ts';
import { allOf } from './lists.ts';
import { idAt, isRecord, textAt } from './answers.ts';
import { type MadeBackup, makeBackup, makeIndex, startRestore, type Workshop } from './make.ts';

interface PineconeOptions extends Timeouts {
  readonly client: LiveClient;
  readonly exclusive: ExclusiveAccess;
  /** The folder of ledgers. */
  readonly ledgers: string;
  readonly cloud: string;
  readonly region: string;
  readonly onWaiting: (what: string) => void;
  /** Ends what is being arranged. */
  readonly signal?: AbortSignal;
}

/** Real resources, made through the control-plane API: one index for all backups, a backup for each case that uses one up. */
export function pineconeStates(options: PineconeOptions): StateProvider {
  const { client, exclusive, cloud, region, onWaiting } = options;
  const run = randomBytes(4).toString('hex');
  const ledger = createLedger(options.ledgers, { run, target: client.base });
  const ending = new AbortController();
  const signal = options.signal === undefined ? ending.signal : AbortSignal.any([ending.signal, options.signal]);
  const api = openApi({ ...options, ledger, signal });
  const waiting = { signal, onWaiting, patienceMs: options.readyMs ?? 300_000 };
  const shop: Workshop = { api, ledger, waiting, cloud, region };
  const counts = { backup: 0, restored: 0 };
  const nameOf = (kind: 'backup' | 'restored'): string => resourceName(run, kind, (counts[kind] += 1));

  const index = single(async () => {
    const others = new Set((await allOf(api, '/backups')).flatMap((backup) => idAt(backup, 'backup_id') ?? []));
    const name = resourceName(run, 'index', 1);
    await makeIndex(shop, name);
    return { name, others };
  });

  // Backups that no case has touched: the next case may have them.
  const untouchedBackups: MadeBackup[] = [];

  async function backup(): Promise<MadeBackup> {
    const spare = untouchedBackups.pop();
    if (spare !== undefined) return spare;
    const { name, others } = await index();
    return makeBackup(shop, { name: nameOf('backup'), index: name, others });
  }

  async function deletable(): Promise<Arranged> {
    const made = await backup();
    return {
      values: { backup_id: made.id },
      release({ untouched }) {
        if (untouched) untouchedBackups.push(made);
        return Promise.resolve();
      },
    };
  }

  const lockedBackup = single(backup);
  let job: string | undefined;

  async function locked(caseId: string): Promise<Arranged> {
    const made = await lockedBackup();
    const leave = await turn(caseId);
    try {
      if (job === undefined || !(await isFresh(job))) job = await startRestore(shop, made, nameOf('restored'));
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
  }

  /** The lane, unless the run ends before it is this case's turn. */
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
    if (status !== 200 || over.has(textAt(body, 'status') ?? '')) return false;
    const percent = isRecord(body) ? body['percent_complete'] : undefined;
    return typeof percent !== 'number' || percent < 25;
  }

  const inHand = new Set<Promise<unknown>>();

  /** Tell close() what is being made right now. */
  async function tracked<T>(making: Promise<T>): Promise<T> {
    inHand.add(making);
    try {
      return await making;
    } finally {
      inHand.delete(making);
    }
  }

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
          return tracked(deletable());
        case lockedState:
          return tracked(locked(caseId));
        default:
          return Promise.reject(new HarnessError('E_STATE_UNKNOWN', `--states pinecone does not know "${state}"`));
      }
    },
    async close() {
      ending.abort(new Error('the run ends'));
      await Promise.allSettled(inHand);
      const left = await clearLedger({ ...options, ledger });
      const flag = /^https?:\/\/(127\.|localhost|\[::1\])/.test(client.base) ? '' : ' --allow-destructive';
      const command = `pinecone-contract sweep --target ${client.base} --run ${run}${flag}`;
      return left.map((line) => `${line}; delete it with \`${command}\``);
    },
  };
}

const deletableState = 'a backup that can be deleted';
const lockedState = 'a backup with a pending restore job';

const over: ReadonlySet<string> = new Set(['Completed', 'Failed', 'Cancelled', 'Canceled', 'Aborted']);

function ended(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve(undefined);
    else signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
}

/** Runs once however many ask; after a failure the next one tries again. */
function single<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make().catch((cause: unknown) => {
      made = undefined;
      throw cause;
    });
    return made;
  };
}
