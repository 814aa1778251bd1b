import { printable } from '../../core/text/printable.ts';

/** Words in running Markdown: nothing in them is markup, a mention or a reference to an issue. */
export function markdownText(text: string): string {
  return printable(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_{}[\]()~!$]/g, '\\$&')
    .replace(/[@#]/g, '$&&#8203;');
}

/** A code span: in it, GitHub reads neither HTML nor mentions. */
export function markdownCode(text: string): string {
  const inside = printable(text);
  if (inside.trim() === '') return '(empty)';
  const fence = '`'.repeat(longestRun(inside) + 1);
  const pad = /^[` ]|[` ]$/.test(inside) ? ' ' : '';
  return `${fence}${pad}${inside}${pad}${fence}`;
}

/** A block of code, fenced longer than any fence inside it. */
export function markdownBlock(language: string, lines: readonly string[]): string {
  const inside = lines.map(printable).join('\n');
  const fence = '`'.repeat(Math.max(3, longestRun(inside) + 1));
  return `${fence}${language}\n${inside}\n${fence}`;
}

/** A row of a table. A bar ends a cell even inside a code span. */
export function markdownRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

function longestRun(text: string): number {
  return Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
}
