import fc from 'fast-check';

export interface Found<T> {
  /** The smallest id that fails; absent when none did. */
  readonly counterExample?: string;
  readonly shrinks: number;
  /** What the trial of the counter-example gave, or the last trial's. */
  readonly last: T;
}

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
  const property = fc.asyncProperty(anyId, async (id) => {
    if (thrown !== undefined) return true;
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
  const details = await fc.check(property, { numRuns: runs, seed, endOnFailure: false });
  if (thrown !== undefined && failing === undefined) throw thrown as Error;
  const outcome = failing ?? last;
  if (outcome === undefined) throw new RangeError('a property needs at least one run');
  const counterExample = details.counterexample?.[0];
  return { last: outcome, shrinks: details.numShrinks, ...(counterExample === undefined ? {} : { counterExample }) };
}

/** Any code point but the surrogates, which percent-encoding cannot write. */
const anyCharacter = fc
  .oneof(fc.integer({ min: 0, max: 0xd7ff }), fc.integer({ min: 0xe000, max: 0x10ffff }))
  .map((point) => String.fromCodePoint(point));

/**
 * Whatever a caller might put in a path: words, any Unicode, separators. The library's own Unicode units are left alone,
 * for building their tables takes longer than the whole run.
 */
const anyId = fc.oneof(
  fc.string({ unit: 'grapheme-ascii', maxLength: 40 }),
  fc.string({ unit: anyCharacter, maxLength: 40 }),
  fc.string({ unit: fc.constantFrom(...Array.from('/\\.%;:@&=+$,?#[]!\'"()*<>{}|^`~- \t\n\r\0aZ0')), maxLength: 40 }),
);
