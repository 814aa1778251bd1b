import { operationOf } from '../../testing/shop-suite.ts';
import { describeCheck, errorBody, properReply, reply, type Situation } from '../../testing/describe-check.ts';
import { messageSwappedCheck } from './message-swapped.ts';
import { getThing } from '../../testing/servers/shop-responses.ts';

const saying = (
  message: string,
  status = 404,
  code = 'NOT_FOUND',
): { readonly answer: string; readonly promise: string } => ({
  answer: reply(status, errorBody(status, code, message)),
  promise: String(status),
});

/** A document that words 401 in two ways, of which 404 has one too. */
function shared(message: string, status: number): Situation {
  const media = (...messages: readonly string[]) => ({
    schema: { type: 'object', properties: { error: { type: 'object', properties: { message: { type: 'string' } } } } },
    examples: Object.fromEntries(messages.map((each) => [each, { value: { error: { message: each } } }])),
  });
  const both = 'There is nothing here';
  const responses = {
    '401': { description: 'Unknown', content: { 'application/json': media(both, 'The key is unknown here') } },
    '404': { description: 'None', content: { 'application/json': media('Nothing has that name', both) } },
  };
  const answer = reply(status, JSON.stringify({ error: { message } }));
  return { answer, promise: String(status), operation: () => Promise.resolve(operationOf({ responses })) };
}

describeCheck(messageSwappedCheck, [
  ['accepts its own', { answer: properReply(404) }, []],
  ['accepts another wording', saying('Nothing by that name'), []],
  ['accepts what only begins with the same characters', saying('Invalid API key.foo is no backup'), []],
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
  ['accepts one that the document gives to both', shared('There is nothing here', 404), []],
  [
    'finds that of the other where they differ',
    shared('The key is unknown here', 404),
    ['violation in body /error/message: a 404 has the message that the document gives to 401'],
  ],
  [
    'does not apply where there is no message',
    { answer: reply(404, '{"status":404,"error":{"code":"NOT_FOUND"}}'), also: ['schema'] },
    'does not apply',
  ],
  [
    'does not apply where the document has no example',
    { answer: reply(503, errorBody(503, 'X', 'x')), promise: '503', operation: getThing, request: { method: 'GET' } },
    'does not apply',
  ],
]);
