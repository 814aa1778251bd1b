import type { DeclaredResponse } from '../../model/document.ts';
import type { Check, Subject } from '../../model/target.ts';
import { matchedJson } from '../reading/body/declared-body.ts';
import { messageOf } from './error-message.ts';
import { excerpt } from '../reading/excerpt.ts';
import { messageTemplatesOf } from '../reading/message-template.ts';

export const messageSwappedCheck: Check = {
  name: 'message-swapped',
  requirement: 'The message of an error is not the one that the document gives to another status.',
  severity: 'violation',
  remedy: 'Send the message that belongs to this status.',
  appliesTo: (subject) => ownWordings(subject).length > 0 && messageOf(subject) !== undefined,
  *run(subject) {
    const matched = matchedJson(subject);
    const message = messageOf(subject);
    if (matched === undefined || message === undefined) return;
    if (ownWordings(subject).some((wording) => wording.gapsIn(message) !== undefined)) return;
    const other = subject.case.operation.responses.find(
      (response) => response.key !== matched.response.key && isWordedLike(response, message),
    );
    if (other === undefined) return;
    yield {
      message: `a ${matched.status} has the message that the document gives to ${other.key}`,
      where: 'body /error/message',
      expected: `a message about: ${matched.response.description}`,
      actual: excerpt(subject, message),
      at: other.at,
    };
  },
};

function ownWordings(subject: Subject): ReturnType<typeof messageTemplatesOf> {
  const matched = matchedJson(subject);
  return matched === undefined ? [] : messageTemplatesOf(matched.response, matched.status);
}

function isWordedLike(response: DeclaredResponse, message: string): boolean {
  return messageTemplatesOf(response, Number(response.key)).some((wording) => wording.gapsIn(message) !== undefined);
}
