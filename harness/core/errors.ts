import type { ExitCode } from '../model/record.ts';
import type { CaseError } from '../model/verdict.ts';
import { shortageHint, shortageOf } from './shortage.ts';

/** What kind of trouble, and so which exit code: `usage` 2, `target` and `harness` 3. */
export type ErrorKind = 'usage' | 'target' | 'harness';

/**
 * The harness cannot go on. `message` says what and where, `hint` what to do next; both are for people.
 * `code` is stable: match on it, not on the text.
 */
export class HarnessError extends Error {
  override readonly name = 'HarnessError';
  /** `E_…`; docs/errors.md has the meaning, the usual cause and the remedy of each. */
  readonly code: string;
  readonly kind: ErrorKind;
  /** What to do next, in whole sentences. */
  readonly hint?: string;

  constructor(
    code: `E_${string}`,
    message: string,
    options: { readonly kind?: ErrorKind; readonly hint?: string; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.kind = options.kind ?? 'usage';
    if (options.hint !== undefined) this.hint = options.hint;
  }

  /** The exit code of a command that ends with it: 2 for `usage`, else 3. */
  get exit(): ExitCode {
    return this.kind === 'usage' ? 2 : 3;
  }
}

/** What to do about an error that only a mistake of this package can cause. */
export const reportIt = 'This is a mistake of pinecone-contract: report it, with the command line and run.json.';

/** Any thrown value as plain data, for a verdict. */
export function toCaseError(thrown: unknown): CaseError {
  if (thrown instanceof HarnessError) {
    return { code: thrown.code, message: thrown.message, ...(thrown.hint === undefined ? {} : { hint: thrown.hint }) };
  }
  const shortage = shortageOf(thrown);
  if (shortage !== undefined) return { code: 'E_MACHINE_LIMIT', message: shortage, hint: shortageHint };
  const hint = 'If it does not come from code of your own, report it, with the command line and run.json.';
  return { code: 'E_UNEXPECTED', message: messageOf(thrown), hint };
}

/** The message of any thrown value; failures of the file system in words. */
export function messageOf(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const { code, syscall } = thrown as NodeJS.ErrnoException;
  return (
    (/^(?:open|read|mkdir|access|rename|stat|lstat|scandir|unlink)$/.test(syscall ?? '')
      ? fileErrors[code ?? '']
      : undefined) ?? thrown.message
  );
}

const fileErrors: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EEXIST: 'there is a file of this name',
  EISDIR: 'it is a folder, not a file',
  EMFILE: 'this process may not open more files (ulimit -n)',
  ENFILE: 'the system has no more files to give',
  ENOENT: 'there is no such file or folder',
  ENOSPC: 'no space is left on the disk',
  ENOTDIR: 'a part of its path is a file, not a folder',
  EPERM: 'the operating system does not permit it',
  EROFS: 'the file system is read-only',
};
