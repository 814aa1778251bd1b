import { setTimeout as pause } from 'node:timers/promises';
import { HarnessError, messageOf } from '../../../core/errors.ts';
import type { Ledger } from '../../live/ledger.ts';
import { isResourceName, type Resource, type ResourceKind } from '../../live/ledger-lines.ts';
import { idAt, textAt } from './answers.ts';
import { type Api, unreachable } from './api.ts';
import { allOf, endlessList } from './lists.ts';
import { confirmOurs, isOurs } from './confirm.ts';

interface CleaningOptions {
  readonly api: Api;
  readonly ledger: Ledger;
  readonly onWaiting: (what: string) => void;
  /** Ends all waiting. */
  readonly signal: AbortSignal;
  /** How long all of it may take. */
  readonly patienceMs: number;
  /** How long a call that got no answer may still be on its way. */
  readonly graceMs: number;
}

/** Restored indexes hold their backup, backups hold their index. Backups come twice: further ones are searched for in between. */
const order: readonly ResourceKind[] = ['restored', 'backup', 'backup', 'index'];

/** What is known of the deletions of one cleaning, by the key of the resource. */
interface Progress {
  /** Its deletion was accepted. */
  readonly accepted: Set<string>;
  /** It is not what the run made: it is left, and not tried again. */
  readonly kept: Set<string>;
  /** Why it still exists. */
  readonly why: Map<string, string>;
  /** When to give up, on the clock of `performance.now()`. */
  end: number;
}

/** Delete what the ledger has, wait until it is gone, and return what is left, one line each. */
export async function cleanUp(options: CleaningOptions): Promise<readonly string[]> {
  const { ledger, patienceMs } = options;
  const progress: Progress = {
    accepted: new Set(),
    kept: new Set(),
    why: new Map(),
    end: performance.now() + patienceMs,
  };
  const problems: string[] = [];
  for (const [place, kind] of order.entries()) {
    if (kind === 'backup' && place > order.indexOf(kind)) {
      const noteProblem = (cause: unknown): void => void problems.push(`further backups: ${messageOf(cause)}`);
      await adoptFurtherBackups(options).catch(noteProblem);
    }
    await removeAll(kind, options, progress);
  }
  const left = ledger.left().map((each) => `${resourceInWords(each)}: ${progress.why.get(each.key) ?? 'not reached'}`);
  return left.length === 0 ? left : [...left, ...problems];
}

/** Delete what the ledger has of one kind, again and again until it is gone or the time is up. */
async function removeAll(kind: ResourceKind, options: CleaningOptions, progress: Progress): Promise<void> {
  const { ledger, onWaiting, signal, patienceMs } = options;
  const { kept, why } = progress;
  const remaining = (): readonly Resource[] =>
    ledger.left().filter((each) => each.kind === kind && !kept.has(each.key));
  for (let wait = 50; ; wait = Math.min(wait * 1.6, 3000)) {
    for (const each of remaining()) {
      const trouble = await remove(each, options, progress).catch((thrown: unknown) => {
        if (thrown instanceof HarnessError && thrown.code === unreachable) {
          // A target that is down may be coming up again, but that is not waited for long.
          progress.end = Math.min(progress.end, performance.now() + Math.min(patienceMs, 5000));
        }
        // Reading such a list again takes as long again.
        if (thrown instanceof HarnessError && thrown.code === endlessList) kept.add(each.key);
        // That the time was up says less than what was answered before.
        const isTimeUp = thrown instanceof HarnessError && thrown.code === 'E_INTERRUPTED';
        return (isTimeUp ? why.get(each.key) : undefined) ?? messageOf(thrown);
      });
      if (trouble === undefined) ledger.gone(each.key);
      else why.set(each.key, trouble);
    }
    const still = remaining();
    if (still.length === 0 || performance.now() > progress.end || signal.aborted) return;
    onWaiting(`${still.map(({ name }) => name).join(', ')} to be gone`);
    await pause(wait, undefined, { signal }).catch(() => undefined);
  }
}

/** Such as `backup pcc-ab12cd34-b1 (6f1c…)`. */
export function resourceInWords({ kind, name, id }: Resource): string {
  return `${words[kind]} ${name}${id === undefined || id === name ? '' : ` (${id})`}`;
}

const words: Readonly<Record<ResourceKind, string>> = {
  index: 'index',
  backup: 'backup',
  restored: 'restored index',
};

/** Nothing when it is gone, else why not. */
async function remove(each: Resource, options: CleaningOptions, progress: Progress): Promise<string | undefined> {
  const { api, ledger } = options;
  const path = await pathOf(each, options);
  if (path === undefined) return isYoung(each, options) ? onItsWay : undefined;
  const resource = ledger.find(each.key) ?? each;
  const { accepted } = progress;
  if (resource.confirmed !== true && !accepted.has(each.key)) {
    const confirmation = await confirmOurs(resource, path, { api, started: ledger.head.started });
    if (confirmation.kind === 'not-ours') progress.kept.add(each.key);
    if (confirmation.kind === 'not-ours' || confirmation.kind === 'unknown') return confirmation.why;
    if (confirmation.kind === 'gone') return afterNotFound(each, options);
  }
  const { status } = await api.call({ method: accepted.has(each.key) ? 'GET' : 'DELETE', path });
  if (status === 404) return afterNotFound(each, options);
  if (status === 202 && !accepted.has(each.key)) accepted.add(each.key);
  return accepted.has(each.key) ? 'its deletion was accepted, and it still exists' : `DELETE ${path} answers ${status}`;
}

const onItsWay = 'it may still be on its way';

/** An index that was only meant to be made: 404 is sure once the call that makes it cannot be on its way any more. */
function afterNotFound(each: Resource, options: CleaningOptions): string | undefined {
  return each.id === undefined && isYoung(each, options) ? onItsWay : undefined;
}

async function pathOf(each: Resource, { api, ledger }: CleaningOptions): Promise<string | undefined> {
  if (each.kind !== 'backup') return `/indexes/${encodeURIComponent(each.name)}`;
  const id = each.id ?? (await idOf(each, api));
  if (id === undefined) return undefined;
  if (each.id === undefined) ledger.made(each.key, id);
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
async function adoptFurtherBackups({ api, ledger }: CleaningOptions): Promise<void> {
  for (const { name: index, kind } of ledger.left()) {
    if (kind !== 'index') continue;
    const path = `/indexes/${encodeURIComponent(index)}/backups`;
    if ((await api.call({ method: 'GET', path: `/indexes/${encodeURIComponent(index)}` })).status !== 200) continue;
    for (const further of await allOf(api, path)) {
      const id = idAt(further, 'backup_id');
      const name = textAt(further, 'name') ?? '';
      if (id === undefined || !isResourceName(name, ledger.head.run, 'backup')) continue;
      const { status, body } = await api.call({ method: 'GET', path: `/backups/${encodeURIComponent(id)}` });
      if (status !== 200 || !isOurs(body, { id, name, index })) continue;
      if (!ledger.left().some((each) => each.id === id)) ledger.adopt(id, { name, of: index });
    }
  }
}

function isYoung({ since }: Resource, { graceMs }: CleaningOptions): boolean {
  return Date.now() - since < graceMs;
}
