import type { Violation } from '../model/target.ts';

/** Words of figures of speech, for which nobody searches. */
const figures =
  /\b(?:told|tells?|strangers?|weather|fates?|alike|eyes?|desk|nobody|somebody|everybody|mend(?:s|ed)?|lies|lied|blind|truth|doors?|ladder|knocks?|walks?|speaks?|spoke|bears?|honou?r(?:s|ed)?|swallow(?:s|ed)?|put right|judge of|business of)\b/i;

/** Sentences that would fit any error: nobody knows what to do after them. */
const vague =
  /\b(?:try again|(?:went|gone) wrong|some error|an error occurred|not possible|check your (?:input|settings)|see (?:the )?(?:log|docs|documentation))\b/i;

const places = /^(?:status|wire|body(?: \/.*)?|header [!#$%&'*+.^_`|~0-9a-z-]+)$/s;

/** What a message of a finding lacks: it names the thing, what was expected, what came, and what to do. */
export function flawsOfMessage(finding: Violation, remedy: string | undefined): readonly string[] {
  const { message, where, expected, actual, hint = remedy ?? '' } = finding;
  return [
    ...(message.trim() === '' ? ['there is no message'] : []),
    ...(message.endsWith('.') ? ['the message ends with a full stop'] : []),
    ...(places.test(where) ? [] : [`"${where}" is no place in an exchange`]),
    ...(expected.trim() === '' ? ['nothing is expected'] : []),
    ...(actual.trim() === '' ? ['what came is not shown'] : []),
    ...(expected === actual ? ['what came is what was expected'] : []),
    ...flawsOfHint(hint),
    ...[message, expected].flatMap((text) => [...figuresIn(text), ...promises(text)]),
  ];
}

/** What a sentence about the next step lacks. */
export function flawsOfHint(hint: string): readonly string[] {
  const found = vague.exec(hint)?.[0];
  return [
    ...(/^[A-Z].*[.?]$/s.test(hint) ? [] : [`"${hint}" is no sentence that says what to do`]),
    ...(found === undefined ? [] : [`"${found}" would fit any error: ${hint}`]),
    ...figuresIn(hint),
    ...promises(hint),
  ];
}

/** The first figure of speech outside of what is quoted, if there is one. */
export function figuresIn(text: string): readonly string[] {
  const found = figures.exec(text.replace(/"[^"]*"/g, '""'))?.[0];
  return found === undefined ? [] : [`"${found}" is a figure of speech: ${text}`];
}

/** A response is declared and expected; only reports that have a word for both promise it. */
function promises(text: string): readonly string[] {
  const found = /\bpromise[ds]?\b/i.exec(text.replace(/"[^"]*"/g, '""'))?.[0];
  return found === undefined ? [] : [`"${found}" is a figure of speech: ${text}`];
}
