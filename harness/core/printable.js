/**
 * Text from a server as text that cannot act on a terminal or hide in a line: control characters, bidirectional
 * overrides, invisible format characters and lone surrogates become escapes such as `\x1b`. One line.
 */
export function printable(text) {
  return text.replace(acting, escaped);
}
/** As {@link printable}, with line feeds kept. */
export function printableLines(text) {
  return text.split(/\r?\n/u).map(printable).join('\n');
}
/** The beginning of a long text, with what was left out said. */
export function shortened(text, most) {
  if (text.length <= most) return text;
  // Not in the middle of a surrogate pair.
  const end = /[\ud800-\udbff]/.test(text.charAt(most - 1)) ? most - 1 : most;
  return `${text.slice(0, end)}… (${text.length - end} more characters)`;
}
const acting = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;
function escaped(character) {
  const named = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  return named[character] ?? (code < 0x100 ? `\\x${hex.padStart(2, '0')}` : `\\u${hex.padStart(4, '0')}`);
}
