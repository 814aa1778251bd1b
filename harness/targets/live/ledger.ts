import { readdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { HarnessError, messageOf } from '../../core/errors.ts';
import { safePath } from '../../core/safe-path.ts';
import { type LineFile, openLineFile, readLines } from './ledger-file.ts';
import {
  applyLine,
  isHead,
  isLine,
  type LedgerHead,
  type Line,
  parsedLine,
  type Resource,
  type ResourceKind,
} from './ledger-lines.ts';
import { makeFolder } from '../../core/make-folder.ts';

/** What a run has made and not yet deleted, on disk before it is used. */
export interface Ledger {
  readonly head: LedgerHead;
  readonly file: string;
  /** The numbers of lines that no run of this tool writes: they are not acted on, and the file is kept. */
  readonly rejected: readonly number[];
  /** Write down that a resource is about to be made. */
  intend(kind: ResourceKind, name: string, of?: string): void;
  /** Write down the id that the server gave it. Call this once the server has described it as what was made. */
  made(name: string, id: string): void;
  /** Write down a further backup that bears the name of one of the run's. */
  adopt(id: string, backup: { readonly name: string; readonly of: string }): void;
  /** Write down that making it was refused: it is not on its way. */
  refused(name: string): void;
  /** Write down that it no longer exists. */
  gone(key: string): void;
  left(): readonly Resource[];
  find(key: string): Resource | undefined;
  /** Close the file; remove it when nothing is left. */
  close(): void;
}

/** A file in the folder of ledgers that cannot be read as one. */
interface UnreadableLedger {
  readonly file: string;
  readonly why: string;
}

export const ledgerFolder = join('.pinecone-contract', 'ledger');

const extension = '.jsonl';

/** Begin the ledger of a run. Throws `E_LEDGER` where it cannot be written. */
export function createLedger(folder: string, head: Pick<LedgerHead, 'run' | 'target'>): Ledger {
  const whole: LedgerHead = {
    ledger: 1,
    ...head,
    host: hostname(),
    pid: process.pid,
    started: new Date().toISOString(),
  };
  const file = safePath(folder, [`${head.run}${extension}`], 'the id of a run');
  try {
    makeFolder(folder);
    const lines = openLineFile(file, { isNew: true });
    lines.append(JSON.stringify(whole));
    return ledgerOver({ file, lines, head: whole, resources: new Map(), rejected: [] });
  } catch (cause) {
    throw new HarnessError('E_LEDGER', `The ledger ${file} cannot be written, so nothing was made`, {
      cause,
      hint: 'Run in a folder that can be written; without a ledger an interrupted run could not be cleaned up.',
    });
  }
}

/** The ledgers in a folder, of runs that were interrupted or are going on, and the files that are none. */
export function readLedgers(folder: string): {
  readonly ledgers: readonly Ledger[];
  readonly unreadable: readonly UnreadableLedger[];
} {
  const ledgers: Ledger[] = [];
  const unreadable: UnreadableLedger[] = [];
  for (const name of namesIn(folder)) {
    const file = join(folder, name);
    const read = reopen(file, name.slice(0, -extension.length));
    if ('why' in read) unreadable.push({ file, why: read.why });
    else ledgers.push(read);
  }
  return { ledgers, unreadable };
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(extension))
      .sort();
  } catch (cause) {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ENOENT') return [];
    throw new HarnessError('E_LEDGER', `The folder of ledgers ${folder} cannot be read: ${messageOf(cause)}`, {
      cause,
      hint: 'Name the folder that the runs wrote to: --ledger DIR.',
    });
  }
}

function reopen(file: string, run: string): Ledger | { readonly why: string } {
  const lines = readLines(file);
  if ('why' in lines) return lines;
  const head = parsedLine(lines[0] ?? '');
  if (!isHead(head)) return { why: 'its first line is not that of a ledger of this tool' };
  if (head.run !== run) return { why: `its first line is of run ${head.run}, its name is not` };
  const resources = new Map<string, Resource>();
  const rejected: number[] = [];
  for (const [place, line] of lines.entries()) {
    if (place === 0) continue;
    const value = parsedLine(line);
    // A kill may cut a line short. What it would have said was not acted on yet.
    if (value === undefined) continue;
    if (!isLine(value, run) || !applyLine(resources, value)) rejected.push(place + 1);
  }
  return ledgerOver({ file, lines: openLineFile(file), head, resources, rejected });
}

function ledgerOver(parts: {
  readonly file: string;
  readonly lines: LineFile;
  readonly head: LedgerHead;
  readonly resources: Map<string, Resource>;
  readonly rejected: readonly number[];
}): Ledger {
  const { file, lines, head, resources, rejected } = parts;
  const note = (line: Line): void => {
    lines.append(JSON.stringify(line));
    applyLine(resources, line);
  };
  const confirm = (key: string): void => {
    const known = resources.get(key);
    if (known !== undefined) resources.set(key, { ...known, confirmed: true });
  };
  return {
    head,
    file,
    rejected,
    intend: (kind, name, of) => note({ intend: kind, name, ...(of === undefined ? {} : { of }), at: Date.now() }),
    made(name, id) {
      note({ made: name, id });
      confirm(name);
    },
    adopt(id, { name, of }) {
      note({ adopted: id, name, of, at: Date.now() });
      confirm(id);
    },
    refused: (name) => note({ refused: name }),
    gone: (key) => note({ gone: key }),
    left: () => [...resources.values()],
    find: (key) => resources.get(key),
    close() {
      lines.close();
      if (resources.size === 0 && rejected.length === 0) rmSync(file, { force: true });
    },
  };
}
