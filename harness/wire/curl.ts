import { keyVariable } from '../core/default-suite.ts';
import type { Credential } from '../model/document.ts';
import type { SentRequest } from '../model/exchange.ts';
import { keyMark, shellWord, shellWordWith } from '../core/text/shell-quote.ts';

/** A credential, and the environment variable that holds it. */
export interface CredentialVariable {
  readonly credential: Credential;
  readonly variable: string;
}

/**
 * A curl command line that sends the same bytes. Each credential is taken from its own variable; what stands in the
 * place of none is the first of them, by default `$PINECONE_API_KEY`.
 */
export function curlLine(sent: SentRequest, credentials: readonly CredentialVariable[] = []): string {
  const { origin, target } = split(sent.url);
  const words = ['curl', '-i', ...methodWords(sent)];
  if (/(^|\/)(\.|%2e){1,2}(\/|\?|$)/i.test(target)) words.push('--path-as-is');
  if (/[[\]{}]/.test(sent.url)) words.push('--globoff');
  // curl cuts a URL at '#', refuses blanks and encodes what is not ASCII; --request-target sends a target untouched.
  const odd = /[^\x21-\x7e]|#/.test(target.replaceAll('<api-key>', ''));
  const inUrl = (before: string): string => variableOf(credentials, 'query', pairName(before, /[?&]/));
  if (odd) words.push('--request-target', shellWordWith(target, inUrl));
  words.push(odd ? shellWord(`${origin}/`) : shellWordWith(sent.url, inUrl));
  for (const [name, value] of sent.headers) {
    if (!ownHeaders.has(name.toLowerCase())) words.push('-H', headerWord(name, value, credentials));
  }
  if (sent.body !== undefined && sent.body !== '') {
    if (!sent.headers.some(([name]) => name.toLowerCase() === 'content-type')) words.push('-H', 'Content-Type:');
    words.push(
      '--data-raw',
      shellWordWith(sent.body, () => mainOf(credentials)),
    );
  }
  return words.join(' ');
}

/** curl writes these itself, with the same values. */
const ownHeaders: ReadonlySet<string> = new Set(['host', 'content-length', 'connection', 'transfer-encoding']);

function methodWords(sent: SentRequest): readonly string[] {
  // `-X HEAD` would wait for a body that never comes.
  if (sent.method === 'HEAD') return ['--head'];
  if (sent.method === 'GET' && sent.body === undefined) return [];
  return ['-X', shellWord(sent.method)];
}

/** `Name;` is how curl sends a header without a value; `Name:` would leave the header out. */
function headerWord(name: string, value: string, credentials: readonly CredentialVariable[]): string {
  if (value === '') return shellWord(`${name};`);
  const isCookie = name.toLowerCase() === 'cookie';
  const own = credentials.find(
    ({ credential }) =>
      credential.in === 'header' &&
      credential.name.toLowerCase() === name.toLowerCase() &&
      value.startsWith(credential.prefix ?? ''),
  );
  if (own?.credential.prefix === 'Basic' && value === `Basic ${keyMark}` && /^[\w-]+$/.test(name)) {
    // The variable holds USER:PASSWORD. `curl -u` would ask for a password where it holds a key alone.
    return `"${name}: Basic $(printf %s "$${own.variable}" | base64 | tr -d '\\n')"`;
  }
  const start = name.length + 2;
  return shellWordWith(`${name}: ${value}`, (before) =>
    isCookie
      ? variableOf(credentials, 'cookie', pairName(before.slice(start), /;\s*/))
      : (own?.variable ?? mainOf(credentials)),
  );
}

function mainOf(credentials: readonly CredentialVariable[]): string {
  return credentials[0]?.variable ?? keyVariable;
}

function variableOf(credentials: readonly CredentialVariable[], place: 'query' | 'cookie', name: string): string {
  const own = credentials.find(({ credential }) => credential.in === place && credential.name === name);
  return own?.variable ?? mainOf(credentials);
}

/** The name of the last `name=value` in front of a credential. */
function pairName(before: string, separator: RegExp): string {
  const [name = ''] = before.split(separator).at(-1)?.split('=') ?? [];
  try {
    return decodeURIComponent(name.replaceAll('+', ' '));
  } catch {
    return name;
  }
}

function split(url: string): { readonly origin: string; readonly target: string } {
  const start = url.indexOf('/', url.indexOf('://') + 3);
  return start < 0 ? { origin: url, target: '' } : { origin: url.slice(0, start), target: url.slice(start) };
}
