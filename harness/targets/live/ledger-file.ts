import { closeSync, fsyncSync, openSync, readFileSync, statSync, writeSync } from 'node:fs';
import { HarnessError, messageOf } from '../../core/errors.ts';

/** A ledger is a few lines; what is larger than this was not written by this tool. */
const mostBytes = 64 * 1024 * 1024;

/** A file to which whole lines are appended, each on disk when `append` returns. */
export interface LineFile {
  /** Throws `E_LEDGER` where the line cannot be written whole. */
  append(line: string): void;
  close(): void;
}

/** Writes some of the bytes and says how many, as `fs.writeSync` does. */
type Write = (handle: number, bytes: Uint8Array, offset: number) => number;

/** Append to a file. `isNew`: the file must not exist yet; else the last line in it may have been cut short. */
export function openLineFile(
  file: string,
  options: { readonly isNew: boolean; readonly write?: Write } = { isNew: false },
): LineFile {
  const { isNew, write = writeSync } = options;
  // A file that is only read stays as it is: it is opened by the first line.
  let handle = isNew ? openSync(file, 'ax') : undefined;
  const writeAll = (open: number, text: string): void => {
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length;) {
      const count = write(open, bytes, at);
      if (count <= 0) throw new Error(`only ${at} of ${bytes.length} bytes were written`);
      at += count;
    }
  };
  return {
    append(line) {
      try {
        if (handle === undefined) {
          handle = openSync(file, 'a');
          writeAll(handle, '\n');
        }
        writeAll(handle, `${line}\n`);
        fsyncSync(handle);
      } catch (cause) {
        throw new HarnessError('E_LEDGER', `The ledger ${file} cannot be written to: ${messageOf(cause)}`, {
          kind: 'harness',
          cause,
          hint: 'Make room on the disk; what was made is listed in the ledger up to here, and `sweep` deletes it.',
        });
      }
    },
    close() {
      if (handle !== undefined) closeSync(handle);
      handle = undefined;
    },
  };
}

/** The lines of a file, or why it cannot be read as a ledger. Never waits: a pipe is no ledger. */
export function readLines(file: string): readonly string[] | { readonly why: string } {
  try {
    const found = statSync(file);
    if (found.isDirectory()) return { why: 'it is a folder' };
    if (!found.isFile()) return { why: 'it is no regular file' };
    if (found.size === 0) return { why: 'it is empty: the run ended before it made anything' };
    if (found.size > mostBytes) return { why: `it is larger than ${mostBytes} bytes` };
    return readFileSync(file, 'utf8').split('\n');
  } catch (cause) {
    return { why: messageOf(cause) };
  }
}
