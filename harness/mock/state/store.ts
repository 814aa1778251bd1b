import { randomUUID } from 'node:crypto';

import type { JsonObject } from '../../model/document.ts';

/** An index of the double. Times are milliseconds since the epoch; statuses follow from them, no timer runs. */
export interface IndexRecord {
  readonly name: string;
  readonly id: string;
  readonly cloud: string;
  readonly region: string;
  readonly dimension?: number;
  readonly metric: string;
  readonly vectorType: string;
  /** The fields of the index, where its maker named them: the 2026-01 documents. */
  readonly schema?: JsonObject;
  /** The spec of an index that is not serverless, as it is shown. */
  readonly spec?: JsonObject;
  /** The model that makes its vectors, where it has one. */
  readonly embed?: JsonObject;
  readonly protected: boolean;
  readonly tags?: Readonly<Record<string, string>>;
  readonly readyAt: number;
  goneAt?: number;
}

export interface BackupRecord {
  readonly id: string;
  readonly name?: string;
  readonly description?: string;
  readonly source: IndexRecord;
  readonly createdAt: number;
  readonly readyAt: number;
  /** Deleting it is answered with a server fault. */
  readonly faulty: boolean;
  goneAt?: number;
}

export interface JobRecord {
  readonly id: string;
  readonly backupId: string;
  readonly index: Pick<IndexRecord, 'id' | 'name'>;
  readonly createdAt: number;
  /** Infinity for a job that never ends. */
  readonly doneAt: number;
}

/** How long things take. */
interface Durations {
  readonly provisionMs: number;
  readonly restoreMs: number;
  readonly asyncDeleteMs: number;
}

export type NewIndex = Omit<IndexRecord, 'id' | 'readyAt' | 'goneAt'>;

/** What exists. Ids such as `ready-1` come into being when they are first mentioned. */
export interface Store {
  readonly now: () => number;
  index(name: string): IndexRecord | undefined;
  indexes(): readonly IndexRecord[];
  /** A restored index takes `restoreMs` to be ready, a new one `provisionMs`. */
  addIndex(index: NewIndex, how?: 'restored'): IndexRecord;
  changeIndex(
    index: IndexRecord,
    change: Partial<Pick<IndexRecord, 'protected' | 'tags' | 'spec' | 'embed'>>,
  ): IndexRecord;
  deleteIndex(index: IndexRecord): void;
  backup(id: string): BackupRecord | undefined;
  backups(): readonly BackupRecord[];
  addBackup(source: IndexRecord, labels?: Pick<BackupRecord, 'name' | 'description'>): BackupRecord;
  /** A backup that is ready at once, of an index that this project does not have. */
  plantBackup(options?: { readonly id?: string; readonly faulty?: boolean }): BackupRecord;
  deleteBackup(backup: BackupRecord): void;
  /** Forget a backup and its jobs without a trace: tear-down, not the contract. */
  dropBackup(id: string): void;
  job(id: string): JobRecord | undefined;
  jobs(): readonly JobRecord[];
  pendingJobs(backupId: string): readonly JobRecord[];
  /** A restore that is pending for `restoreMs`, or for ever. */
  addJob(backupId: string, index: JobRecord['index'], end?: 'never'): JobRecord;
}

const wellKnown = /^(ready|pending|boom)-\d{1,15}$/;

export function openStore(durations: Durations, now: () => number = Date.now): Store {
  const jobs = openJobs(durations, now);
  const indexes = openIndexes(durations, now);
  return { now, ...indexes, ...openBackups(durations, now, jobs), ...jobs.store };
}

/** Things by id, some of which are about to go. */
function lasting<T extends { goneAt?: number }>(
  now: () => number,
): {
  readonly map: Map<string, T>;
  readonly get: (id: string) => T | undefined;
  readonly all: () => readonly T[];
} {
  const map = new Map<string, T>();
  const get = (id: string): T | undefined => {
    const found = map.get(id);
    if (found?.goneAt === undefined || found.goneAt > now()) return found;
    map.delete(id);
    return undefined;
  };
  return { map, get, all: () => [...map.keys()].map(get).filter((each) => each !== undefined) };
}

