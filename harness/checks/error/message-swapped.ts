import type { DeclaredResponse } from '../../model/document.ts';
import type { Check, Subject } from '../../model/target.ts';
import { errorWords } from '../reading/error-words.ts';
import { excerpt } from '../reading/excerpt.ts';
import { messageTemplatesOf } from '../reading/message-template.ts';

export const messageSwappedCheck: Check = {
  name: 'message-swapped',
  requirement: 'The message of an error is not the one that the document gives to another status.',
  severity: 'violation',
  remedy: 'Send the message that belongs to this status.',
  appliesTo: (subject) => ownWordings(subject).length > 0,
  *run(subject) {
    const words = errorWords(subject);
    if (words === undefined) return;
    const { message, where, status, response: own } = words;
    if (ownWordings(subject).some((wording) => wording.gapsIn(message) !== undefined)) return;
    const other = subject.case.operation.responses.find(
      (response) => response.key !== own.key && isWordedLike(response, message),
    );
    if (other === undefined) return;
    yield {
      message: `a ${status} has the message that the document gives to ${other.key}`,
      where,
      expected: `a message about: ${own.description}`,
      actual: excerpt(subject, message),
      at: other.at,
    };
  },
};

function ownWordings(subject: Subject): ReturnType<typeof messageTemplatesOf> {
  const words = errorWords(subject);
  return words === undefined ? [] : messageTemplatesOf(words.response, words.status);
}

function isWordedLike(response: DeclaredResponse, message: string): boolean {
  return messageTemplatesOf(response, Number(response.key)).some((wording) => wording.gapsIn(message) !== undefined);
}
