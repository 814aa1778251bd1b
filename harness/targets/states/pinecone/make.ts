import { HarnessError } from '../../../core/errors.ts';
import { isRecord } from '../../../core/parsed-json.ts';
import type { Ledger } from '../../live/ledger.ts';
import { idAt, textAt, unexpected } from './answers.ts';
import type { Answer, Api } from './api.ts';
import { allOf } from './lists.ts';
import { indexDimension, isOurs } from './confirm.ts';
import { waitFor, type Waiting } from './waiting.ts';

/** What is needed to make resources. */
export interface Workshop {
  readonly api: Api;
  readonly ledger: Ledger;
  readonly waiting: Waiting;
  readonly cloud: string;
  readonly region: string;
}

export interface MadeBackup {
  readonly name: string;
  readonly id: string;
}

/** The smallest index there is; returns when it is ready. */
export async function makeIndex(shop: Workshop, name: string): Promise<void> {
  const { api, ledger, cloud, region } = shop;
  ledger.intend('index', name);
  const answer = await api.call({
    method: 'POST',
    path: '/indexes',
    body: {
      name,
      dimension: indexDimension,
      metric: 'cosine',
      spec: { serverless: { cloud, region } },
      deletion_protection: 'disabled',
    },
  });
  // After a lost answer, 409 says that the first try made it: no other run takes this name.
  if (answer.status !== 201 && !(answer.again && answer.status === 409)) {
    noteRefusal(ledger, name, answer);
    throw unexpected('POST /indexes', answer, '201');
  }
  if (answer.status === 201 && textAt(answer.body, 'name') !== name) {
    throw unexpected('POST /indexes', answer, `an index called ${name}, not ${String(textAt(answer.body, 'name'))}`);
  }
  ledger.made(name, name);
  await waitFor(
    `index ${name} to be ready`,
    async () => {
      const seen = await api.call({ method: 'GET', path: `/indexes/${name}` });
      if (seen.status !== 200) throw unexpected(`GET /indexes/${name}`, seen, '200');
      return isRecord(seen.body) && isRecord(seen.body['status']) && seen.body['status']['ready'] === true
        ? true
        : undefined;
    },
    shop.waiting,
  );
}

/** A backup of one of our indexes; returns when it is ready. `others`: the ids that were there before the run. */
export async function makeBackup(
  shop: Workshop,
  { name, index, others }: { readonly name: string; readonly index: string; readonly others: ReadonlySet<string> },
): Promise<MadeBackup> {
  const { api, ledger } = shop;
  ledger.intend('backup', name, index);
  const id = await createdBackup(shop, name, index);
  // An answer may be wrong. Only what was not there before, and says itself that it is ours, is ours.
  if (others.has(id) || ledger.left().some((each) => each.id === id)) throw notOurs(name, id, 'which was there before');
  const seen = await api.call({ method: 'GET', path: `/backups/${id}` });
  if (seen.status !== 200) throw unexpected(`GET /backups/${id}`, seen, '200');
  if (!isOurs(seen.body, { id, name, index })) throw notOurs(name, id, 'which the target describes as another backup');
  ledger.made(name, id);
  await waitFor(
    `backup ${name} to be ready`,
    async () => {
      const now = await api.call({ method: 'GET', path: `/backups/${id}` });
      if (now.status !== 200) throw unexpected(`GET /backups/${id}`, now, '200');
      const status = textAt(now.body, 'status');
      if (status === 'Failed') throw unexpected(`GET /backups/${id}`, now, 'a backup that does not fail');
      return status === 'Ready' ? true : undefined;
    },
    shop.waiting,
  );
  return { name, id };
}

async function createdBackup({ api, ledger }: Workshop, name: string, index: string): Promise<string> {
  const path = `/indexes/${index}/backups`;
  // Two backups may have one name, so a try whose answer was lost must be searched for before the next.
  const done = async (): Promise<Answer | undefined> => {
    const body = (await allOf(api, path)).find((backup) => textAt(backup, 'name') === name);
    return body === undefined ? undefined : { status: 201, body, again: true };
  };
  const answer = await api.call({ method: 'POST', path, body: { name } }, done);
  if (answer.status !== 201) {
    noteRefusal(ledger, name, answer);
    throw unexpected(`POST ${path}`, answer, '201');
  }
  const id = idAt(answer.body, 'backup_id');
  if (id === undefined) throw unexpected(`POST ${path}`, answer, 'a backup_id');
  return id;
}

/** Start to restore a backup; returns the id of the job. */
export async function startRestore(shop: Workshop, backup: MadeBackup, name: string): Promise<string> {
  const { api, ledger } = shop;
  const path = `/backups/${backup.id}/create-index`;
  ledger.intend('restored', name, backup.name);
  const answer = await api.call({ method: 'POST', path, body: { name } });
  if (answer.status !== 202 && !(answer.again && answer.status === 409))
    throw unexpected(`POST ${path}`, answer, '202');
  ledger.made(name, name);
  const job = idAt(answer.body, 'restore_job_id') ?? (await jobFor(api, name));
  if (job === undefined) throw unexpected(`POST ${path}`, answer, 'a restore_job_id');
  return job;
}

async function jobFor(api: Api, index: string): Promise<string | undefined> {
  const jobs = await allOf(api, '/restore-jobs');
  return idAt(
    jobs.find((job) => textAt(job, 'target_index_name') === index),
    'restore_job_id',
  );
}

/** A clear 4xx to the first try: nothing was made, and nothing is on its way. */
function noteRefusal(ledger: Ledger, name: string, { status, again }: Answer): void {
  if (!again && status >= 400 && status < 500) ledger.refused(name);
}

function notOurs(name: string, id: string, why: string): HarnessError {
  return new HarnessError(
    'E_ARRANGE',
    `the target gave the new backup ${name} the id ${id}, ${why}: it is not touched`,
    {
      kind: 'target',
      hint: 'The target mixes up ids. No case was judged by this.',
    },
  );
}
