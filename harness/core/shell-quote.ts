import { keyVariable } from './default-suite.ts';

/** The shell variable that holds the key, as reports write it. */
const keyInShell = `$${keyVariable}`;

/** Where a request's key was, see `SentRequest`. */
const keyMark = '<api-key>';

/**
 * One word of a POSIX shell command. `<api-key>` becomes the key's variable. Control characters are written with
 * `$'…'`, which bash, zsh and ksh read, so that a copied line shows and sends them and a terminal does not obey them.
 */
export function shellWord(text: string): string {
  if (text.includes(keyMark)) return withKey(text);
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  return quoted(text);
}

function quoted(text: string): string {
  if (!unprintable.test(text)) return `'${text.replaceAll("'", `'\\''`)}'`;
  return `$'${text
    .replace(/[\\']/g, '\\$&')
    .replace(new RegExp(unprintable, 'gu'), (character) => bytesOf(character))}'`;
}

function withKey(text: string): string {
  const parts = text.split(keyMark);
  // A letter or digit behind the variable would become part of its name.
  const plain = (part: string, index: number): boolean =>
    /^[^"$`\\!]*$/.test(part) && !unprintable.test(part) && (index === 0 || !/^\w/.test(part));
  if (parts.every(plain)) return `"${parts.join(keyInShell)}"`;
  return parts.map((part) => (part === '' ? '' : quoted(part))).join(`"${keyInShell}"`);
}

const unprintable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** Octal, three digits each: unlike `\xHH`, they cannot run into the hexadecimal digits that follow. */
function bytesOf(character: string): string {
  return [...new TextEncoder().encode(character)].map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
}
