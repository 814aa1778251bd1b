import stringWidth from 'fast-string-width';
import { wrapAnsi } from 'fast-wrap-ansi';

/** How many columns of a terminal a text takes: two for wide characters, none for colour. */
export function widthOf(text: string): number {
  return stringWidth(text);
}

/** A text filled up with blanks to a number of columns. */
export function padded(text: string, columns: number): string {
  return text + ' '.repeat(Math.max(0, columns - widthOf(text)));
}

/**
 * A first line and lines that hang below its text: `label` in front, no line wider than `columns` but for a path, a URL
 * or a `file:line`, which stays whole so that it can be opened and copied.
 */
export function hanging(label: string, text: string, columns: number): string {
  const indent = widthOf(label);
  const room = Math.max(20, columns - indent);
  const words = text.replace(/\S+/g, (word) =>
    widthOf(word) <= room || isPlace(word) ? word : wrapAnsi(word, room, { hard: true }),
  );
  const [first = '', ...rest] = wrapAnsi(words, room, { hard: false }).split('\n');
  const lines = [label + first, ...rest.map((line) => ' '.repeat(indent) + line)].map((line) => line.trimEnd());
  return lines.join('\n').replaceAll(blankInside, ' ');
}

/** No character, so that no text that was made printable has it. */
const blankInside = '\ufdd0';

/** A path with blanks in it, for {@link hanging}, which breaks a text at blanks. */
export function whole(path: string): string {
  return path.replaceAll(' ', blankInside);
}

/**
 * `https://…`, `specs/api.yaml:12`, `at handler (/srv/app.js:1:2)`, and `…` if it is cut. Where a script has no blanks, a slash inside of a
 * sentence makes no path: such a one begins as a path does, or ends in `.yaml:12`.
 */
function isPlace(word: string): boolean {
  if (word.length > longestPath) return false;
  if (word.includes(blankInside)) return true;
  // A piece of JSON that names a path or a URL is no path.
  if (/"[:,]["{[]/.test(word)) return false;
  return /^[\x1b\x21-\x7e…]+$/.test(word)
    ? /\w\/\w|^\(?\.{0,2}\/\w|\.\w{1,5}:\d/.test(word)
    : /^(?:\x1b\[\d+m)*\(?(?:\.{0,2}|~|[a-z]+:\/)\/[\p{L}\p{N}]|\.\w{1,5}:\d+/u.test(word);
}

/** Of a path in Linux. */
const longestPath = 4096;
