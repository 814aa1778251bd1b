import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { HarnessError } from '../../core/errors.ts';

/** What a run makes. A `restored` index came from a backup and goes before it. */
export type ResourceKind = 'index' | 'backup' | 'restored';

/** Something that a run has made, or has meant to make: then its id is not known. */
export interface Resource {
  readonly kind: ResourceKind;
  /** `pcc-<run>-…`: nobody else's resource has it. */
  readonly name: string;
  /** The server's id of a backup. */
  readonly id?: string;
  /** The index that a backup is of. */
  readonly of?: string;
  /** When it was meant to be made, in milliseconds since the epoch; 0 when that was refused. */
  readonly since: number;
}

/** Who wrote a ledger, and where its resources are. */
interface LedgerHead {
  readonly ledger: 1;
  readonly run: string;
  readonly target: string;
  readonly host: string;
  readonly pid: number;
  readonly started: string;
}

/** What a run has made and not yet deleted, on disk before it is used. */
export interface Ledger {
  readonly head: LedgerHead;
  readonly file: string;
  /** Write down that a resource is about to be made. */
  intend(kind: ResourceKind, name: string, of?: string): void;
  /** Write down the id that the server gave it. */
  made(name: string, id: string): void;
  /** Write down that making it was refused: it is not on its way. */
  refused(name: string): void;
  /** Write down that it is there no more. */
  gone(name: string): void;
  left(): readonly Resource[];
  find(name: string): Resource | undefined;
  /** Close the file; remove it when nothing is left. */
  close(): void;
}

type Line =
  | { readonly intend: ResourceKind; readonly name: string; readonly of?: string; readonly at: number }
  | { readonly made: string; readonly id: string }
  | { readonly refused: string }
  | { readonly gone: string };

export const ledgerFolder = join('.pinecone-contract', 'ledger');

export function createLedger(folder: string, head: Pick<LedgerHead, 'run' | 'target'>): Ledger {
  const whole: LedgerHead = {
    ledger: 1,
    ...head,
    host: hostname(),
    pid: process.pid,
    started: new Date().toISOString(),
  };
  const file = join(folder, `${head.run}.jsonl`);
  try {
    mkdirSync(folder, { recursive: true });
    const ledger = openLedger(file, openSync(file, 'ax'), whole, new Map());
    ledger.write(whole);
    return ledger;
  } catch (cause) {
    throw new HarnessError('E_LEDGER', `The ledger ${file} cannot be written, so nothing was made`, {
      cause,
      hint: 'Run in a folder that can be written; without a ledger an interrupted run could not be cleaned up.',
    });
  }
}

/** The ledgers in a folder, of runs that were interrupted or are going on. */
export function readLedgers(folder: string): readonly Ledger[] {
  let names: readonly string[];
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.jsonl'));
  } catch {
    return [];
  }
  return [...names].sort().map((name) => reopen(join(folder, name)));
}

function reopen(file: string): Ledger {
  const lines = readFileSync(file, 'utf8').split('\n');
  const head = parsed(lines[0] ?? '');
  if (!isHead(head)) {
    throw new HarnessError('E_LEDGER', `${file} is no ledger of this tool`, {
      hint: 'Look at it, then move it away.',
    });
  }
  const resources = new Map<string, Resource>();
  // A kill may cut the last line short. What it would have said was not acted on yet.
  for (const line of lines.slice(1)) {
    const value = parsed(line);
    if (isLine(value)) apply(resources, value);
  }
  return openLedger(file, undefined, head, resources);
}

function openLedger(
  file: string,
  opened: number | undefined,
  head: LedgerHead,
  resources: Map<string, Resource>,
): Ledger & { write(value: unknown): void } {
  let handle = opened;
  const write = (value: unknown): void => {
    if (handle === undefined) {
      handle = openSync(file, 'a');
      // The line before may have been cut short.
      writeSync(handle, '\n');
    }
    writeSync(handle, `${JSON.stringify(value)}\n`);
    fsyncSync(handle);
  };
  const note = (line: Line): void => {
    write(line);
    apply(resources, line);
  };
  return {
    head,
    file,
    write,
    intend: (kind, name, of) => note({ intend: kind, name, ...(of === undefined ? {} : { of }), at: Date.now() }),
    made: (name, id) => note({ made: name, id }),
    refused: (name) => note({ refused: name }),
    gone: (name) => note({ gone: name }),
    left: () => [...resources.values()],
    find: (name) => resources.get(name),
    close() {
      if (handle !== undefined) closeSync(handle);
      handle = undefined;
      if (resources.size === 0) rmSync(file, { force: true });
    },
  };
}

function apply(resources: Map<string, Resource>, line: Line): void {
  if ('intend' in line) {
    const { intend: kind, name, of, at } = line;
    resources.set(name, { kind, name, since: at, ...(of === undefined ? {} : { of }) });
  } else if ('made' in line) {
    const known = resources.get(line.made);
    if (known !== undefined) resources.set(line.made, { ...known, id: line.id });
  } else if ('refused' in line) {
    const known = resources.get(line.refused);
    if (known !== undefined) resources.set(line.refused, { ...known, since: 0 });
  } else {
    resources.delete(line.gone);
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isHead(value: unknown): value is LedgerHead {
  return (
    isRecord(value) &&
    value['ledger'] === 1 &&
    ['run', 'target', 'host', 'started'].every((name) => typeof value[name] === 'string') &&
    typeof value['pid'] === 'number' &&
    /^[a-z0-9]{4,20}$/.test(String(value['run']))
  );
}

function isLine(value: unknown): value is Line {
  if (!isRecord(value)) return false;
  if (typeof value['intend'] === 'string') {
    return typeof value['name'] === 'string' && typeof value['at'] === 'number' && kinds.includes(value['intend']);
  }
  if (typeof value['gone'] === 'string' || typeof value['refused'] === 'string') return true;
  return typeof value['made'] === 'string' && typeof value['id'] === 'string';
}

const kinds: readonly string[] = ['index', 'backup', 'restored'] satisfies readonly ResourceKind[];

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
