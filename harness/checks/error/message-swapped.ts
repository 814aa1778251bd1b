import type { DeclaredResponse } from '../../model/document.ts';
import type { Check, Subject } from '../../model/target.ts';
import { heldJson } from '../reading/response.ts';
import { messageOf } from './error-message.ts';
import { show } from '../reading/excerpt.ts';
import { wordingsOf } from '../reading/message-template.ts';

export const messageSwappedCheck: Check = {
  name: 'message-swapped',
  requirement: 'The message of an error is not the one that the document gives to another status.',
  severity: 'violation',
  appliesTo: (subject) => ownWordings(subject).length > 0 && messageOf(subject) !== undefined,
  *run(subject) {
    const held = heldJson(subject);
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
      actual: show(subject, message),
      at: other.at,
    };
  },
};

function ownWordings(subject: Subject): ReturnType<typeof wordingsOf> {
  const held = heldJson(subject);
  return held === undefined ? [] : wordingsOf(held.response, held.status);
}

function isWordedLike(response: DeclaredResponse, message: string): boolean {
  return wordingsOf(response, Number(response.key)).some((wording) => wording.gapsIn(message) !== undefined);
}
