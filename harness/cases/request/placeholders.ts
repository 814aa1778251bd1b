import type { Json } from '../../model/document.ts';

/** `{name}`, or `{name|variant}` where the value is written in another way. */
const placeholder = /\{([A-Za-z_][\w-]*)(?:\|([a-z-]+))?\}/g;

/** A place for a value that is known only when the request is sent. */
interface Placeholder {
  readonly name: string;
  readonly variant?: string;
}

/** The placeholders in all texts of a value. */
export function placeholdersIn(value: Json): readonly Placeholder[] {
  if (typeof value === 'string') {
    return [...value.matchAll(placeholder)].map(([, name = '', variant]) => ({
      name,
      ...(variant === undefined ? {} : { variant }),
    }));
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(placeholdersIn);
}

/** Puts words without special characters in the place of placeholders, so that no encoding of a request changes them. */
export interface HeldPlaceholders {
  hold(value: Json): Json;
  /** The text with the placeholders again; `"{name|json}"` loses its quotes, for the value is written as it is. */
  restore(text: string): string;
}

export function heldPlaceholders(): HeldPlaceholders {
  const held: string[] = [];
  const hold = (value: Json): Json => {
    if (typeof value === 'string') return value.replace(placeholder, (whole) => wordFor(held.push(whole) - 1));
    if (typeof value !== 'object' || value === null) return value;
    if (isList(value)) return value.map(hold);
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, hold(item)]));
  };
  return {
    hold,
    restore: (text) =>
      text.replace(/("?)held(\d+)placeholder("?)/g, (whole, open: string, number: string, close: string) => {
        const original = held[Number(number)];
        if (original === undefined) return whole;
        return open !== '' && close !== '' && original.endsWith('|json}') ? original : `${open}${original}${close}`;
      }),
  };
}

function wordFor(number: number): string {
  return `held${number}placeholder`;
}

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}
