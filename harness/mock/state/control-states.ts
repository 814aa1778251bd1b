import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../model/document.ts';
import type { BackupRecord, Store } from './store.ts';

type Values = Readonly<Record<string, string>>;

/** The provider states that the mock can be brought into, by name. */
export const stateSetups: Readonly<Record<string, (store: Store) => Values>> = {
  'a backup that can be deleted': (store) => ({ backup_id: store.plantBackup().id }),
  'no such backup': () => ({ backup_id: randomUUID() }),
  'a backup with a pending restore job': (store) => {
    const backup = store.plantBackup();
    const job = store.addJob(backup.id, { id: randomUUID(), name: 'restored-elsewhere' }, 'never');
    return { backup_id: backup.id, restore_job_id: job.id };
  },
  'a server fault': (store) => ({ backup_id: store.plantBackup({ faulty: true }).id }),
};

/** Forgets what a state was set up with. */
export function tearDown(store: Store, { backup_id: id }: JsonObject): void {
  if (typeof id === 'string') store.dropBackup(id);
}

/** All that exists, and the faults of the mock. */
export function whatExists(store: Store, faults: readonly string[]): JsonObject {
  const backup = ({ id, goneAt }: BackupRecord): JsonObject => ({
    backup_id: id,
    deleting: goneAt !== undefined,
    pending_restore_jobs: store.pendingJobs(id).map((job) => job.id),
  });
  return {
    backups: store.backups().map(backup),
    indexes: store.indexes().map(({ name, goneAt }) => ({ name, deleting: goneAt !== undefined })),
    restore_jobs: store.jobs().map((job) => ({ restore_job_id: job.id, pending: job.doneAt > store.now() })),
    faults: [...faults],
  };
}
