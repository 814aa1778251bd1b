/** Longer texts are seldom seen twice. */
const longest = 200;

/**
 * A question whose answer hangs on the text alone, asked once for each short text: the headers and messages of a run
 * are nearly all the same, and dozens of patterns are slow.
 */
export function memoize<T>(ask: (text: string) => T): (text: string) => T {
  const known = new Map<string, { readonly answer: T }>();
  return (text) => {
    if (text.length > longest) return ask(text);
    const before = known.get(text);
    if (before !== undefined) return before.answer;
    if (known.size >= 1000) known.clear();
    const answer = ask(text);
    known.set(text, { answer });
    return answer;
  };
}

/** A question about a place within what does not change, such as a document, asked once for each place. */
export function memoizeIn<Whole extends object, T>(
  ask: (whole: Whole, place: string) => T,
): (whole: Whole, place: string) => T {
  const known = new WeakMap<Whole, Map<string, { readonly answer: T }>>();
  return (whole, place) => {
    const answers = known.get(whole) ?? new Map<string, { readonly answer: T }>();
    known.set(whole, answers);
    const before = answers.get(place);
    if (before !== undefined) return before.answer;
    const answer = ask(whole, place);
    answers.set(place, { answer });
    return answer;
  };
}
