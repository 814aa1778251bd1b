import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { HarnessError } from '../../core/errors.ts';
import { makeFolder } from '../../core/make-folder.ts';
import { safePath } from '../../core/safe-path.ts';
import type { Making } from '../../model/target.ts';
import { type LineFile, openLineFile } from '../live/ledger-file.ts';
import { applyMadeLine, leftInWords, type MadeEntry, type MadeLine } from './made-lines.ts';

/** What the operations of a document make on a host that others use: on disk before it is made. */
export interface MadeBook {
  /** `bears`: a value in it that was made for it alone. */
  begin(request: string, bears?: string): Making;
  /** For a response that does not say whether something was made: it is only named if it is told to be. */
  unsure(request: string, bears?: string): Making;
  /** Closes the file, and removes it where nothing is left; returns what is left, one line each. */
  close(): readonly string[];
}

/** The end of the names of these ledgers; those of `--states pinecone` end otherwise. */
export const madeExtension = '.made';

/** The file begins with the first entry: most runs make nothing. */
export function openMadeBook(folder: string, target: string): MadeBook {
  const entries = new Map<number, MadeEntry>();
  let count = 0;
  let file: { readonly path: string; readonly lines: LineFile } | undefined;
  const note = (line: MadeLine): void => {
    file ??= createFile(folder, target);
    file.lines.append(JSON.stringify(line));
    applyMadeLine(entries, line);
  };
  const intend = (request: string, bears: string | undefined): number => {
    const number = ++count;
    note({ intend: number, request, at: Date.now(), ...(bears === undefined ? {} : { bears }) });
    return number;
  };
  const at = (by: string | undefined): { readonly by?: string } =>
    by === undefined ? {} : { by: by.replace(' /', ` ${target}/`) };
  return {
    begin(request, bears) {
      const number = intend(request, bears);
      return {
        refused: () => note({ refused: number }),
        made: (by) => note({ made: number, ...at(by) }),
        doubtful: (why, by) => note({ made: number, ...at(by), why }),
        gone: () => note({ gone: number }),
      };
    },
    unsure: (request, bears) => ({
      refused: () => undefined,
      made: (by) => note({ made: intend(request, bears), ...at(by) }),
      doubtful: (why, by) => note({ made: intend(request, bears), ...at(by), why }),
      gone: () => undefined,
    }),
    close() {
      file?.lines.close();
      if (file !== undefined && entries.size === 0) rmSync(file.path, { force: true });
      return [...entries.values()].map(leftInWords);
    },
  };
}

function createFile(folder: string, target: string): { readonly path: string; readonly lines: LineFile } {
  const run = randomBytes(5).toString('hex');
  const path = safePath(folder, [`${run}${madeExtension}`], 'the id of a run');
  const started = new Date().toISOString();
  try {
    makeFolder(folder);
    const lines = openLineFile(path, { isNew: true });
    lines.append(JSON.stringify({ ledger: 1, run, target, host: hostname(), pid: process.pid, started }));
    return { path, lines };
  } catch (cause) {
    throw new HarnessError('E_LEDGER', `The ledger ${path} cannot be written, so nothing was made`, {
      cause,
      hint: 'Run in a folder that can be written; without a ledger it is unknown what an interrupted run left.',
    });
  }
}
