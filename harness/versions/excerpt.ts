import type { Json } from '../model/document.ts';
import { printable } from '../core/text/printable.ts';

const longest = 200;

/** A value on one line, cut where it is long; safe to print. */
export function excerptText(value: Json): string {
  const text = printable(JSON.stringify(value));
  return text.length > longest ? `${text.slice(0, longest)}…` : text;
}
