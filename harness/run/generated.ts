import { asyncProperty, check, constantFrom, integer, oneof, string } from 'fast-check';

export interface Found<T> {
  /** The smallest id that fails; absent when none did. */
  readonly counterExample?: string;
  readonly shrinks: number;
  /** What the trial of the counter-example gave, or the last trial's. */
  readonly last: T;
}

/** How many smaller ids are tried on the way to the smallest: each is a request, and one to a live server. */
const mostShrinks = 100;

/**
 * Try generated ids; on failure, shrink. A trial that throws ends the search: with its error, or, if a counter-example
 * is known by then, with that.
 */
export async function smallestCounterExample<T>(options: {
  readonly runs: number;
  readonly seed: number;
  readonly trial: (id: string) => Promise<T>;
  readonly fails: (outcome: T) => boolean;
}): Promise<Found<T>> {
  const { runs, seed, trial, fails } = options;
  let last: T | undefined;
  let failing: T | undefined;
  let thrown: unknown;
  let smaller = 0;
  const property = asyncProperty(anyId, async (id) => {
    if (thrown !== undefined) return true;
    if (failing !== undefined && ++smaller > mostShrinks) return true;
    try {
      last = await trial(id);
    } catch (cause) {
      thrown = cause;
      return true;
    }
    if (!fails(last)) return true;
    failing = last;
    return false;
  });
  const details = await check(property, {
    numRuns: runs,
    seed,
    endOnFailure: false,
    examples: first.map((id): [string] => [id]),
  });
  if (thrown !== undefined && failing === undefined) throw thrown as Error;
  const outcome = failing ?? last;
  if (outcome === undefined) throw new RangeError('a property needs at least one run');
  const counterExample = details.counterexample?.[0];
  return { last: outcome, shrinks: details.numShrinks, ...(counterExample === undefined ? {} : { counterExample }) };
}

/** ASCII that can be seen, without the slashes: where a path ends at an encoded slash is not the same to all who read it. */
const printable = Array.from({ length: 95 }, (_, place) => String.fromCharCode(0x20 + place)).filter(
  (character) => !/[/\\]/.test(character),
);

/** By number, so that a character is shrunk to the one before it. */
const visible = integer({ min: 0, max: printable.length - 1 }).map(
  (place) => printable[place] ?? '',
  (character) => printable.indexOf(String(character)),
);

/** Beyond ASCII: any code point but control characters, which front ends refuse, and surrogates, which are none. */
const beyond = oneof(integer({ min: 0xa0, max: 0xd7ff }), integer({ min: 0xe000, max: 0x10ffff })).map(
  (point) => String.fromCodePoint(point),
  (character) => String(character).codePointAt(0) ?? 0,
);

/**
 * Whatever a caller might put in a path: words, any Unicode, separators. The library's own Unicode units are left alone,
 * for building their tables takes longer than the whole run.
 */
const anyId = oneof(
  string({ unit: visible, maxLength: printable.length }),
  string({ unit: beyond, maxLength: 40 }),
  string({ unit: constantFrom(...Array.from('.%;:@&=+$,?#[]!\'"()*<>{}|^`~- aZ0')), maxLength: 40 }),
);

/** Tried first, so that even a few runs meet every sign of ASCII, and every length of UTF-8. */
const first: readonly string[] = [printable.join(''), '\u00e4\u00df\u6f22\u5b57\u202e\ufeff\u{1f5d1}\u{10fffd}'];
