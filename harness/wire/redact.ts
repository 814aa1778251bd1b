import type { SentRequest, WireRequest } from '../model/exchange.ts';
import { memoize } from '../core/memoize.ts';

const mask = '<api-key>';

/** A secret that was cut short is still a secret: this many leading characters are enough to be masked. */
const shortestPrefix = 8;

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

/**
 * The text with every secret replaced by `<api-key>`: as it is, in other letter case, percent-encoded, escaped as in
 * JSON, in base64 (also with letter case swapped), in hexadecimal digits, backwards, and cut short to no less than eight
 * characters.
 */
export function redactText(text: string, secrets: readonly string[]): string {
  // What is masked stays as it is: a key such as `key` would be found in the mask again.
  if (text.includes(mask)) {
    const parts = text.split(mask).map((part) => redactText(part, secrets));
    return parts.join(mask);
  }
  let masked = text;
  // Longest first: a secret that begins with another must not leave its tail behind.
  for (const secret of [...secrets].sort((a, b) => b.length - a.length)) {
    if (secret !== '') masked = searchFor(secret).masked(masked);
  }
  return masked;
}

/** Whether a text holds a secret in one of these forms, whole or for the greater part. */
export function holdsSecret(text: string, secrets: readonly string[]): boolean {
  // A secret shorter than this is found in any text.
  return secrets.some((secret) => secret.length >= 6 && searchFor(secret).isIn(text));
}

/** One secret, looked for in text. */
interface Search {
  masked(text: string): string;
  isIn(text: string): boolean;
}

/** There are few secrets, and the texts of a run are nearly all the same. */
const searches = new Map<string, Search>();

function searchFor(secret: string): Search {
  const before = searches.get(secret);
  if (before !== undefined) return before;
  const forms = formsOf(secret);
  const search = {
    masked: memoize((text) => withoutSecret(text, forms)),
    isIn: memoize((text) => (maySpell(text, forms) && forms.most.test(text)) || forms.encoded?.any.test(text) === true),
  };
  searches.set(secret, search);
  return search;
}

function withoutSecret(text: string, forms: Forms): string {
  const { encoded } = forms;
  const decoded = encoded === undefined ? text : text.replace(encoded.others, mask).replace(encoded.base64Run, mask);
  return maySpell(decoded, forms) ? maskPrefixes(decoded, forms) : decoded;
}

interface Forms {
  /** Absent for secrets of less than eight characters. */
  readonly encoded?: {
    /** Where base64 of the first eight characters begins, and all base64 after it. */
    readonly base64Run: RegExp;
    /** The whole of it in hexadecimal digits, and backwards. */
    readonly others: RegExp;
    /** The same, and what of its base64 is the same whatever surrounds it. */
    readonly any: RegExp;
  };
  /** The first eight characters in lower case, for a quick look. */
  readonly plain: string;
  /** So much of it, in any spelling, that it is as good as whole. */
  readonly most: RegExp;
  /** The first eight characters in any spelling, and each that may follow. */
  readonly start: RegExp;
  readonly rest: readonly RegExp[];
}

function formsOf(secret: string): Forms {
  const letters = Array.from(secret, anySpelling);
  return {
    ...(secret.length < shortestPrefix ? {} : { encoded: encodedForms(secret) }),
    plain: secret.slice(0, shortestPrefix).toLowerCase(),
    most: new RegExp(letters.slice(0, Math.ceil(secret.length * 0.75)).join(''), 'i'),
    start: new RegExp(letters.slice(0, shortestPrefix).join(''), 'gi'),
    rest: letters.slice(shortestPrefix).map((letter) => new RegExp(letter, 'iy')),
  };
}

function encodedForms(secret: string): NonNullable<Forms['encoded']> {
  const others = otherForms(secret);
  return {
    base64Run: base64RunOf(secret),
    others: anyOf(others, 'g'),
    any: anyOf([...others, ...base64Pieces(secret)], ''),
  };
}

/** The patterns are slow and nearly always find nothing: text without an escape either has the plain letters or is clean. */
function maySpell(text: string, { plain }: Forms): boolean {
  return /%|\\u/i.test(text) || text.toLowerCase().includes(plain);
}

/** Replaces every run of characters that spells the secret, or its first eight characters and as many as follow. */
function maskPrefixes(text: string, { start, rest }: Forms): string {
  start.lastIndex = 0;
  let masked = '';
  let from = 0;
  for (let found = start.exec(text); found !== null; found = start.exec(text)) {
    let to = start.lastIndex;
    for (const letter of rest) {
      letter.lastIndex = to;
      if (!letter.test(text)) break;
      to = letter.lastIndex;
    }
    masked += text.slice(from, found.index) + mask;
    from = to;
    start.lastIndex = to;
  }
  return masked + text.slice(from);
}

/** A pattern is faster than a search for each of them. */
function anyOf(texts: readonly string[], flags: string): RegExp {
  return new RegExp(texts.map((text) => text.replace(/[^\p{L}\p{N}]/gu, '\\$&')).join('|'), flags);
}

/** A pattern for one character: itself, percent-encoded (once or twice), or as a JSON escape. */
function anySpelling(letter: string): string {
  const plain = letter.replace(/[^\p{L}\p{N}_]/u, '\\$&');
  const percent = [...Buffer.from(letter)].map((byte) => `%(?:25)?${hex(byte, 2)}`).join('');
  const escaped = Array.from({ length: letter.length }, (_, at) => `\\\\u${hex(letter.charCodeAt(at), 4)}`).join('');
  return `(?:${plain}|${percent}|${escaped})`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}

/** The base64 of the first eight characters, for each alignment, as far as it is the same whatever surrounds them. */
function base64RunOf(secret: string): RegExp {
  const starts = [secret, swapCase(secret)].flatMap((form) => {
    const bytes = Buffer.from(form.slice(0, shortestPrefix));
    return [0, 1, 2].map((before) => {
      const bits = 8 * (before + bytes.length);
      const text = Buffer.concat([Buffer.alloc(before), bytes]).toString('base64');
      return text.slice(Math.ceil((8 * before) / 6), Math.floor(bits / 6));
    });
  });
  const either = starts.map((start) => start.replaceAll('+', '[+-]').replaceAll('/', '[/_]')).join('|');
  return new RegExp(`(?:${either})[A-Za-z0-9+/_-]*={0,2}`, 'g');
}

/** The form in which a probe shows the key, to see whether letter case counts. */
function swapCase(text: string): string {
  return text.replace(/[A-Za-z]/g, (letter) =>
    letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase(),
  );
}

function otherForms(secret: string): readonly string[] {
  const digits = Buffer.from(secret).toString('hex');
  return [digits, digits.toUpperCase(), Array.from(secret).reverse().join('')];
}

/** What of the secret's base64 is the same whatever stands before and after it, for each of the three alignments. */
function base64Pieces(secret: string): readonly string[] {
  const bytes = Buffer.from(secret);
  const pieces = [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]);
    const from = before === 0 ? 0 : 4;
    return whole.toString('base64').slice(from, Math.floor(whole.length / 3) * 4);
  });
  return pieces.flatMap((piece) => [piece, piece.replaceAll('+', '-').replaceAll('/', '_')]);
}
