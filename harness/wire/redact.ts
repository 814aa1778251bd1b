import type { SentRequest, WireRequest } from '../model.ts';
import { remembered } from '../remembered.ts';

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
  if (text.length < shortestOf(secrets)) return text;
  // What is masked stays as it is: a key such as `key` would be found in the mask again.
  if (text.includes(mask)) {
    const parts = text.split(mask).map((part) => redactText(part, secrets));
    return parts.join(mask);
  }
  let masked = text;
  // Longest first: a secret that begins with another must not leave its tail behind.
  for (const secret of [...secrets].sort((a, b) => b.length - a.length)) masked = maskerOf(secret)(masked);
  return masked;
}

/** Shorter texts hold no secret. */
function shortestOf(secrets: readonly string[]): number {
  return secrets.reduce((least, { length }) => Math.min(least, length || Infinity), shortestPrefix);
}

/** There are few secrets, and the texts of a run are nearly all the same. */
const maskers = new Map<string, (text: string) => string>();

function maskerOf(secret: string): (text: string) => string {
  const before = maskers.get(secret);
  if (before !== undefined) return before;
  const masker = secret === '' ? (text: string) => text : remembered((text) => withoutSecret(text, secret));
  maskers.set(secret, masker);
  return masker;
}

function withoutSecret(text: string, secret: string): string {
  if (text.length < Math.min(secret.length, shortestPrefix)) return text;
  const forms = formsOf(secret);
  let masked = text;
  if (forms.others !== undefined) masked = masked.replace(forms.others, mask);
  if (forms.base64Run !== undefined) masked = masked.replace(forms.base64Run, mask);
  return maySpell(masked, forms) ? maskPrefixes(masked, forms) : masked;
}

interface Forms {
  /** Where base64 of the first eight characters begins, and all base64 after it; absent for shorter secrets. */
  readonly base64Run?: RegExp;
  /** The whole of it in hexadecimal digits, and backwards; absent for shorter secrets. */
  readonly others?: RegExp;
  /** The same, and what of its base64 is the same whatever surrounds it. */
  readonly encoded?: RegExp;
  /** The first eight characters in lower case, for a quick look. */
  readonly plain: string;
  /** So much of it, in any spelling, that it is as good as whole. */
  readonly most: RegExp;
  /** The first eight characters in any spelling, and each that may follow. */
  readonly start: RegExp;
  readonly rest: readonly RegExp[];
}

/** The patterns of the secrets seen so far: there are few, and each masks thousands of texts. */
const known = new Map<string, Forms>();

function formsOf(secret: string): Forms {
  const before = known.get(secret);
  if (before !== undefined) return before;
  const letters = Array.from(secret, anySpelling);
  const base64Run = base64RunOf(secret);
  const others = otherForms(secret);
  const forms: Forms = {
    ...(base64Run === undefined ? {} : { base64Run }),
    ...(others.length === 0
      ? {}
      : { others: anyOf(others, 'g'), encoded: anyOf([...others, ...base64Pieces(secret)], '') }),
    plain: secret.slice(0, shortestPrefix).toLowerCase(),
    most: new RegExp(letters.slice(0, Math.ceil(secret.length * 0.75)).join(''), 'i'),
    start: new RegExp(letters.slice(0, shortestPrefix).join(''), 'gi'),
    rest: letters.slice(shortestPrefix).map((letter) => new RegExp(letter, 'iy')),
  };
  known.set(secret, forms);
  return forms;
}

/** Whether a text holds a secret in one of these forms, whole or for the greater part. */
export function holdsSecret(text: string, secrets: readonly string[]): boolean {
  return secrets.some((secret) => {
    // A secret this short is found in any text.
    if (secret.length < 6) return false;
    const forms = formsOf(secret);
    return (maySpell(text, forms) && forms.most.test(text)) || forms.encoded?.test(text) === true;
  });
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
function base64RunOf(secret: string): RegExp | undefined {
  if (secret.length < shortestPrefix) return undefined;
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
  if (secret.length < shortestPrefix) return [];
  const digits = Buffer.from(secret).toString('hex');
  return [digits, digits.toUpperCase(), Array.from(secret).reverse().join('')];
}

/** What of the secret's base64 is the same whatever stands before and after it, for each of the three alignments. */
function base64Pieces(secret: string): readonly string[] {
  if (secret.length < shortestPrefix) return [];
  const bytes = Buffer.from(secret);
  const pieces = [0, 1, 2].map((before) => {
    const whole = Buffer.concat([Buffer.alloc(before), bytes]);
    const from = before === 0 ? 0 : 4;
    return whole.toString('base64').slice(from, Math.floor(whole.length / 3) * 4);
  });
  return pieces.flatMap((piece) => [piece, piece.replaceAll('+', '-').replaceAll('/', '_')]);
}
