import type { JsonObject } from '../../model/document.ts';
import type { OperationHandler, Call } from '../operation-handler.ts';
import { pageOf } from './page.ts';
import type { Reply } from '../reply/reply.ts';
import type { JobRecord, Store } from './store.ts';

export const restoreJobBehaviours: readonly OperationHandler[] = [
  { method: 'GET', path: '/restore-jobs', respond: listJobs },
  { method: 'GET', path: '/restore-jobs/{job_id}', respond: describeJob },
];

function listJobs({ store, query }: Call): Reply {
  return { status: 200, body: pageOf(store.jobs(), query, (job) => jobModel(store, job)) };
}

function describeJob({ store, answers, id }: Call): Reply {
  const job = store.job(id);
  return job === undefined ? answers.notFound(id) : { status: 200, body: jobModel(store, job) };
}

function jobModel(store: Store, job: JobRecord): JsonObject {
  const now = store.now();
  const done = job.doneAt <= now;
  const share = Number.isFinite(job.doneAt) ? (now - job.createdAt) / (job.doneAt - job.createdAt) : 0;
  return {
    restore_job_id: job.id,
    backup_id: job.backupId,
    target_index_name: job.index.name,
    target_index_id: job.index.id,
    status: done ? 'Completed' : 'Pending',
    created_at: new Date(job.createdAt).toISOString(),
    ...(done ? { completed_at: new Date(job.doneAt).toISOString() } : {}),
    percent_complete: done ? 100 : Math.floor(share * 1000) / 10,
  };
}
