import { memoize } from '../../core/memoize.ts';
import { base64Texts, decompressed, type DecodedText, numberTexts, unescaped } from './text-encodings.ts';

/** Where a text holds a secret, or a part of it that is too long for chance. */
interface SecretSpan {
  readonly from: number;
  readonly to: number;
  /** How many characters of the secret there are. */
  readonly letters: number;
}

/** So many leading characters of a secret are masked: logs show keys cut short. */
const shortestStart = 8;
/** So many characters from anywhere in a secret are masked. */
const shortestPart = 12;
/** Encodings within encodings: base64 of base64 of JSON. */
const deepest = 3;

/**
 * Whether a secret is so short or so common a word that looking for it inside other text would find that text itself:
 * less than eight characters, or one or a few words of letters.
 */
export function isWeakSecret(secret: string): boolean {
  return secret.length < shortestStart || (secret.length <= 16 && /^[a-z]+(?:[-_./ ][a-z]+)*$/i.test(secret));
}

/**
 * Where `text` holds `secret`: as it is, in other letter case, backwards, cut at either end, and each of these
 * percent-encoded, as escapes of JSON, JavaScript or HTML, in UTF-16, as hexadecimal digits or a list of numbers, in
 * base64, compressed within base64, and in several of these at once. A weak secret counts only as a whole value.
 */
export function secretSpans(text: string, secret: string): readonly SecretSpan[] {
  if (secret === '') return [];
  if (isWeakSecret(secret)) return wholeValues(text, secret);
  return merged(spansIn(text, searchFor([secret]), deepest));
}

/**
 * Whether a text or body holds the greater part of a secret in any of the forms of {@link secretSpans}; bytes may also
 * be compressed with gzip, deflate or br. False for a weak secret, which any text may hold by chance.
 */
export function holdsSecret(content: string | Uint8Array, secrets: readonly string[]): boolean {
  const texts = typeof content === 'string' ? [content] : bodyTexts(content).map(({ text }) => text);
  return texts.some(
    (text) =>
      holdsPart(text, secrets) &&
      secrets.some(
        (secret) =>
          !isWeakSecret(secret) &&
          secretSpans(text, secret).some(({ letters }) => letters >= Math.ceil(secret.length * 0.75)),
      ),
  );
}

/**
 * Whether {@link secretSpans} finds anything of any of the secrets: all are searched for at once, and each short text
 * only once, for hardly any text holds one.
 */
export function holdsPart(text: string, secrets: readonly string[]): boolean {
  return searchFor(secrets).finds(text);
}

/** What a body says: its bytes as they are and, where these are compressed, what is in them. One character a byte. */
export function bodyTexts(bytes: Uint8Array): readonly { readonly coding: string; readonly text: string }[] {
  const found = [{ coding: '', text: latin1(bytes) }];
  let inner = decompressed(bytes);
  for (let layer = 0; layer < deepest && inner !== undefined; layer += 1) {
    found.push({ coding: inner.coding, text: latin1(inner.bytes) });
    inner = decompressed(inner.bytes);
  }
  return found;
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1');
}

/** A spelling of the secret that is searched for in decoded text, in lower case. */
interface Needle {
  readonly text: string;
  /** Pieces of it, of which every part that is long enough to be masked has one whole. */
  readonly pieces: readonly { readonly text: string; readonly at: number }[];
  readonly shortest: number;
  /** Where the beginning of the secret is: a shorter part of it is enough there. */
  readonly backwards: boolean;
}

/** What is searched for in one pass. */
interface Search {
  readonly needles: readonly Needle[];
  /** Matches wherever a piece of any needle is. */
  readonly anyPiece: RegExp;
  readonly finds: (text: string) => boolean;
}

const searches = new Map<string, Search>();

function searchFor(secrets: readonly string[]): Search {
  const id = JSON.stringify(secrets);
  const before = searches.get(id);
  if (before !== undefined) return before;
  const weak = secrets.filter((secret) => secret !== '' && isWeakSecret(secret));
  const needles = secrets.filter((secret) => !isWeakSecret(secret)).flatMap(needlesOf);
  const search: Search = {
    needles,
    anyPiece: anyOf(new Set(needles.flatMap(({ pieces }) => pieces.map(({ text }) => text)))),
    finds: memoize(
      (text) =>
        spansIn(text, search, deepest).length > 0 || weak.some((secret) => wholeValues(text, secret).length > 0),
    ),
  };
  searches.set(id, search);
  return search;
}

