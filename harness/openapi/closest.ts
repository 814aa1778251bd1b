import { distance } from 'fastest-levenshtein';

/** How unlike two words are: 0 for equal, 1 for nothing in common. */
export function unlikeness(a: string, b: string): number {
  return distance(a, b) / Math.max(a.length, b.length, 1);
}
