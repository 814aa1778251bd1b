import { isHead, type LedgerHead, parsedLine } from '../live/ledger-lines.ts';

/** One line of a ledger of what operations of a document made. */
export type MadeLine =
  /** A request that may make something is about to be sent. */
  | { readonly intend: number; readonly request: string; readonly at: number }
  /** It was refused, so that it made nothing. */
  | { readonly refused: number }
  /** It made something; `by`: the request that deletes it, where the document has one. */
  | { readonly made: number; readonly by?: string; readonly unsure?: true }
  | { readonly gone: number };

/** Something that a run made, or may have made. */
export interface MadeEntry {
  readonly request: string;
  /** Absent while nothing is known of the answer. */
  readonly made?: true;
  readonly by?: string;
  /** The response does not say whether it was made or had been there before, so that nothing was deleted. */
  readonly unsure?: true;
}

/** Takes a line into account. */
export function applyMadeLine(entries: Map<number, MadeEntry>, line: MadeLine): void {
  if ('intend' in line) entries.set(line.intend, { request: line.request });
  else if ('made' in line) {
    const known = entries.get(line.made);
    if (known === undefined) return;
    const { by, unsure } = line;
    entries.set(line.made, { ...known, made: true, ...(by === undefined ? {} : { by }), ...(unsure && { unsure }) });
  } else entries.delete('gone' in line ? line.gone : line.refused);
}

/** What is left, in words. */
export function leftInWords({ request, made, by, unsure }: MadeEntry): string {
  if (made !== true) return `${request} got no answer that says whether it made something`;
  if (unsure === true) {
    const how = by === undefined ? '' : `; ${by} deletes it`;
    return `what ${request} may have made: the response has neither 201, 202 nor a Location, so nothing was deleted${how}`;
  }
  if (by === undefined) return `what ${request} made: nothing in the document deletes it`;
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
  const { intend, request, refused, made, by, gone } = value as Readonly<Record<string, unknown>>;
  if (intend !== undefined) return Number.isSafeInteger(intend) && typeof request === 'string';
  if (made !== undefined) return Number.isSafeInteger(made) && (by === undefined || typeof by === 'string');
  return Number.isSafeInteger(refused ?? gone);
}
