import { createHash } from 'node:crypto';
import picomatch from 'picomatch';
import { printable } from '../core/text/printable.ts';
import { HarnessError } from '../core/errors.ts';
import type { Case } from '../model/case.ts';
import { closestTo } from '../openapi/closest.ts';

/** One part of a run: the cases whose number modulo `of` is `index - 1`. */
export interface Shard {
  /** From 1. */
  readonly index: number;
  readonly of: number;
}

/**
 * The cases whose ids match one of the globs (all without globs), and of these the part of a shard. Throws
 * `E_NOTHING_SELECTED` where there is none: a run of nothing must not look green.
 */
export function selectCases(
  cases: readonly Case[],
  options: {
    readonly globs?: readonly string[];
    readonly shard?: Shard;
    /** The command line that lists these cases. */
    readonly listing?: string;
  },
): readonly Case[] {
  const { globs = [], shard, listing } = options;
  const matchers = globs.map((glob) => ({ glob, matches: isBareWord(glob) ? hasPart(glob) : globMatcher(glob) }));
  const stray = matchers.find(({ matches }) => !cases.some((one) => matches(one.id)))?.glob;
  if (stray !== undefined) {
    throw new HarnessError('E_NOTHING_SELECTED', `no case matches --case '${printable(stray)}'`, {
      hint: hintFor(stray, cases, listing),
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

/**
 * One part of the cases of many operations: each case is in the same part wherever it is run and whatever else is, since
 * its id alone says in which.
 */
export function inShard({ id }: Case, { index, of }: Shard): boolean {
  const hash = createHash('sha256').update(id).digest().readUInt32BE(0);
  return hash % of === index - 1;
}

/** What may have been meant by a glob or an id that matches nothing. */
export function hintFor(asked: string, cases: readonly Case[], listing = 'pinecone-contract cases'): string {
  const all = cases.length === 1 ? 'the 1 case id' : `the ${cases.length} case ids`;
  const list = `List ${all} with: ${listing}`;
  if (asked === '') return list;
  const ids = cases.map((one) => one.id);
  const deeper = [asked.replace(/(?:\/\*{1,2})?\/?$/, '/**'), asked.replace(/(^|\/)\*(?=\/|$)/g, '$1**')];
  for (const glob of deeper) {
    const count = cases.filter((one) => matchesGlob(one.id, glob)).length;
    if (count > 0) {
      const many = count === 1 ? '1 case' : `${count} cases`;
      return `\`*\` stays within one part of an id, \`**\` does not: --case '${printable(glob)}' matches ${many}. ${list}`;
    }
  }
  const containing = isBareWord(asked) ? cases.filter(({ id }) => id.includes(asked)) : [];
  if (containing.length > 0) {
    const named = containing.slice(0, 3).map(({ id }) => id);
    const more = containing.length > 3 ? ` and ${containing.length - 3} more` : '';
    return `A word stands for a whole part of an id, between slashes; it is inside of ${named.join(', ')}${more}. ${list}`;
  }
  const near = closestTo(asked, isBareWord(asked) ? [...new Set(ids.flatMap((id) => id.split('/')))] : ids);
  return near.length === 0 ? list : `Close to it: ${near.join(', ')}. ${list}`;
}

/** A word without a slash and without signs of a glob: it stands for a part of an id between slashes. */
function isBareWord(glob: string): boolean {
  return /^[\w.-]+$/.test(glob);
}

/** A whole part, or a word that is spelt wrongly would match by chance. */
function hasPart(word: string): (id: string) => boolean {
  return (id) => id.split('/').includes(word);
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
