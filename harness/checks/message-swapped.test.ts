import { describeCheck, errorBody, properReply, reply } from './bench.test-support.ts';
import { messageSwappedCheck } from './message-swapped.ts';

const saying = (
  message: string,
  status = 404,
  code = 'NOT_FOUND',
): { readonly answer: string; readonly promise: string } => ({
  answer: reply(status, errorBody(status, code, message)),
  promise: String(status),
});

describeCheck(messageSwappedCheck, [
  ['accepts its own', { answer: properReply(404) }, []],
  ['accepts another wording', saying('Nothing by that name'), []],
  ['accepts what only begins alike', saying('Invalid API key.foo is no backup'), []],
  ['does not apply where no content is declared', { answer: reply(202), promise: '202' }, 'does not apply'],
  [
    'finds that of 401 on 404',
    saying('Invalid API key.'),
    ['violation in body /error/message: a 404 has the message that the document gives to 401'],
  ],
  [
    'finds it without its full stop, in other letter case',
    saying('invalid  API key'),
    ['violation in body /error/message: a 404 has the message that the document gives to 401'],
  ],
  [
    'finds that of 500 on 404',
    saying('Internal server error'),
    ['violation in body /error/message: a 404 has the message that the document gives to 500'],
  ],
  [
    'finds that of 404 on 412, with another id',
    saying('Backup b-1234567 not found.', 412, 'FAILED_PRECONDITION'),
    ['violation in body /error/message: a 412 has the message that the document gives to 404'],
  ],
  [
    'finds that of 412 on 404, with other jobs',
    saying("Unable to delete backup. There are pending restore jobs for this backup: ['b-1234567', 'r-7654321']"),
    ['violation in body /error/message: a 404 has the message that the document gives to 412'],
  ],
]);
