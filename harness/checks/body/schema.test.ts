import { describeCheck, errorBody, proper, properReply, reply } from '../../testing/describe-check.ts';
import { schemaCheck } from './schema.ts';

const json = (value: unknown): { readonly answer: string } => ({ answer: reply(404, JSON.stringify(value)) });
const error = { code: 'NOT_FOUND', message: 'No such backup' };

describeCheck(schemaCheck, [
  ['accepts what fits', { answer: properReply(404) }, []],
  [
    'accepts properties in another order, and details',
    json({ status: 404, error: { details: { a: [1] }, ...error } }),
    [],
  ],
  ['accepts properties that are not named', json({ status: 404, error, trace: 'x' }), []],
  ['accepts 404.0, which is an integer', { answer: reply(404, proper(404).replace('404', '404.0')) }, []],
  ['does not apply to what is no JSON', { answer: reply(404, '{'), also: ['json'] }, 'does not apply'],
  ['does not apply to an answer of another status', { answer: properReply(500), also: ['status'] }, 'does not apply'],
  [
    'finds error missing',
    json({ status: 404 }),
    ['violation in body: the body departs from its schema: the value lacks the required property "error"'],
  ],
  [
    'finds status missing',
    json({ error }),
    ['violation in body: the body departs from its schema: the value lacks the required property "status"'],
  ],
  [
    'finds code missing',
    json({ status: 404, error: { message: 'x' } }),
    ['violation in body /error: the body departs from its schema: /error lacks the required property "code"'],
  ],
  [
    'finds message missing',
    json({ status: 404, error: { code: 'NOT_FOUND' } }),
    ['violation in body /error: the body departs from its schema: /error lacks the required property "message"'],
  ],
  [
    'finds a status of text',
    json({ status: '404', error }),
    ['violation in body /status: the body departs from its schema: /status is string, not integer'],
  ],
  [
    'finds a message of null',
    json({ status: 404, error: { ...error, message: null } }),
    ['violation in body /error/message: the body departs from its schema: /error/message is null, not string'],
  ],
  [
    'finds details of text',
    json({ status: 404, error: { ...error, details: 'x' } }),
    ['violation in body /error/details: the body departs from its schema: /error/details is string, not object'],
  ],
  [
    'finds a code that is on no list, once',
    { answer: reply(404, errorBody(404, 'NO_SUCH_BACKUP', 'x')) },
    [
      'violation in body /error/code: the body departs from its schema: /error/code is "NO_SUCH_BACKUP", which is not one of the values listed under enum',
    ],
  ],
  [
    'finds a list',
    json([{ status: 404, error }]),
    ['violation in body: the body departs from its schema: the value is array, not object'],
  ],
  ['finds null', json(null), ['violation in body: the body departs from its schema: the value is null, not object']],
  [
    'finds a flat error',
    json({ message: 'x' }),
    [
      'violation in body: the body departs from its schema: the value lacks the required property "status"',
      'violation in body: the body departs from its schema: the value lacks the required property "error"',
    ],
  ],
]);
