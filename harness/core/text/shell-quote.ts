import { keyVariable } from '../default-suite.ts';

/** Where a credential of a request was, see `SentRequest`. */
export const keyMark = '<api-key>';

/**
 * One word of a POSIX shell command. `<api-key>` becomes the key's variable. Control characters are written with
 * `$'…'`, which bash, zsh and ksh read, so that a copied line shows and sends them and a terminal does not obey them.
 */
export function shellWord(text: string): string {
  return shellWordWith(text, () => keyVariable);
}

/** The same, where each `<api-key>` has a variable of its own; `variableAfter` is given the text in front of it. */
export function shellWordWith(text: string, variableAfter: (before: string) => string): string {
  if (text.includes(keyMark)) return withVariables(text, variableAfter);
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return quoted(text);
}

function quoted(text: string): string {
  if (!unprintable.test(text)) return `'${text.replaceAll("'", `'\\''`)}'`;
  return `$'${text
    .replace(/[\\']/g, '\\$&')
    .replace(new RegExp(unprintable, 'gu'), (character) => bytesOf(character))}'`;
}

function withVariables(text: string, variableAfter: (before: string) => string): string {
  const parts = text.split(keyMark);
  // A letter or digit behind the variable would become part of its name.
  const plain = (part: string, index: number): boolean =>
    /^[^"$`\\!]*$/.test(part) && !unprintable.test(part) && (index === 0 || !/^\w/.test(part));
  const variables = parts.map((_, index) => (index === 0 ? '' : `$${variableAfter(textBefore(text, index))}`));
  if (parts.every(plain)) return `"${parts.map((part, index) => `${variables[index] ?? ''}${part}`).join('')}"`;
  return parts
    .map((part, index) => (index === 0 ? '' : `"${variables[index] ?? ''}"`) + (part === '' ? '' : quoted(part)))
    .join('');
}

/** The text in front of the mark with that number, the first being 1. */
function textBefore(text: string, mark: number): string {
  return text.split(keyMark).slice(0, mark).join(keyMark);
}

const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Octal, three digits each: unlike `\xHH`, they cannot run into the hexadecimal digits that follow. */
function bytesOf(character: string): string {
  return [...new TextEncoder().encode(character)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}
