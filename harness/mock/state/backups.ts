import type { JsonObject } from '../../model/document.ts';
import { accepted } from '../operation-handler.ts';
import type { OperationHandler, Call } from '../operation-handler.ts';
import { contentOf } from './index-model.ts';
import { pageOf } from './page.ts';
import { isObject } from '../reply/reply.ts';
import type { Reply } from '../reply/reply.ts';
import { isLabel, labelsIn, nameProblem } from './names.ts';
import { contentsOf } from './store.ts';
import type { BackupRecord } from './store.ts';

export const backupBehaviours: readonly OperationHandler[] = [
  { method: 'DELETE', path: '/backups/{backup_id}', respond: deleteBackup },
  { method: 'GET', path: '/backups/{backup_id}', respond: describeBackup },
  { method: 'GET', path: '/backups', respond: listBackups },
  { method: 'POST', path: '/backups/{backup_id}/create-index', respond: restoreBackup },
  { method: 'GET', path: '/indexes/{index_name}/backups', respond: listBackupsOfIndex },
  { method: 'POST', path: '/indexes/{index_name}/backups', respond: createBackup },
];

/**
 * A second deletion while the first is still going on is accepted again; after that it is a 404. Where the document
 * declares no 412, pending restore jobs are no obstacle.
 */
function deleteBackup({ store, answers, id }: Call): Reply {
  const backup = store.backup(id);
  if (backup === undefined) return answers.notFound(id);
  if (backup.faulty) return answers.plain(500);
  const jobs = store.pendingJobs(id);
  if (jobs.length > 0 && answers.declares(412)) return answers.pending(jobs.map((job) => job.id));
  store.deleteBackup(backup);
  return accepted;
}

function describeBackup(call: Call): Reply {
  const backup = call.store.backup(call.id);
  return backup === undefined ? call.answers.notFound(call.id) : { status: 200, body: backupModel(call, backup) };
}

function listBackups(call: Call): Reply {
  return { status: 200, body: pageOf(call.store.backups(), call.query, (backup) => backupModel(call, backup)) };
}

function listBackupsOfIndex(call: Call): Reply {
  const { store, answers, id, query } = call;
  const index = store.index(id);
  if (index === undefined) return answers.notFound(id);
  const own = store.backups().filter((backup) => backup.source.id === index.id);
  return { status: 200, body: pageOf(own, query, (backup) => backupModel(call, backup)) };
}

/** The document declares no 404 here, so an unknown index is a bad request. */
function createBackup(call: Call): Reply {
  const { store, answers, id, body } = call;
  const wanted = body ?? {};
  if (!isObject(wanted)) return answers.because(422, 'The body must be a JSON object.');
  const { name, description } = wanted;
  if (!isLabel(name) || !isLabel(description)) return answers.because(422, 'name and description must be strings.');
  const index = store.index(id);
  if (index === undefined) return answers.because(400, `Index ${id} not found.`);
  if (index.goneAt !== undefined || index.readyAt > store.now()) {
    return answers.because(400, `Index ${id} is not ready.`);
  }
  if (index.spec !== undefined) return answers.because(400, `Index ${id} is not serverless, so it has no backups.`);
  const labels = { ...(name === undefined ? {} : { name }), ...(description === undefined ? {} : { description }) };
  return { status: 201, body: backupModel(call, store.addBackup(index, labels)) };
}

function restoreBackup({ store, answers, id, body }: Call): Reply {
  const backup = store.backup(id);
  if (backup === undefined || backup.goneAt !== undefined) return answers.notFound(id);
  if (!isObject(body)) return answers.because(422, 'The body must be a JSON object.');
  const { name } = body;
  if (typeof name !== 'string') return answers.because(422, 'name is missing or no string.');
  const problem = nameProblem(name);
  if (problem !== undefined) return answers.because(400, problem);
  if (backup.readyAt > store.now()) return answers.because(400, `Backup ${id} is not ready.`);
  if (store.index(name) !== undefined) return answers.because(409, `Index ${name} already exists.`);
  const index = store.addIndex({ ...contentsOf(backup.source), ...labelsIn(body), name }, 'restored');
  const job = store.addJob(id, index);
  return { status: 202, body: { restore_job_id: job.id, index_id: index.id } };
}

function backupModel({ store, apiVersion }: Call, backup: BackupRecord): JsonObject {
  const { source } = backup;
  const ready = backup.readyAt <= store.now();
  return {
    backup_id: backup.id,
    source_index_name: source.name,
    source_index_id: source.id,
    ...(backup.name === undefined ? {} : { name: backup.name }),
    ...(backup.description === undefined ? {} : { description: backup.description }),
    status: ready ? 'Ready' : 'Initializing',
    cloud: source.cloud,
    region: source.region,
    ...contentOf(apiVersion, source),
    record_count: 0,
    namespace_count: 0,
    size_bytes: 0,
    ...(source.tags === undefined ? {} : { tags: source.tags }),
    created_at: new Date(backup.createdAt).toISOString(),
  };
}
