import type { DeclaredResponse } from '../../model/document.ts';
import type { Check, Subject } from '../../model/target.ts';
import { matchedJson } from '../reading/declared-body.ts';
import { messageOf } from './error-message.ts';
import { excerpt } from '../reading/excerpt.ts';
import { messageTemplatesOf } from '../reading/message-template.ts';

export const messageSwappedCheck: Check = {
  name: 'message-swapped',
  requirement: 'The message of an error is not the one that the document gives to another status.',
  severity: 'violation',
  appliesTo: (subject) => ownWordings(subject).length > 0 && messageOf(subject) !== undefined,
  *run(subject) {
    const held = matchedJson(subject);
    const message = messageOf(subject);
    if (held === undefined || message === undefined) return;
    if (ownWordings(subject).some((wording) => wording.gapsIn(message) !== undefined)) return;
    const other = subject.case.operation.responses.find(
      (response) => response.key !== held.response.key && isWordedLike(response, message),
    );
    if (other === undefined) return;
    yield {
      message: `a ${held.status} has the message that the document gives to ${other.key}`,
      where: 'body /error/message',
      expected: `a message about: ${held.response.description}`,
      actual: excerpt(subject, message),
      at: other.at,
    };
  },
};

function ownWordings(subject: Subject): ReturnType<typeof messageTemplatesOf> {
  const held = matchedJson(subject);
  return held === undefined ? [] : messageTemplatesOf(held.response, held.status);
}

function isWordedLike(response: DeclaredResponse, message: string): boolean {
  return messageTemplatesOf(response, Number(response.key)).some((wording) => wording.gapsIn(message) !== undefined);
}
