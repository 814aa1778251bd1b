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
  const stray = globs.find((glob) => !cases.some((one) => matchesGlob(one.id, glob)));
  if (stray !== undefined) {
    throw new HarnessError('E_NOTHING_SELECTED', `no case matches --case '${stray}'`, {
      hint: `List the ${cases.length} case ids with: pinecone-contract cases`,
    });
  }
  const matching = globs.length === 0 ? cases : cases.filter((one) => globs.some((glob) => matchesGlob(one.id, glob)));
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
  return id === glob || (glob !== '' && picomatch.isMatch(id, glob, { dot: true, nonegate: true }));
}
