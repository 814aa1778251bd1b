import { matchPattern } from './keywords/pattern.ts';

/** A text that matches a regular expression and is of such a length, where a plain reading of the expression gives one. */
export function patternText(
  pattern: string,
  { least = 0, most = Infinity }: { readonly least?: number; readonly most?: number } = {},
): string | undefined {
  if (pattern.length > longestPattern) return undefined;
  for (const repeats of [0, 1, 2, 4, 8, 16, Math.min(least, 100)]) {
    for (const choice of [0, 1, 2]) {
      const text = written(pattern, { repeats, choice });
      if (text === undefined || text.length < least || text.length > most) continue;
      if (matchPattern(pattern, text) === 'match') return text;
    }
  }
  return undefined;
}

const longestPattern = 2000;
const longestText = 5000;

interface Taste {
  /** How often what may be repeated without end is repeated, at least. */
  readonly repeats: number;
  /** Which of several alternatives is taken, if there are as many. */
  readonly choice: number;
}

function written(pattern: string, taste: Taste): string | undefined {
  const reader = { pattern, at: 0 };
  try {
    const text = alternatives(reader, taste);
    return reader.at === pattern.length ? text : undefined;
  } catch (thrown) {
    if (thrown instanceof Unreadable) return undefined;
    throw thrown;
  }
}

class Unreadable extends Error {}

interface Reader {
  readonly pattern: string;
  at: number;
}

function alternatives(reader: Reader, taste: Taste): string {
  const all = [sequence(reader, taste)];
  while (reader.pattern[reader.at] === '|') {
    reader.at += 1;
    all.push(sequence(reader, taste));
  }
  return all[Math.min(taste.choice, all.length - 1)] ?? '';
}

function sequence(reader: Reader, taste: Taste): string {
  let text = '';
  while (reader.at < reader.pattern.length && !'|)'.includes(reader.pattern[reader.at] ?? '')) {
    const part = atom(reader, taste);
    text += part.repeat(count(reader, taste));
    if (text.length > longestText) throw new Unreadable();
  }
  return text;
}

function atom(reader: Reader, taste: Taste): string {
  const rest = reader.pattern.slice(reader.at);
  const [first = ''] = rest;
  if (first === '(') return group(reader, taste);
  const token =
    /^(\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u[0-9a-fA-F]{4}|\\x[0-9a-fA-F]{2}|\\c[A-Za-z]|\\[^]|\[(?:\\[^]|[^\]\\])*\])/.exec(
      rest,
    )?.[0];
  reader.at += token?.length ?? 1;
  if (first === '^' || first === '$' || token === '\\b' || token === '\\B') return '';
  if (token === undefined) return first === '.' ? 'a' : first;
  return characterOf(token);
}

function group(reader: Reader, taste: Taste): string {
  const opening = /^\((?:\?(?::|=|!|<=|<!|<[^>]*>))?/.exec(reader.pattern.slice(reader.at))?.[0] ?? '(';
  reader.at += opening.length;
  const text = alternatives(reader, taste);
  if (reader.pattern[reader.at] !== ')') throw new Unreadable();
  reader.at += 1;
  // What is looked for ahead and behind is no part of the text; whether it is there, the expression itself says in the end.
  return /[=!]$/.test(opening) ? '' : text;
}

/** How often the part in front of a quantifier is written. */
function count(reader: Reader, { repeats }: Taste): number {
  const found = /^(?:[*+?]|\{\d+(?:,\d*)?\})\??/.exec(reader.pattern.slice(reader.at))?.[0];
  if (found === undefined) return 1;
  reader.at += found.length;
  const [, low, open, high] = /^\{(\d+)(,?)(\d*)/.exec(found) ?? [];
  const least = low === undefined ? Number(found.startsWith('+')) : Number(low);
  const most =
    low === undefined
      ? found.startsWith('?')
        ? 1
        : Infinity
      : open === ''
        ? least
        : high === ''
          ? Infinity
          : Number(high);
  if (least > longestText) throw new Unreadable();
  return Math.max(least, Math.min(most, repeats));
}

/** The plainest character that a class or an escape stands for. */
function characterOf(token: string): string {
  const expression = /^\\[-/_ ]$/.test(token) ? undefined : compiled(token);
  if (expression === undefined) return token.slice(1);
  const found = characters.find((each) => expression.test(each));
  if (found === undefined) throw new Unreadable();
  return found;
}

const characters = [
  ...Array.from('a1Ab0-_ '),
  ...Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)),
  '\n',
  '\t',
  'é',
  'Ж',
  '漢',
];

function compiled(token: string): RegExp | undefined {
  for (const flags of ['u', '']) {
    try {
      return new RegExp(`^${token}$`, flags);
    } catch {
      // Tried with the other flags.
    }
  }
  return undefined;
}