/** Of no texts, what matches nowhere. */
function anyOf(texts: ReadonlySet<string>): RegExp {
  const literals = Array.from(texts, (text) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&'));
  return literals.length === 0 ? /(?!)/ : new RegExp(literals.join('|'), 'i');
}

function needlesOf(secret: string): readonly Needle[] {
  const spellings = [...new Set([secret, Buffer.from(secret).toString('latin1')])].map(lower);
  return spellings.flatMap((text) => [needle(text, false), needle(Array.from(text).reverse().join(''), true)]);
}

function needle(text: string, backwards: boolean): Needle {
  const shortest = Math.min(shortestPart, Math.max(shortestStart, text.length - 4));
  const size = Math.floor((shortestStart + 1) / 2);
  const count = Math.floor(text.length / size);
  const pieces = Array.from({ length: count }, (_, place) => {
    const at = place * size;
    return { text: text.slice(at, at + size), at };
  });
  return { text, pieces, shortest, backwards };
}

/** Only A to Z: lower case of other letters may be longer. */
function lower(text: string): string {
  return text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}

function spansIn(text: string, search: Search, depth: number): readonly SecretSpan[] {
  const spans = [...plainSpans(text, search)];
  if (depth === 0) return spans;
  const add = (decoded: DecodedText, inner: readonly SecretSpan[]): void => {
    for (const { from, to, letters } of inner) {
      const [start, end] = decoded.source(from, to);
      spans.push({ from: start, to: end, letters });
    }
  };
  const escapes = unescaped(text);
  if (escapes !== undefined) add(escapes, spansIn(escapes.text, search, depth - 1));
  for (const decoded of numberTexts(text)) add(decoded, deeperSpans(decoded.text, search, depth - 1));
  for (const decoded of base64Texts(text)) {
    const { length } = decoded.text;
    const content = isCompressed(decoded.bytes) ? decompressed(decoded.bytes) : undefined;
    if (content !== undefined) {
      const inner = spansIn(latin1(content.bytes), search, depth - 1);
      const letters = Math.max(0, ...inner.map((span) => span.letters));
      if (inner.length > 0) add(decoded, [{ from: 0, to: length, letters }]);
    } else add(decoded, deeperSpans(decoded.text, search, depth - 1));
  }
  return spans;
}

/** By the magic number: any bytes may be taken for the formats that have none. */
function isCompressed([first = 0, second = 0]: Uint8Array): boolean {
  return (first === 0x1f && second === 0x8b) || (first === 0x78 && (first * 256 + second) % 31 === 0);
}

/** What was decoded by guess is mostly noise, in which it is no use to look for further encodings. */
function deeperSpans(text: string, search: Search, depth: number): readonly SecretSpan[] {
  return /[\x20-\x7e\0]{11}/.test(text) ? spansIn(text, search, depth) : plainSpans(text, search);
}

function plainSpans(given: string, { needles, anyPiece }: Search): readonly SecretSpan[] {
  if (!anyPiece.test(given)) return [];
  const text = lower(given);
  const spans: SecretSpan[] = [];
  for (const each of needles) {
    for (const piece of each.pieces) {
      let at = text.indexOf(piece.text);
      while (at >= 0) {
        const span = grown(text, each, piece.at, at);
        if (span !== undefined) spans.push(span);
        at = text.indexOf(piece.text, Math.max(at + 1, span?.to ?? 0));
      }
    }
  }
  return spans;
}

/** The longest part of the needle around a place where they agree; absent when it is too short to matter. */
function grown(text: string, { text: whole, shortest, backwards }: Needle, inNeedle: number, inText: number) {
  let left = 0;
  while (left < inNeedle && text[inText - left - 1] === whole[inNeedle - left - 1]) left += 1;
  let right = 0;
  const room = whole.length - inNeedle;
  while (right < room && inText + right < text.length && text[inText + right] === whole[inNeedle + right]) right += 1;
  const letters = left + right;
  const atStart = backwards ? right === room : left === inNeedle;
  if (letters < (atStart ? shortestStart : shortest)) return undefined;
  return { from: inText - left, to: inText + right, letters };
}

/** A weak secret where it is all of the text, or all between quotes, or all that follows an equals sign. */
function wholeValues(text: string, secret: string): readonly SecretSpan[] {
  const { length } = secret;
  if (text.trim() === secret)
    return [{ from: text.indexOf(secret), to: text.indexOf(secret) + length, letters: length }];
  const spans: SecretSpan[] = [];
  for (let from = text.indexOf(secret); from >= 0; from = text.indexOf(secret, from + 1)) {
    const to = from + length;
    if (/["'=]/.test(text.charAt(from - 1)) && /^(?:["'&;,\s]|$)/.test(text.slice(to, to + 1))) {
      spans.push({ from, to, letters: length });
    }
  }
  return spans;
}

/** In order, and without overlap. */
function merged(spans: readonly SecretSpan[]): readonly SecretSpan[] {
  const result: SecretSpan[] = [];
  for (const span of [...spans].sort((a, b) => a.from - b.from || b.to - a.to)) {
    const last = result.at(-1);
    if (last === undefined || span.from >= last.to) result.push(span);
    else {
      const to = Math.max(last.to, span.to);
      result[result.length - 1] = { from: last.from, to, letters: Math.max(last.letters, span.letters) };
    }
  }
  return result;
}
