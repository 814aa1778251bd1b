import type { Json, JsonObject } from '../../../model/document.ts';
import type { ResourceKind } from './structure.ts';

/** A resource that exists. A change makes a new record, so that what was made of an old one can be kept by it. */
export interface ResourceRecord {
  readonly kind: ResourceKind;
  readonly id: string;
  /** The property of its value that holds the id, where one does. */
  readonly idProperty?: string;
  /** The resources that it was made below: the name of their collection and their id. */
  readonly parents: ReadonlyMap<string, string>;
  /** What is known of it: what its maker sent, and what has been answered about it. */
  readonly value: JsonObject;
  /** The properties that its maker could have sent. */
  readonly writable: ReadonlySet<string>;
  /** `document`: nobody made it; its id is one that the document itself names. */
  readonly origin: 'request' | 'document';
}

export type Parents = ResourceRecord['parents'];

/** What exists, by kind and id; and what has been put under a path that names no resource of a kind. */
export interface Records {
  find(kind: ResourceKind, id: string, parents: Parents): ResourceRecord | undefined;
  all(kind: ResourceKind, parents: Parents): readonly ResourceRecord[];
  put(record: ResourceRecord): void;
  /** Takes it away, with all that was made below it. What is deleted stays deleted, even if the document names its id. */
  remove(record: ResourceRecord): void;
  isRemoved(kind: ResourceKind, id: string): boolean;
  single(path: string): Json | undefined;
  putSingle(path: string, value: Json | undefined): void;
  /** How many ids have been made for a kind, this one included. */
  count(kind: ResourceKind): number;
}

/** How long what is deleted stays to be seen, in milliseconds, and the clock of that. */
export interface Leaving {
  readonly asyncDeleteMs: number;
  readonly now: () => number;
}

export function openRecords({ asyncDeleteMs, now }: Leaving): Records {
  /** What is being deleted, and when it will have gone. */
  const leaving = new Map<ResourceRecord, number>();
  const kinds = new Map<ResourceKind, Map<string, readonly ResourceRecord[]>>();
  const removed = new Map<ResourceKind, Set<string>>();
  const counts = new Map<ResourceKind, number>();
  const singles = new Map<string, Json | undefined>();
  const of = (kind: ResourceKind): Map<string, readonly ResourceRecord[]> =>
    entry(kinds, kind, () => new Map<string, readonly ResourceRecord[]>());

  const drop = (record: ResourceRecord): void => {
    const ids = of(record.kind);
    const left = (ids.get(record.id) ?? []).filter((each) => !samePlace(each, record));
    if (left.length === 0) ids.delete(record.id);
    else ids.set(record.id, left);
  };

  const remove = (record: ResourceRecord): void => {
    drop(record);
    entry(removed, record.kind, () => new Set()).add(record.id);
    for (const ids of kinds.values()) {
      for (const inner of [...ids.values()].flat()) {
        if (inner.parents.get(record.kind.collection) === record.id && isBelow(inner, record.parents)) remove(inner);
      }
    }
  };

  const settle = (): void => {
    for (const [record, gone] of leaving) {
      if (gone > now()) continue;
      leaving.delete(record);
      remove(record);
    }
  };

  return {
    find(kind, id, parents) {
      settle();
      return of(kind)
        .get(id)
        ?.find((record) => isBelow(record, parents));
    },
    all(kind, parents) {
      settle();
      return [...of(kind).values()].flat().filter((record) => isBelow(record, parents));
    },
    put(record) {
      settle();
      const ids = of(record.kind);
      const known = ids.get(record.id) ?? [];
      // What changes while it is deleted goes all the same.
      for (const before of known.filter((each) => samePlace(each, record))) {
        const gone = leaving.get(before);
        if (gone === undefined) continue;
        leaving.delete(before);
        leaving.set(record, gone);
      }
      ids.set(record.id, [...known.filter((each) => !samePlace(each, record)), record]);
      removed.get(record.kind)?.delete(record.id);
    },
    remove(record) {
      if (asyncDeleteMs === 0) remove(record);
      else if (!leaving.has(record)) leaving.set(record, now() + asyncDeleteMs);
    },
    isRemoved(kind, id) {
      settle();
      return removed.get(kind)?.has(id) ?? false;
    },
    single: (path) => singles.get(path),
    putSingle(path, value) {
      if (value === undefined) singles.delete(path);
      else singles.set(path, value);
    },
    count(kind) {
      const next = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, next);
      return next;
    },
  };
}

/** Whether a resource is one of those below a path: what it was made below decides as far as it is known. */
function isBelow({ parents }: ResourceRecord, wanted: Parents): boolean {
  return [...wanted].every(([collection, id]) => (parents.get(collection) ?? id) === id);
}

function samePlace(a: ResourceRecord, b: ResourceRecord): boolean {
  return a.id === b.id && isBelow(a, b.parents) && isBelow(b, a.parents);
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  const known = map.get(key);
  if (known !== undefined) return known;
  const made = make();
  map.set(key, made);
  return made;
}
