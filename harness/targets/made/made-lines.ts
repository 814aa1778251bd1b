import { isHead, type LedgerHead, parsedLine } from '../live/ledger-lines.ts';

/** One line of a ledger of what operations of a document made. */
export type MadeLine =
  /** A request that may make something is about to be sent; `bears`: the value in it that was made for it alone. */
  | { readonly intend: number; readonly request: string; readonly at: number; readonly bears?: string }
  /** It was refused, so that it made nothing. */
  | { readonly refused: number }
  /** It made something; `by`: the request that deletes it, where the document has one; `why` it may be somebody's. */
  | { readonly made: number; readonly by?: string; readonly why?: string }
  | { readonly gone: number };

/** Something that a run made, or may have made. */
export interface MadeEntry {
  readonly request: string;
  /** A value that was sent with it alone, by which people find what it made. */
  readonly bears?: string;
  /** Absent while nothing is known of the answer. */
  readonly made?: true;
  readonly by?: string;
  /** Why it may be somebody's, so that it was not deleted. */
  readonly why?: string;
}

/** Takes a line into account. */
export function applyMadeLine(entries: Map<number, MadeEntry>, line: MadeLine): void {
  if ('intend' in line) {
    const { intend, request, bears } = line;
    entries.set(intend, { request, ...(bears === undefined ? {} : { bears }) });
  } else if ('made' in line) {
    const known = entries.get(line.made);
    if (known === undefined) return;
    const { by, why } = line;
    const more = { ...(by === undefined ? {} : { by }), ...(why === undefined ? {} : { why }) };
    entries.set(line.made, { ...known, made: true, ...more });
  } else entries.delete('gone' in line ? line.gone : line.refused);
}

/** What is left, in words. */
export function leftInWords({ request, bears, made, by, why }: MadeEntry): string {
  if (made !== true) {
    const sent = bears === undefined ? '' : `; it sent the value ${bears}, which nothing else has`;
    return `${request} got no answer that says whether it made something${sent}`;
  }
  if (why !== undefined) {
    const how = by === undefined ? '' : `; look at it, and if it is of this run, ${by} deletes it`;
    return `what ${request} was answered with: ${why}, so it may belong to another user and was not deleted${how}`;
  }
  if (by === undefined) return `what ${request} made: no request of this run deletes it`;
  return `what ${request} made: ${by} deletes it`;
}

/** The head and the entries of a ledger; undefined where the text is none. */
export function readMadeLines(
  lines: readonly string[],
): { readonly head: LedgerHead; readonly entries: readonly MadeEntry[] } | undefined {
  const [first = '', ...rest] = lines;
  const head = parsedLine(first);
  if (!isHead(head)) return undefined;
  const entries = new Map<number, MadeEntry>();
  for (const line of rest) {
    const value = parsedLine(line);
    if (isMadeLine(value)) applyMadeLine(entries, value);
  }
  return { head, entries: [...entries.values()] };
}

function isMadeLine(value: unknown): value is MadeLine {
  if (typeof value !== 'object' || value === null) return false;
  const { intend, request, bears, refused, made, by, why, gone } = value as Readonly<Record<string, unknown>>;
  if (intend !== undefined) {
    const isText = bears === undefined || typeof bears === 'string';
    return Number.isSafeInteger(intend) && typeof request === 'string' && isText;
  }
  if (made !== undefined)
    return Number.isSafeInteger(made) && [by, why].every((text) => text === undefined || typeof text === 'string');
  return Number.isSafeInteger(refused ?? gone);
}
