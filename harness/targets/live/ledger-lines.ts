import { isRecord } from '../../core/parsed-json.ts';

/** What a run makes. A `restored` index came from a backup and goes before it. */
export type ResourceKind = 'index' | 'backup' | 'restored';

/** Something that a run has made, or has meant to make: then its id is not known. */
export interface Resource {
  /** What the ledger knows it by: its name, or the id of a second backup of the same name. */
  readonly key: string;
  readonly kind: ResourceKind;
  /** `pcc-<run>-…`: no resource of another run has it. */
  readonly name: string;
  /** The server's id of a backup. */
  readonly id?: string;
  /** The index that a backup is of. */
  readonly of?: string;
  /** When it was meant to be made, in milliseconds since the epoch; 0 when that was refused. */
  readonly since: number;
  /** This process has seen the server describe it as what was made; a ledger read from disk proves nothing. */
  readonly confirmed?: true;
}

/** Who wrote a ledger, and where its resources are. */
export interface LedgerHead {
  readonly ledger: 1;
  readonly run: string;
  readonly target: string;
  readonly host: string;
  readonly pid: number;
  readonly started: string;
}

/** One entry of a ledger. `adopted`: the id of a further backup that bears the name of one of the run's. */
export type Line =
  | { readonly intend: ResourceKind; readonly name: string; readonly of?: string; readonly at: number }
  | { readonly adopted: string; readonly name: string; readonly of: string; readonly at: number }
  | { readonly made: string; readonly id: string }
  | { readonly refused: string }
  | { readonly gone: string };

const letters = { index: 'i', backup: 'b', restored: 'r' } as const satisfies Readonly<Record<ResourceKind, string>>;

/** The name of the n-th resource of its kind that a run makes. */
export function resourceName(run: string, kind: ResourceKind, n: number): string {
  return `pcc-${run}-${letters[kind]}${n}`;
}

/** Whether a name is one that this tool gives, in this run, to a resource of this kind. */
export function isResourceName(name: string, run: string, kind: ResourceKind): boolean {
  const start = `pcc-${run}-${letters[kind]}`;
  return name.startsWith(start) && /^[1-9]\d{0,8}$/.test(name.slice(start.length));
}

/** Whether an id can stand in a path and be nothing but an id. */
export function isPlainId(id: string): boolean {
  return /^[A-Za-z0-9][\w.-]{0,199}$/.test(id);
}

/** The text of one line as JSON; undefined where it is none. */
export function parsedLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

export function isHead(value: unknown): value is LedgerHead {
  return (
    isRecord(value) &&
    value['ledger'] === 1 &&
    ['run', 'target', 'host', 'started'].every((name) => typeof value[name] === 'string') &&
    Number.isSafeInteger(value['pid']) &&
    Number(value['pid']) > 0 &&
    !Number.isNaN(Date.parse(String(value['started']))) &&
    /^[a-z0-9]{4,20}$/.test(String(value['run']))
  );
}

/** Whether a value is an entry that a run of this tool writes: its own names, and ids that are nothing but ids. */
export function isLine(value: unknown, run: string): value is Line {
  if (!isRecord(value)) return false;
  const { intend, adopted, made, refused, gone, name, of, at, id } = value;
  if (intend !== undefined) {
    if (!isKind(intend) || !isText(name) || !isTime(at) || !isResourceName(name, run, intend)) return false;
    if (intend === 'index') return of === undefined;
    return isText(of) && isResourceName(of, run, intend === 'backup' ? 'index' : 'backup');
  }
  if (adopted !== undefined) {
    if (!isText(adopted) || !isPlainId(adopted) || !isTime(at)) return false;
    return isText(name) && isResourceName(name, run, 'backup') && isText(of) && isResourceName(of, run, 'index');
  }
  if (made !== undefined) return isText(made) && isText(id) && isPlainId(id);
  return isText(refused) || isText(gone);
}

/** Take an entry into account; false where it speaks of a resource that the ledger does not have. */
export function applyLine(resources: Map<string, Resource>, line: Line): boolean {
  if ('intend' in line) {
    const { intend: kind, name, of, at } = line;
    resources.set(name, { key: name, kind, name, since: at, ...(of === undefined ? {} : { of }) });
    return true;
  }
  if ('adopted' in line) {
    const { adopted: id, name, of, at } = line;
    resources.set(id, { key: id, kind: 'backup', name, id, of, since: at });
    return true;
  }
  if ('made' in line) {
    const known = resources.get(line.made);
    if (known === undefined || (known.kind !== 'backup' && line.id !== known.name)) return false;
    resources.set(line.made, { ...known, id: line.id });
    return true;
  }
  if ('refused' in line) {
    const known = resources.get(line.refused);
    if (known !== undefined) resources.set(line.refused, { ...known, since: 0 });
    return known !== undefined;
  }
  resources.delete(line.gone);
  return true;
}

function isKind(value: unknown): value is ResourceKind {
  return value === 'index' || value === 'backup' || value === 'restored';
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