function openIndexes(
  durations: Durations,
  now: () => number,
): Pick<Store, 'index' | 'indexes' | 'addIndex' | 'changeIndex' | 'deleteIndex'> {
  const indexes = lasting<IndexRecord>(now);
  return {
    index: indexes.get,
    indexes: indexes.all,
    addIndex(wanted, how) {
      const ms = how === 'restored' ? durations.restoreMs : durations.provisionMs;
      const index: IndexRecord = { ...wanted, id: randomUUID(), readyAt: now() + ms };
      indexes.map.set(index.name, index);
      return index;
    },
    changeIndex(index, change) {
      const changed: IndexRecord = { ...index, ...change };
      indexes.map.set(changed.name, changed);
      return changed;
    },
    deleteIndex(index) {
      index.goneAt ??= now() + durations.asyncDeleteMs;
    },
  };
}

interface Jobs {
  readonly store: Pick<Store, 'job' | 'jobs' | 'pendingJobs' | 'addJob'>;
  /** Forget the jobs of a backup. */
  drop(backupId: string): void;
}

function openJobs(durations: Durations, now: () => number): Jobs {
  const jobs = new Map<string, JobRecord>();
  const jobsOf = new Map<string, JobRecord[]>();
  return {
    store: {
      job: (id) => jobs.get(id),
      jobs: () => [...jobs.values()],
      pendingJobs: (backupId) => (jobsOf.get(backupId) ?? []).filter((job) => job.doneAt > now()),
      addJob(backupId, index, end) {
        const at = now();
        const doneAt = end === 'never' ? Infinity : at + durations.restoreMs;
        const job: JobRecord = { id: randomUUID(), backupId, index, createdAt: at, doneAt };
        jobs.set(job.id, job);
        jobsOf.set(backupId, [...(jobsOf.get(backupId) ?? []), job]);
        return job;
      },
    },
    drop(backupId) {
      for (const job of jobsOf.get(backupId) ?? []) jobs.delete(job.id);
      jobsOf.delete(backupId);
    },
  };
}

function openBackups(
  durations: Durations,
  now: () => number,
  jobs: Jobs,
): Pick<Store, 'backup' | 'backups' | 'addBackup' | 'plantBackup' | 'deleteBackup' | 'dropBackup'> {
  const backups = lasting<BackupRecord>(now);
  /** Well-known ids that have been deleted: mentioning them again must not bring them back. */
  const spent = new Set<string>();

  const plant = (id: string, faulty: boolean): BackupRecord => {
    const at = now();
    const backup: BackupRecord = { id, source: elsewhere, createdAt: at, readyAt: at, faulty };
    backups.map.set(id, backup);
    return backup;
  };

  const mention = (id: string): BackupRecord | undefined => {
    const kind = wellKnown.exec(id)?.[1];
    if (kind === undefined || spent.has(id)) return undefined;
    const backup = plant(id, kind === 'boom');
    if (kind === 'pending') jobs.store.addJob(id, { id: randomUUID(), name: 'restored-elsewhere' }, 'never');
    return backup;
  };

  return {
    backup: (id) => backups.get(id) ?? mention(id),
    backups: backups.all,
    addBackup(source, labels = {}) {
      const at = now();
      const readyAt = at + durations.provisionMs;
      const backup: BackupRecord = { ...labels, id: randomUUID(), source, createdAt: at, readyAt, faulty: false };
      backups.map.set(backup.id, backup);
      return backup;
    },
    plantBackup: ({ id = randomUUID(), faulty = false } = {}) => plant(id, faulty),
    deleteBackup(backup) {
      if (wellKnown.test(backup.id)) spent.add(backup.id);
      if (durations.asyncDeleteMs === 0) backups.map.delete(backup.id);
      else backup.goneAt ??= now() + durations.asyncDeleteMs;
    },
    dropBackup(id) {
      backups.map.delete(id);
      jobs.drop(id);
    },
  };
}

/** What a restored index takes over from the one that was backed up. */
export function contentsOf(source: IndexRecord): Omit<NewIndex, 'name' | 'protected' | 'tags'> {
  const { cloud, region, metric, vectorType, dimension, schema } = source;
  return {
    cloud,
    region,
    metric,
    vectorType,
    ...(dimension === undefined ? {} : { dimension }),
    ...(schema === undefined ? {} : { schema }),
  };
}

/** Where planted backups come from. */
const elsewhere: IndexRecord = {
  name: 'planted-index',
  id: '00000000-0000-4000-8000-000000000001',
  cloud: 'aws',
  region: 'us-east-1',
  dimension: 8,
  metric: 'cosine',
  vectorType: 'dense',
  protected: false,
  readyAt: 0,
};
