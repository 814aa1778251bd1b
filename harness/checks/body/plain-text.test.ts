import { describeCheck, errorBody, properReply, reply, type Situation } from '../../testing/describe-check.ts';
import { deleteBackupOf } from '../../testing/documents/version-documents.ts';
import { plainTextCheck } from './plain-text.ts';

const saying = (body: string, type = 'text/plain', also?: readonly string[]): Situation => ({
  answer: reply(401, body, { 'Content-Type': type }),
  promise: '401',
  operation: () => deleteBackupOf('2026-07'),
  ...(also === undefined ? {} : { also }),
});
const json = errorBody(401, 'UNAUTHENTICATED', 'Invalid API key');

describeCheck(plainTextCheck, [
  ['accepts the text', saying('Invalid API key'), []],
  ['accepts another text, with a charset', saying('The key is wrong.', 'text/plain; charset=utf-8'), []],
  ['accepts quotes inside of a text', saying('"Api-Key" is missing'), []],
  ['finds a text in quotes', saying('"Invalid API key"'), ['violation in body: the text is in the quotes of JSON']],
  ['finds JSON', saying(json), ['violation in body: the body is JSON, where plain text is declared']],
  ['does not apply to JSON that says so', saying(json, 'application/json', ['media-type']), 'does not apply'],
  ['does not apply where JSON is declared', { answer: properReply(404) }, 'does not apply'],
]);
