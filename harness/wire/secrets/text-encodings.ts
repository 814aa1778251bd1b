import { brotliDecompressSync, constants, gunzipSync, inflateRawSync, inflateSync } from 'node:zlib';

/** A text read out of another: where each character of it stood. */
export interface DecodedText {
  readonly text: string;
  /** The span of the source, `[from, to)`, that the characters `[from, to)` of `text` were read from. */
  readonly source: (from: number, to: number) => readonly [from: number, to: number];
}

/** Names of HTML entities for the characters that keys are made of. */
const entities: Readonly<Record<string, string>> = {
  lowbar: '_',
  hyphen: '-',
  dash: '-',
  plus: '+',
  sol: '/',
  equals: '=',
  period: '.',
  colon: ':',
  quot: '"',
  apos: "'",
  amp: '&',
  lt: '<',
  gt: '>',
  num: '#',
  nbsp: ' ',
};

/** Percent-encoding and escapes of JSON, JavaScript, Markdown and HTML, each also nested, and what is not visible. */
const escape = new RegExp(
  [
    '%(?:25){0,4}([0-9a-f]{2})',
    '\\\\{1,8}u([0-9a-f]{4})',
    '\\\\{1,8}u\\{([0-9a-f]{1,6})\\}',
    '\\\\{1,8}x([0-9a-f]{2})',
    '&(?:amp;){0,4}#x([0-9a-f]{1,6});',
    '&(?:amp;){0,4}#([0-9]{1,7});',
    `&(?:amp;){0,4}(${Object.keys(entities).join('|')});`,
    '\\\\{1,8}([^0-9a-z\\s\\\\])',
    '[\\0\\u00ad\\u200b-\\u200d\\ufeff]',
  ].join('|'),
  'gi',
);

/** The text with one layer of escapes taken away; absent when there is none. */
export function unescaped(text: string): DecodedText | undefined {
  if (!/[%\\&\0\u00ad\u200b-\u200d\ufeff]/.test(text)) return undefined;
  const decoded = text.replace(escape, (...match: readonly unknown[]) => characterOf(match));
  if (decoded === text) return undefined;
  // Where each escape stood is only looked up for the few texts in which something was found.
  const escapes = memoized(() => escapesOf(text));
  return { text: decoded, source: (from, to) => sourceOfEscapes(escapes(), from, to) };
}

function characterOf(match: readonly unknown[]): string {
  const [, percent, unit, point, byte, hexEntity, entity, name, literal] = match;
  if (typeof literal === 'string') return literal;
  if (typeof name === 'string') return entities[name.toLowerCase()] ?? '';
  const hex = [percent, unit, point, byte, hexEntity].find((digits) => typeof digits === 'string');
  const code = typeof hex === 'string' ? Number.parseInt(hex, 16) : typeof entity === 'string' ? Number(entity) : 0;
  return code === 0 || code > 0x10ffff ? '' : String.fromCodePoint(code);
}

/** One escape: where it ends in the decoded text, and how much longer the source is up to there. */
interface Escape {
  readonly at: number;
  readonly end: number;
  readonly after: number;
}

function escapesOf(text: string): readonly Escape[] {
  let before = 0;
  return Array.from(text.matchAll(escape), (match) => {
    const at = match.index - before;
    const { length } = characterOf(match);
    const after = before + match[0].length - length;
    const found = { at, end: at + length, after };
    before = after;
    return found;
  });
}

function sourceOfEscapes(escapes: readonly Escape[], from: number, to: number): readonly [number, number] {
  const first = escapes[countUntil(escapes, ({ end }) => end <= from) - 1];
  const last = escapes[countUntil(escapes, ({ at }) => at < to) - 1];
  return [from + (first?.after ?? 0), to + (last?.after ?? 0)];
}

/** How many of them, from the first, hold; by halving, since they are in order. */
function countUntil(escapes: readonly Escape[], holds: (each: Escape) => boolean): number {
  let [low, high] = [0, escapes.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const each = escapes[middle];
    if (each !== undefined && holds(each)) low = middle + 1;
    else high = middle;
  }
  return low;
}

