import { isatty } from 'node:tty';
import { environmentSecrets } from '../../core/credentials.ts';
import { printableJson } from '../../core/text/printable.ts';
import { withoutUserInfo } from '../../core/text/shown-url.ts';
import { withoutWorkflowCommands } from '../../core/text/workflow-commands.ts';
import { redactText } from '../../wire/secrets/redact.ts';

/**
 * All text of the commands leaves here. Whatever a server, a file or an argument put into it, it holds no credential, no
 * control character but our own colours on a terminal, and no line that a CI runner would obey.
 */
function safeOutput(text: string, options: { readonly colour?: boolean } = {}): string {
  const masked = withoutUserInfo(redactText(text, environmentSecrets()));
  return withoutWorkflowCommands(options.colour === true ? aroundColours(masked) : printableJson(masked));
}

function aroundColours(text: string): string {
  // The pattern keeps what it captured: every second part is a colour.
  return text
    .split(/(\u001b\[[\d;]*m)/)
    .map((part, at) => (at % 2 === 1 ? part : printableJson(part)))
    .join('');
}

/** Results for people and programs go to stdout. */
export function say(text: string): void {
  process.stdout.write(ended(safeOutput(text, { colour: coloured() })));
}

/** Progress and diagnostics go to stderr. */
export function notify(text: string): void {
  process.stderr.write(ended(safeOutput(text)));
}

/** Workflow commands of our own, from {@link githubAnnotations}, for a runner to obey. */
export function annotate(lines: readonly string[]): void {
  const secrets = environmentSecrets();
  for (const line of lines) process.stderr.write(ended(withoutUserInfo(redactText(line, secrets))));
}

/** Whether stdout takes colours. Asked of the descriptor: Node leaves `stdout.isTTY` undefined for a pipe. */
export function coloured(): boolean {
  return isatty(process.stdout.fd) && (process.env['NO_COLOR'] ?? '') === '';
}

/** How wide the text on stdout may be: as wide as the terminal; elsewhere as `COLUMNS` says, or 80. */
export function columns(): number {
  const wanted = process.env['COLUMNS'] ?? '';
  return process.stdout.columns || (/^[1-9]\d{0,4}$/.test(wanted) ? Number(wanted) : 80);
}

function ended(text: string): string {
  return text.endsWith('\n') ? text : `${text}\n`;
}
