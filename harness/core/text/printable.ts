/**
 * Text from a server as text that cannot act on a terminal or hide in a line: control characters, bidirectional
 * overrides, invisible format characters, lone surrogates and what Unicode calls no character (U+FFFE, U+FFFF and
 * others) become escapes such as `\x1b`. One line.
 */
export function printable(text: string): string {
  return text.replace(acting, escaped);
}

/** As {@link printable}, with line feeds kept. */
export function printableLines(text: string): string {
  return text.split(/\r?\n/u).map(printable).join('\n');
}

/** The same as `\u001b`, which JSON reads as the character again; line feeds and tabs are kept. */
export function printableJson(text: string): string {
  return text.replace(unusual, (part) => part.replace(acting, jsonEscaped));
}

/** What says how much was left out takes so many characters itself: a cut that hides fewer saves nothing. */
const leastHidden = 30;

/** The beginning of a long text, with what was left out said. */
export function shortened(text: string, most: number): string {
  if (text.length <= most + leastHidden) return text;
  // Not in the middle of a surrogate pair.
  const end = /[\ud800-\udbff]/.test(text.charAt(most - 1)) ? most - 1 : most;
  return `${text.slice(0, end)}… (${text.length - end} more characters)`;
}

const acting = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Noncharacter_Code_Point}]/gu;
/** Where one of them can be: reports are long, and nearly all of them is ASCII. */
const unusual = /[^ -~\n\t]+/g;

function escaped(character: string): string {
  const named: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code > 0xffff) return `\\u{${hex}}`;
  return named[character] ?? (code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u${hex.padStart(4, '0')}`);
}

function jsonEscaped(character: string): string {
  return Array.from(
    { length: character.length },
    (_, at) => `\\u${character.charCodeAt(at).toString(16).padStart(4, '0')}`,
  ).join('');
}
