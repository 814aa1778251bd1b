import { isAbsolute, relative } from 'node:path';
import { printable } from '../../core/text/printable.ts';
import { withoutWorkflowCommands } from '../../core/text/workflow-commands.ts';
import type { SpecPlace } from '../../model/document.ts';

/** Where an annotation stands, and what is above it. */
export interface AnnotationProperties {
  readonly file?: string;
  readonly line?: string;
  readonly title?: string;
}

/** A place within the checkout; nothing of one outside of it or at a URL. */
export function placed(at: SpecPlace, root: string): AnnotationProperties {
  if (isUrl(at.file)) return {};
  const file = (isAbsolute(at.file) ? relative(root, at.file) : at.file).replaceAll('\\', '/').replace(/^\.\//, '');
  // What is in an installed package cannot be corrected there.
  if (file === '' || file.startsWith('../') || /(?:^|\/)node_modules\//.test(file)) return {};
  return at.line > 0 ? { file, line: String(at.line) } : { file };
}

export function isUrl(file: string): boolean {
  return /^[a-z][a-z\d+.-]+:\/\//i.test(file);
}

/** A workflow command of GitHub that annotates a line. */
export function command(level: 'error' | 'warning', properties: AnnotationProperties, text: string): string {
  const written = Object.entries(properties).map(
    ([name, value]: [string, string]) => `${name}=${property(printable(value))}`,
  );
  const message = data(text.split('\n').map(printable).join('\n'));
  return `::${level}${written.length === 0 ? '' : ` ${written.join(',')}`}::${message}`;
}

/** The escapes of workflow commands: a line break would begin a command of its own, and `##[` is one anywhere. */
function data(text: string): string {
  return withoutWorkflowCommands(text).replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}

/** GitHub shows ten errors and ten warnings of a step: the tenth of more says how many there are, and where. */
export function atMostTen(level: 'error' | 'warning', lines: readonly string[], rest: string): readonly string[] {
  if (lines.length <= 10) return lines;
  return [...lines.slice(0, 9), command(level, {}, `${lines.length - 9} more; ${rest}`)];
}
