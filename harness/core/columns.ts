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

/** A first line and lines that hang below its text: `label` in front, no line wider than `columns`. */
export function hanging(label: string, text: string, columns: number): string {
  const indent = widthOf(label);
  const room = Math.max(20, columns - indent);
  const [first = '', ...rest] = wrapAnsi(text, room, { hard: true }).split('\n');
  return [label + first, ...rest.map((line) => ' '.repeat(indent) + line)].map((line) => line.trimEnd()).join('\n');
}
