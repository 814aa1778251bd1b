import type { Check, Violation, Subject } from '../../model/target.ts';
import { askedIds } from '../reading/request-echoes.ts';
import { errorWords } from '../reading/error-words.ts';
import { excerpt } from '../reading/excerpt.ts';
import { idLike, messageTemplatesOf } from '../reading/message-template.ts';

export const messageSubjectCheck: Check = {
  name: 'message-subject',
  requirement:
    'A message is about what was asked for: a 404 names no other id, and messages name what the examples name.',
  severity: 'violation',
  remedy: 'Name in the message what the request asked for.',
  appliesTo: (subject) => gapWordings(subject).length > 0,
  *run(subject) {
    const words = errorWords(subject);
    if (words === undefined || !/[\p{L}\p{N}]/u.test(words.message)) return;
    const { message, where, status } = words;
    const finding = status === 404 ? aboutAsked(subject, message) : aboutAnything(subject, message);
    if (finding === undefined) return;
    yield { where, actual: excerpt(subject, message), ...finding };
  },
};

type About = Pick<Violation, 'message' | 'expected' | 'severity'>;

function aboutAsked(subject: Subject, message: string): About | undefined {
  const asked = askedIds(subject).map((id) => id.toLowerCase());
  // Ids that are no plain words of letters and digits are cut, escaped and quoted in too many legal ways.
  const [plain] = asked;
  if (plain === undefined || !/^[\w-]{3,}$/.test(plain)) return undefined;
  const expected = `the id ${excerpt(subject, plain)}, or none`;
  const named = namedInGaps(subject, message);
  const other = named.find((id) => !isFormOf(id, asked)) ?? namedOfState(subject, message, asked);
  if (other !== undefined) {
    return { message: `the message names ${excerpt(subject, other)}, which was not asked for`, expected };
  }
  if (named.length > 0 || asked.some((id) => message.toLowerCase().includes(id))) return undefined;
  return { message: 'the message does not name the id that was asked for', expected, severity: 'advice' };
}

/** What stands in the place of the id, where the message is worded like the document's example. */
function namedInGaps(subject: Subject, message: string): readonly string[] {
  const gaps = gapWordings(subject).flatMap((wording) => wording.gapsIn(message) ?? []);
  return gaps
    .map((gap) => gap.replace(/^["'`<([]+|["'`>)\].…]+$/g, ''))
    .filter((gap) => /^(?=.*\d)[\w-]{3,}$/.test(gap));
}

/** The value of another state of this case: the id of a resource that the request did not name. */
function namedOfState({ values }: Subject, message: string, asked: readonly string[]): string | undefined {
  const said = asked.reduce((text, id) => text.replaceAll(id, ''), message.toLowerCase());
  return Object.values(values).find(
    (value) => value.length >= 6 && !isFormOf(value, asked) && said.includes(value.toLowerCase()),
  );
}

function isFormOf(text: string, asked: readonly string[]): boolean {
  const lower = text.toLowerCase();
  return asked.some((id) => id.includes(lower) || lower.includes(id));
}

function aboutAnything(subject: Subject, message: string): About | undefined {
  if (message.search(idLike) >= 0) return undefined;
  const expected = 'an id, as in the example';
  if (gapWordings(subject).some((wording) => wording.leavesGaps(message))) {
    return { message: 'the message is worded like the example in the document and leaves out the id', expected };
  }
  const text = 'the message names nothing, where the example in the document names an id';
  return { message: text, expected, severity: 'advice' };
}

function gapWordings(subject: Subject): ReturnType<typeof messageTemplatesOf> {
  const words = errorWords(subject);
  return words === undefined ? [] : messageTemplatesOf(words.response, words.status).filter(({ hasGap }) => hasGap);
}
