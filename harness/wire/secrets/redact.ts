import { memoize } from '../../core/memoize.ts';
import type { SentRequest, WireRequest } from '../../model/exchange.ts';
import type { CaseError } from '../../model/verdict.ts';
import { bodyTexts, holdsPart, isWeakSecret, secretSpans } from './secret-forms.ts';

const mask = '<api-key>';

/** The request as it may be printed: every form of a secret is replaced. */
export function sentRequest(origin: string, request: WireRequest, secrets: readonly string[]): SentRequest {
  const masked = (text: string): string => redactText(text, secrets);
  return {
    method: masked(request.method),
    url: masked(origin + request.path),
    headers: request.headers.map(([name, value]) => [masked(name), masked(value)]),
    ...(request.body === undefined ? {} : { body: masked(request.body) }),
  };
}

/** The text with every secret, in each of the forms of {@link secretSpans}, replaced by `<api-key>`. */
export function redactText(text: string, secrets: readonly string[]): string {
  if (!holdsPart(text, secrets)) return text;
  // Two keys of one project have parts in common: each is masked whole before any of them in part.
  // Longest first: a secret that begins with another must not leave its tail behind.
  const ordered = [...secrets].sort((a, b) => b.length - a.length);
  const whole = ordered.filter((secret) => secret !== '' && !isWeakSecret(secret));
  let masked = whole.reduce((rest, secret) => rest.replaceAll(secret, mask), text);
  for (const secret of ordered) {
    if (secret !== '') masked = maskFor(secret)(masked);
  }
  return masked;
}

/** The error as it may be reported: its message may hold what was sent, or what a server said. */
export function redactError({ code, message, hint }: CaseError, secrets: readonly string[]): CaseError {
  const masked = (text: string): string => redactText(text, secrets);
  return { code, message: masked(message), ...(hint === undefined ? {} : { hint: masked(hint) }) };
}

/**
 * A body that holds a secret, as text without it, for a report; absent when it holds none. Compressed content is shown
 * as it reads, with the name of its coding in front.
 */
export function redactedBody(bytes: Uint8Array, secrets: readonly string[]): string | undefined {
  for (const { coding, text } of bodyTexts(bytes)) {
    const masked = redactText(text, secrets);
    if (masked === text) continue;
    const shown = Buffer.from(masked, 'latin1').toString('utf8');
    return coding === '' ? shown : `(${coding}) ${shown}`;
  }
  return undefined;
}

/** There are few secrets, and the texts of a run are nearly all the same. */
const masks = new Map<string, (text: string) => string>();

function maskFor(secret: string): (text: string) => string {
  const before = masks.get(secret);
  if (before !== undefined) return before;
  const made = memoize((text) => withoutSecret(text, secret));
  masks.set(secret, made);
  return made;
}

function withoutSecret(text: string, secret: string): string {
  let masked = '';
  let from = 0;
  for (const span of secretSpans(text, secret)) {
    masked += text.slice(from, span.from) + mask;
    from = span.to;
  }
  return from === 0 ? text : masked + text.slice(from);
}