function memoized<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** The longest that is decompressed: a small body may hold gigabytes. */
const maxOutputLength = 8 * 2 ** 20;

/** The content of compressed bytes, also of a stream that was cut; absent where they are not compressed. */
export function decompressed(bytes: Uint8Array): { readonly coding: string; readonly bytes: Uint8Array } | undefined {
  // Two of the formats have no magic number, but compressed bytes are not text.
  if (bytes.subarray(0, 64).every((byte) => byte >= 0x20 && byte < 0x7f)) return undefined;
  const [first = 0, second = 0] = bytes;
  const finishFlush = constants.Z_SYNC_FLUSH;
  if (first === 0x1f && second === 0x8b) {
    return attempt('gzip', () => gunzipSync(bytes, { finishFlush, maxOutputLength }));
  }
  if ((first & 0x0f) === 8 && (first * 256 + second) % 31 === 0) {
    return attempt('deflate', () => inflateSync(bytes, { finishFlush, maxOutputLength }));
  }
  const flush = constants.BROTLI_OPERATION_FLUSH;
  return (
    attempt('br', () => brotliDecompressSync(bytes, { finishFlush: flush, maxOutputLength })) ??
    attempt('deflate', () => inflateRawSync(bytes, { finishFlush, maxOutputLength }))
  );
}

function attempt(
  coding: string,
  read: () => Uint8Array,
): { readonly coding: string; readonly bytes: Uint8Array } | undefined {
  try {
    const bytes = read();
    return bytes.length === 0 ? undefined : { coding, bytes };
  } catch {
    return undefined;
  }
}

/** Runs of base64, each read at the four places at which its first group may begin. */
export function* base64Texts(text: string): Generator<DecodedText & { readonly bytes: Buffer }> {
  for (const { 0: run, index } of text.matchAll(/[A-Za-z0-9+/_-]{11,}={0,2}/g)) {
    for (let skipped = 0; skipped < 4; skipped += 1) {
      const bytes = Buffer.from(run.slice(skipped), 'base64');
      const start = index + skipped;
      // What follows in the run is as likely a part of the same.
      const source = (from: number): readonly [number, number] => [
        start + Math.floor((from * 4) / 3),
        index + run.length,
      ];
      yield { text: bytes.toString('latin1'), bytes, source };
    }
  }
}

/** Bytes written as hexadecimal digits or as a list of numbers. */
export function* numberTexts(text: string): Generator<DecodedText> {
  for (const { 0: run, index } of text.matchAll(
    /(?:0x)?[0-9a-f]{2}(?:[\s:,-]{0,2}(?:0x)?[0-9a-f]{2}){7,}[0-9a-f]?/gi,
  )) {
    yield byDigits(run, index) ?? byNumber(run, index, /[0-9a-f]{2}/gi, 16);
    // The digits may begin one later.
    yield byDigits(run.slice(1), index + 1) ?? byNumber(run.slice(1), index + 1, /[0-9a-f]{2}/gi, 16);
  }
  for (const { 0: run, index } of text.matchAll(/\d{2,3}(?:,\s{0,9}\d{2,3}){7,}/g)) {
    yield byNumber(run, index, /\d{2,3}/g, 10);
  }
}

/** Digits with nothing between them, of which there may be megabytes. */
function byDigits(run: string, start: number): DecodedText | undefined {
  if (!/^[0-9a-f]+$/i.test(run)) return undefined;
  return {
    text: Buffer.from(run, 'hex').toString('latin1'),
    source: (from, to) => [start + 2 * from, start + 2 * to],
  };
}

function byNumber(run: string, start: number, each: RegExp, base: number): DecodedText {
  const numbers = [...run.matchAll(each)];
  return {
    text: numbers.map(([digits]) => String.fromCharCode(Number.parseInt(digits, base))).join(''),
    source: (from, to) => {
      const last = numbers[to - 1];
      return [start + (numbers[from]?.index ?? 0), start + (last === undefined ? 0 : last.index + last[0].length)];
    },
  };
}
