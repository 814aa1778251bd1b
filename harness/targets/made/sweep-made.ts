import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readLines } from '../live/ledger-file.ts';
import { madeExtension } from './made-book.ts';
import { leftInWords, readMadeLines } from './made-lines.ts';

/** A ledger of what operations of a document made, as `sweep` reports it. */
export type SweptMade =
  | { readonly run: string; readonly target: string; readonly left: readonly string[] }
  | { readonly file: string; readonly why: string };

/**
 * What the runs of a folder left that operations of a document made. Nothing of it is deleted: what was shown to be of its
 * run, the run took away, and a ledger is a file that anybody may have written.
 */
export function sweepMade(folder: string, options: { readonly run?: string }): readonly SweptMade[] {
  return namesIn(folder).flatMap((name): readonly SweptMade[] => {
    const file = join(folder, name);
    const lines = readLines(file);
    if ('why' in lines) return [{ file, why: lines.why }];
    const read = readMadeLines(lines);
    if (read === undefined) return [{ file, why: 'its first line is not that of a ledger of this tool' }];
    const { head, entries } = read;
    if (options.run !== undefined && options.run !== head.run) return [];
    if (entries.length > 0) return [{ run: head.run, target: head.target, left: entries.map(leftInWords) }];
    return [];
  });
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(madeExtension))
      .sort();
  } catch {
    return [];
  }
}
