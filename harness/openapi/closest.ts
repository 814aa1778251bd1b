import { distance } from 'fastest-levenshtein';

/** How unlike two words are: 0 for equal, 1 for nothing in common. */
export function unlikeness(a: string, b: string): number {
  return distance(a, b) / Math.max(a.length, b.length, 1);
}

/** The three of these names that are most like a word, the nearest first; none that differs in more than a third. */
export function closestTo(word: string, names: readonly string[]): readonly string[] {
  return names
    .map((name) => ({ name, away: unlikeness(name, word) }))
    .filter(({ away }) => away <= 1 / 3)
    .sort((a, b) => a.away - b.away)
    .slice(0, 3)
    .map(({ name }) => name);
}

/** The same for values of a list, where letter case, separators and the order of words count less than the words. */
export function closestValues(value: string, listed: readonly string[]): readonly string[] {
  const plain = wordsOf(value);
  const same = listed.filter((each) => wordsOf(each) === plain);
  return same.length > 0 ? same : closestTo(value, listed);
}

function wordsOf(text: string): string {
  const words = text.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words
    .split(/[^\p{L}\p{N}]+/u)
    .sort()
    .join(' ');
}
