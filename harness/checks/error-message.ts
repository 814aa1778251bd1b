import type { Check, Subject } from '../model.ts';
import { heldJson } from './answer.ts';
import { declaresProperty, valueIn } from './shape.ts';
import { show } from './show.ts';

const path = ['error', 'message'];

export const errorMessageCheck: Check = {
  name: 'error-message',
  requirement: 'The message of an error says something.',
  severity: 'violation',
  appliesTo: (subject) => messageOf(subject) !== undefined,
  *run(subject) {
    const message = messageOf(subject);
    const held = heldJson(subject);
    if (message === undefined || held === undefined || /[\p{L}\p{N}]/u.test(message)) return;
    yield {
      message: message.trim() === '' ? 'the error message is empty' : 'the error message has no word in it',
      where: 'body /error/message',
      expected: 'a message for people',
      actual: show(subject, JSON.stringify(message)),
      at: held.media.at,
    };
  },
};

/** The error message of the body, where the declared schema has one. */
export function messageOf(subject: Subject): string | undefined {
  const held = heldJson(subject);
  if (held?.schema === undefined) return undefined;
  const message = valueIn(held.value, path);
  const declared = declaresProperty(subject.case.operation.document, held.schema, path);
  return declared && typeof message === 'string' ? message : undefined;
}
