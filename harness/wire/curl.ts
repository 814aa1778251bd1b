import { keyVariable } from '../core/default-suite.ts';
import type { SentRequest } from '../model/exchange.ts';
import { shellWord } from '../core/shell-quote.ts';

/** A curl command line that sends the same bytes; the key is taken from the variable, `$PINECONE_API_KEY` by default. */
export function curlLine(sent: SentRequest, variable = keyVariable): string {
  const { origin, target } = split(sent.url);
  const words = ['curl', '-i', ...methodWords(sent)];
  if (/(^|\/)(\.|%2e){1,2}(\/|\?|$)/i.test(target)) words.push('--path-as-is');
  if (/[[\]{}]/.test(sent.url)) words.push('--globoff');
  // curl cuts a URL at '#', refuses blanks and encodes what is not ASCII; --request-target sends a target untouched.
  const odd = /[^\x21-\x7e]|#/.test(target.replaceAll('<api-key>', ''));
  if (odd) words.push('--request-target', shellWord(target));
  words.push(shellWord(odd ? `${origin}/` : sent.url));
  for (const [name, value] of sent.headers) {
    if (!ownHeaders.has(name.toLowerCase())) words.push('-H', shellWord(headerWord(name, value)));
  }
  if (sent.body !== undefined && sent.body !== '') {
    if (!sent.headers.some(([name]) => name.toLowerCase() === 'content-type')) words.push('-H', 'Content-Type:');
    words.push('--data-raw', shellWord(sent.body));
  }
  return words.join(' ').replaceAll(`$${keyVariable}`, `$${variable}`);
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
function headerWord(name: string, value: string): string {
  return value === '' ? `${name};` : `${name}: ${value}`;
}

function split(url: string): { readonly origin: string; readonly target: string } {
  const start = url.indexOf('/', url.indexOf('://') + 3);
  return start < 0 ? { origin: url, target: '' } : { origin: url.slice(0, start), target: url.slice(start) };
}
