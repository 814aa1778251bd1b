import pLimit from 'p-limit';

/** Runs work, never more than `most` at the same time; the rest waits for its turn. */
export type Turns = <T>(work: () => Promise<T>) => Promise<T>;

export function atATime(most: number): Turns {
  return pLimit(most);
}
