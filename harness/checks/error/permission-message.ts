import type { Check, Subject, Violation } from '../../model/target.ts';
import { errorWords, messageOfExample } from '../reading/error-words.ts';
import { excerpt } from '../reading/excerpt.ts';
import { idLike } from '../reading/message-template.ts';
import { askedIds } from '../reading/request-echoes.ts';
import { examplesFor } from '../reading/schema-properties.ts';

export const permissionMessageCheck: Check = {
  name: 'permission-message',
  requirement: 'The message of a 403 names the permission that is missing, as the example does, and nothing else.',
  severity: 'violation',
  remedy: 'Name the missing permission in the message, and no resource.',
  appliesTo: (subject) => permissionWords(subject) !== undefined,
  *run(subject) {
    const words = permissionWords(subject);
    if (words === undefined) return;
    const { message, where } = words;
    const found = alsoNamed(subject, message) ?? unnamedPermission(message);
    if (found !== undefined) yield { where, actual: excerpt(subject, message), ...found };
  },
};

/** Such as `control::backups::list`, `backups:delete` or `backups.delete`. */
const permission = /(?<![\w/.])[a-z][\w-]{1,40}(?:(?:::|:|\.)[a-z][\w-]{1,40}){1,5}(?![\w/])/i;

/** The message of a 403 whose examples in the document name a permission. */
function permissionWords(subject: Subject): ReturnType<typeof errorWords> {
  const words = errorWords(subject);
  if (words?.status !== 403) return undefined;
  const named = examplesFor(words.response, 403).some(({ value }) => permission.test(messageOfExample(value) ?? ''));
  return named ? words : undefined;
}

type Found = Pick<Violation, 'message' | 'expected' | 'severity'>;

function alsoNamed(subject: Subject, message: string): Found | undefined {
  const asked = askedIds(subject).map((id) => id.toLowerCase());
  const isAsked = (id: string): boolean => asked.some((each) => each.includes(id) || id.includes(each));
  const said = message.toLowerCase();
  const expected = 'the missing permission, and no resource';
  const other = Object.values(subject.values).find(
    (id) => id.length >= 6 && !isAsked(id.toLowerCase()) && said.includes(id.toLowerCase()),
  );
  if (other !== undefined) {
    return { message: `the message of a 403 names ${excerpt(subject, other)}, which was not asked for`, expected };
  }
  if (existence.test(message)) {
    return { message: 'the message of a 403 is about the resource, not about the permission alone', expected };
  }
  const id = (said.match(idLike) ?? []).find((each) => !isAsked(each));
  if (id === undefined) return undefined;
  return {
    message: `the message of a 403 names ${excerpt(subject, id)} beside the permission`,
    expected,
    severity: 'advice',
  };
}

/** What a message says of a resource that was looked up before the permission. */
const existence =
  /\b(?:does(?:n't| not) exist|not found|no such|already (?:deleted|exists)|but (?:it )?exists|belongs to|owned by|pending restore)\b/i;

function unnamedPermission(message: string): Found | undefined {
  if (permission.test(message)) return undefined;
  return {
    message: 'the message of a 403 names no permission, where the example in the document names one',
    expected: 'the name of the missing permission',
    severity: 'advice',
  };
}
