import picomatch from 'picomatch';
import { HarnessError } from '../core/errors.ts';
import type { Case } from '../model/case.ts';

/** One part of a run: the cases whose number modulo `of` is `index - 1`. */
export interface Shard {
  readonly index: number;
  readonly of: number;
}

/** The cases that a run is asked for; none at all is `E_NOTHING_SELECTED`, for a run of nothing must not look green. */
export function selectCases(
  cases: readonly Case[],
  options: { readonly globs?: readonly string[]; readonly shard?: Shard },
): readonly Case[] {
  const { globs = [], shard } = options;
  const matchers = globs.map((glob) => ({ glob, matches: globMatcher(glob) }));
  const stray = matchers.find(({ matches }) => !cases.some((one) => matches(one.id)))?.glob;
  if (stray !== undefined) {
    throw new HarnessError('E_NOTHING_SELECTED', `no case matches --case '${stray}'`, {
      hint: `List the ${cases.length} case ids with: pinecone-contract cases`,
    });
  }
  const matching = globs.length === 0 ? cases : cases.filter((one) => matchers.some(({ matches }) => matches(one.id)));
  const part = shard === undefined ? matching : matching.filter((_, place) => place % shard.of === shard.index - 1);
  if (part.length === 0) {
    throw new HarnessError('E_NOTHING_SELECTED', 'no case is selected, so nothing can be proved', {
      hint: shard === undefined ? 'The document declares no response for this operation.' : 'Use fewer shards.',
    });
  }
  return part;
}

/** Whether a case id is this, or matches it as a glob: `*` stays within a segment, `**` crosses segments. */
export function matchesGlob(id: string, glob: string): boolean {
  return globMatcher(glob)(id);
}

/** The same for many ids: the glob is compiled once. */
export function globMatcher(glob: string): (id: string) => boolean {
  if (glob === '') return (id) => id === '';
  let matches: ((id: string) => boolean) | undefined;
  return (id) => id === glob || (matches ??= picomatch(glob, { dot: true, nonegate: true }))(id);
}
