import type { Violation } from '../model/target.ts';

/** Words of figures of speech, for which nobody searches. */
const figures =
  /\b(?:told|tells?|stranger|weather|fate|alike|eyes?|desk|promise[ds]?|nobody|everybody|mend|lies|lied|blind|judge of|business of)\b/i;

const places = /^(?:status|wire|body(?: \/.*)?|header [!#$%&'*+.^_`|~0-9a-z-]+)$/s;

/** What a message of a finding lacks: it names the thing, what was expected, what came, and what to do. */
export function flawsOfMessage(finding: Violation, remedy: string | undefined): readonly string[] {
  const { message, where, expected, actual, hint = remedy ?? '' } = finding;
  const own = [message, expected, hint].map((text) => text.replace(/"[^"]*"/g, '""'));
  return [
    ...(message.trim() === '' ? ['there is no message'] : []),
    ...(message.endsWith('.') ? ['the message ends with a full stop'] : []),
    ...(places.test(where) ? [] : [`"${where}" is no place in an exchange`]),
    ...(expected.trim() === '' ? ['nothing is expected'] : []),
    ...(actual.trim() === '' ? ['what came is not shown'] : []),
    ...(expected === actual ? ['what came is what was expected'] : []),
    ...(/^[A-Z].*[.?]$/s.test(hint) ? [] : [`"${hint}" is no sentence that says what to do`]),
    ...own.flatMap((text) => {
      const found = figures.exec(text)?.[0];
      return found === undefined ? [] : [`"${found}" is a figure of speech: ${text}`];
    }),
  ];
}
