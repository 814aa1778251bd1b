import type { WireNote } from '../model/exchange.ts';

/** Notes of what leaves no doubt where the answer and its body end. */
const harmless: ReadonlySet<WireNote['kind']> = new Set([
  'close-delimited',
  'bytes-after-response',
  'body-where-none-allowed',
  'forbidden-trailer',
]);

/** Whether a note means that the answer cannot be relied on. */
export function isFatal({ kind }: WireNote): boolean {
  return !harmless.has(kind);
}

/** Whether a note is of the head, which then cannot be relied on for where the body ends. */
export function isOfHead(note: WireNote): boolean {
  return isFatal(note) && note.kind !== 'short-body' && note.kind !== 'unfinished-chunks';
}
