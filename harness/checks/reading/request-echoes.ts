import type { Exchange } from '../../model/exchange.ts';
import type { Subject } from '../../model/target.ts';

/** The values that the request put in the path for the operation's parameters, in each form a server may echo. */
export function askedIds({ case: { operation }, exchange }: Subject): readonly string[] {
  const path = rawPathOf(exchange.request.url).split('/');
  const template = operation.path.split('/').slice(1);
  // The origin of a target may have a path of its own in front.
  const given = path.slice(-template.length);
  if (given.length !== template.length) return [];
  const fits = template.every((part, at) => part.includes('{') || part === given[at]);
  if (!fits) return [];
  return [...new Set(template.flatMap((part, at) => (part.includes('{') ? formsOf(given[at] ?? '') : [])))];
}

/** Every text of the request that a server may send back: an echo is not something it made up. */
export function echoes(subject: Subject): readonly string[] {
  const found = known.get(subject.exchange) ?? findEchoes(subject);
  known.set(subject.exchange, found);
  return found;
}

/** The text with a word of ours in place of what it only repeats. */
export function withoutEchoes(text: string, repeated: readonly string[], word: string): string {
  return repeated.reduce((rest, echo) => (rest.includes(echo) ? rest.replaceAll(echo, word) : rest), text);
}

const known = new WeakMap<Exchange, readonly string[]>();

function findEchoes({ case: { operation }, exchange, values }: Subject): readonly string[] {
  const { url } = exchange.request;
  const path = rawPathOf(url);
  const words = new Set(operation.path.split('/'));
  const parts = path.split('/').filter((part) => !words.has(part));
  const texts = [url, path, ...parts, ...Object.values(values), exchange.request.body ?? ''];
  return [...new Set(texts.flatMap(formsOf))].filter((text) => text.length > 3).sort((a, b) => b.length - a.length);
}

function rawPathOf(url: string): string {
  return url.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/\?.*$/s, '');
}

/** As written, decoded, decoded once more, and normalised. */
function formsOf(raw: string): readonly string[] {
  // Most of what is sent has one form only.
  if (/^[\x21-\x24\x26-\x7e]+$/.test(raw)) return [raw];
  const once = decoded(raw);
  return [...new Set([raw, once, decoded(once), once.normalize('NFKC')])].filter((form) => form !== '');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
