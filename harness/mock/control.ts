import { isLoopbackName } from '../core/loopback.ts';
import type { JsonObject } from '../model/document.ts';
import { isObject, problem } from './reply.ts';
import type { Reply } from './reply.ts';
import { randomUUID } from 'node:crypto';
import type { BackupRecord, Store } from './state/store.ts';

/**
 * Where the mock is steered, apart from the API it stands for. No key is asked here: the mock listens on loopback only, and
 * {@link foreignCaller} keeps out what a web page sends from a browser of this machine.
 */
export const controlPrefix = '/_contract/';

/** `POST /_contract/states` arranges provider states as Pact does; `GET /_contract/state` returns what exists. */
export function control(store: Store, request: ControlRequest, faults: readonly string[]): Reply {
  const { method, path } = request;
  const foreign = foreignCaller(request);
  if (foreign !== undefined) return problem(403, foreign);
  switch (path) {
    case '/_contract/states':
      return method === 'POST' ? changeState(store, request.body) : refused('POST');
    case '/_contract/state':
      return method === 'GET' ? { status: 200, body: whatExists(store, faults) } : refused('GET');
    default:
      return problem(404, `${path} is not known. There are POST /_contract/states and GET /_contract/state.`);
  }
}

interface ControlRequest {
  readonly method: string;
  readonly path: string;
  /** The parsed body, whatever it is. */
  readonly body: unknown;
  /** Of the request. */
  readonly host: string | undefined;
  readonly origin: string | undefined;
}

/**
 * Why a request may come from a web page of somebody else: its Host is a name that was made to resolve to this machine
 * (DNS rebinding), or its Origin is another one than that of the mock.
 */
function foreignCaller({ host = '', origin }: ControlRequest): string | undefined {
  const url = URL.canParse(`http://${host}/`) ? new URL(`http://${host}/`) : undefined;
  if (url === undefined || url.host !== host.toLowerCase() || !isLoopbackName(url.hostname)) {
    return 'Host must be 127.0.0.1, localhost or [::1], with the port.';
  }
  return origin === undefined || origin === url.origin
    ? undefined
    : 'Origin must be absent, or the origin of this mock.';
}

type Values = Readonly<Record<string, string>>;

const states: Readonly<Record<string, (store: Store) => Values>> = {
  'a backup that can be deleted': (store) => ({ backup_id: store.plantBackup().id }),
  'no such backup': () => ({ backup_id: randomUUID() }),
  'a backup with a pending restore job': (store) => {
    const backup = store.plantBackup();
    const job = store.addJob(backup.id, { id: randomUUID(), name: 'restored-elsewhere' }, 'never');
    return { backup_id: backup.id, restore_job_id: job.id };
  },
  'a server fault': (store) => ({ backup_id: store.plantBackup({ faulty: true }).id }),
};

function changeState(store: Store, body: unknown): Reply {
  const wanted = isObject(body) ? body : {};
  const { state, action = 'setup', values } = wanted;
  const known = Object.keys(states);
  if (typeof state !== 'string' || !Object.hasOwn(states, state)) {
    const asked = typeof state === 'string' ? `"${state}" is no state` : 'state is missing or no string';
    return problem(400, `${asked}. There are: ${known.map((name) => `"${name}"`).join(', ')}.`);
  }
  switch (action) {
    case 'setup':
      return { status: 200, body: { values: states[state]?.(store) ?? {} } };
    case 'teardown':
      if (isObject(values) && typeof values.backup_id === 'string') store.dropBackup(values.backup_id);
      return { status: 200, body: { values: {} } };
    default:
      return problem(400, 'action must be "setup" or "teardown".');
  }
}

function whatExists(store: Store, faults: readonly string[]): JsonObject {
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

function refused(allow: string): Reply {
  return { ...problem(405, `Only ${allow} is served here.`), headers: [['Allow', allow]] };
}
