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
