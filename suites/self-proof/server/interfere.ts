import type { Mock } from '../../../harness/index.ts';
import type { StateTamper } from '../fault.ts';
import { type RawRequest, decoded, rawIdOf } from './raw-request.ts';
import type { Memory } from './memory.ts';
import type { Reply } from './reply.ts';

/** Does behind an answer what the answer does not say. */
export function changed(deed: StateTamper, place: { readonly request: RawRequest; readonly mock: Mock }): void {
  const later = 'afterMs' in deed ? deed.afterMs : undefined;
  if (later === undefined) change(deed, place);
  else setTimeout(() => change(deed, place), later).unref();
}

function change(deed: StateTamper, { request, mock }: { readonly request: RawRequest; readonly mock: Mock }): void {
  const { store } = mock;
  const id = decoded(rawIdOf(request) ?? '');
  switch (deed.do) {
    case 'delete':
      store.backup(id);
      for (const backup of store.backups()) {
        const isAsked = backup.id === id;
        if (deed.which === 'everything' || isAsked === (deed.which === 'the-asked-one')) store.deleteBackup(backup);
      }
      return;
    case 'keep':
      store.plantBackup({ id });
      return;
    case 'list':
      return;
    default:
      deed satisfies never;
  }
}

/** A list of backups with the deleted ones still in it, or without those that were there when another was deleted. */
export function changedList(reply: Reply, deed: StateTamper, { accepted, bystanders }: Memory): Reply {
  if (deed.do !== 'list') return reply;
  const list = JSON.parse(reply.body.toString('utf8')) as { readonly data: readonly { readonly backup_id: string }[] };
  const kept = [...accepted].map((id) => ({ backup_id: id }));
  const data =
    deed.how === 'keeps-the-deleted'
      ? [...list.data, ...kept]
      : list.data.filter((backup) => !bystanders.has(backup.backup_id));
  return { ...reply, body: Buffer.from(JSON.stringify({ ...list, data })) };
}
