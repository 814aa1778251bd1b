import { setTimeout as pause } from 'node:timers/promises';
import { HarnessError, messageOf } from '../../../core/errors.ts';
import type { Ledger, Resource, ResourceKind } from '../../live/ledger.ts';
import { idAt, textAt } from './answers.ts';
import { type Api, unreachable } from './api.ts';
import { allOf } from './lists.ts';
import { isOurs } from './make.ts';

interface CleaningOptions {
  readonly api: Api;
  readonly ledger: Ledger;
  readonly onWaiting: (what: string) => void;
  /** How long all of it may take. */
  readonly patienceMs: number;
  /** How long a call that got no answer may still be on its way. */
  readonly graceMs: number;
}

/** Restored indexes hold their backup, backups hold their index. Backups come twice: strays are looked for in between. */
const order: readonly ResourceKind[] = ['restored', 'backup', 'backup', 'index'];

/** Delete what the ledger has, wait until it is gone, and return what is left, one line each. */
export async function cleanUp(options: CleaningOptions): Promise<readonly string[]> {
  const { ledger, onWaiting, patienceMs } = options;
  let end = performance.now() + patienceMs;
  // A target that is down may be coming up again, but that is not waited for long.
  const soon = performance.now() + Math.min(patienceMs, 5000);
  const asked = new Set<string>();
  const why = new Map<string, string>();
  for (const [place, kind] of order.entries()) {
    if (kind === 'backup' && place > order.indexOf(kind))
      await adoptStrays(options).catch((cause: unknown) => why.set('strays', messageOf(cause)));
    for (let wait = 50; ; wait = Math.min(wait * 1.6, 3000)) {
      const left = ledger.left().filter((each) => each.kind === kind);
      for (const each of left) {
        const trouble = await remove(each, options, asked).catch((thrown: unknown) => {
          if (thrown instanceof HarnessError && thrown.code === unreachable) end = Math.min(end, soon);
          return messageOf(thrown);
        });
        if (trouble === undefined) ledger.gone(each.name);
        else why.set(each.name, trouble);
      }
      const still = ledger.left().filter((each) => each.kind === kind);
      if (still.length === 0 || performance.now() > end) break;
      onWaiting(`${still.map(({ name }) => name).join(', ')} to be gone`);
      await pause(wait);
    }
  }
  return ledger
    .left()
    .map(
      (each) =>
        `${words[each.kind]} ${each.name}${each.id === undefined || each.id === each.name ? '' : ` (${each.id})`}: ${why.get(each.name) ?? 'not reached'}`,
    );
}

const words: Readonly<Record<ResourceKind, string>> = {
  index: 'index',
  backup: 'backup',
  restored: 'restored index',
};

/** Nothing when it is gone, else why not. */
async function remove(each: Resource, options: CleaningOptions, asked: Set<string>): Promise<string | undefined> {
  const path = await pathOf(each, options);
  if (path === undefined) return isYoung(each, options) ? 'it may still be on its way' : undefined;
  const { status } = await options.api.call({ method: asked.has(each.name) ? 'GET' : 'DELETE', path });
  // An index that was only meant to be made: 404 is sure once the call that makes it cannot be on its way any more.
  if (status === 404) return each.id === undefined && isYoung(each, options) ? 'it may still be on its way' : undefined;
  if (status === 202 && !asked.has(each.name)) {
    asked.add(each.name);
    return 'its deletion was accepted, and it is still there';
  }
  return asked.has(each.name) ? 'its deletion was accepted, and it is still there' : `DELETE ${path} answers ${status}`;
}

async function pathOf(each: Resource, { api, ledger }: CleaningOptions): Promise<string | undefined> {
  if (each.kind !== 'backup') return `/indexes/${encodeURIComponent(each.name)}`;
  const id = each.id ?? (await idOf(each, api));
  if (id === undefined) return undefined;
  if (each.id === undefined) ledger.made(each.name, id);
  return `/backups/${encodeURIComponent(id)}`;
}

/** The id of a backup whose making got no answer: by its name, and only if it says itself that it is ours. */
async function idOf({ name, of = '' }: Resource, api: Api): Promise<string | undefined> {
  const id = idAt(
    (await allOf(api, '/backups')).find((backup) => textAt(backup, 'name') === name),
    'backup_id',
  );
  if (id === undefined) return undefined;
  const { status, body } = await api.call({ method: 'GET', path: `/backups/${encodeURIComponent(id)}` });
  return status === 200 && isOurs(body, { id, name, index: of }) ? id : undefined;
}

/**
 * A try that was given up for lost may have made a second backup of the same name after all. Whatever hangs on an index
 * of this run and bears the name of one of its backups is this run's.
 */
async function adoptStrays({ api, ledger }: CleaningOptions): Promise<void> {
  for (const { name: index, kind } of ledger.left()) {
    if (kind !== 'index') continue;
    const path = `/indexes/${encodeURIComponent(index)}/backups`;
    if ((await api.call({ method: 'GET', path: `/indexes/${encodeURIComponent(index)}` })).status !== 200) continue;
    for (const stray of await allOf(api, path)) {
      const id = idAt(stray, 'backup_id');
      const name = textAt(stray, 'name') ?? '';
      if (id === undefined || !name.startsWith(`pcc-${ledger.head.run}-b`)) continue;
      const { status, body } = await api.call({ method: 'GET', path: `/backups/${encodeURIComponent(id)}` });
      if (status !== 200 || !isOurs(body, { id, name, index })) continue;
      ledger.intend('backup', id, index);
      ledger.made(id, id);
    }
  }
}

function isYoung({ since }: Resource, { graceMs }: CleaningOptions): boolean {
  return Date.now() - since < graceMs;
}
