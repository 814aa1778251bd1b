import { describeCheck, errorBody, properReply, reply, type Row } from '../../testing/describe-check.ts';
import { errorCodeCheck } from './error-code.ts';
import { getThing } from '../../testing/servers/shop-responses.ts';

const thing = { operation: getThing, request: { method: 'GET', path: '/things/t-1' } };

describeCheck(errorCodeCheck, [
  ['accepts the code of 401', { answer: properReply(401), promise: '401' }, []],
  ['accepts the code of 412', { answer: properReply(412), promise: '412' }, []],
  ['accepts the code of 500', { answer: properReply(500), promise: '500' }, []],
  ['does not apply where no content is declared', { answer: reply(202), promise: '202' }, 'does not apply'],
  [
    'does not apply where the document has no example for the status',
    { ...thing, promise: '4XX', answer: reply(418, errorBody(418, 'X', 'x')) },
    'does not apply',
  ],
  [
    'does not take the example that schemas share',
    { ...thing, promise: '503', answer: reply(503, errorBody(503, 'X', 'x')) },
    'does not apply',
  ],
  [
    'finds a listed code of another status',
    { answer: reply(404, errorBody(404, 'FAILED_PRECONDITION', 'x')) },
    [
      'violation in body /error/code: the error code of a 404 is FAILED_PRECONDITION, which the document gives to 412, not NOT_FOUND',
    ],
  ],
  [
    'advises against a listed code that no example has',
    { answer: reply(500, errorBody(500, 'INTERNAL', 'x')), promise: '500' },
    [
      'advice in body /error/code: the error code of a 500 is INTERNAL, which no example in the document has; the examples for it have UNKNOWN',
    ],
  ],
  ['finds a code in other letter case', { answer: reply(404, errorBody(404, 'not_found', 'x')), also: ['schema'] }, []],
  [
    'accepts the codes of several examples',
    { ...thing, promise: '404', answer: reply(404, errorBody(404, 'NEVER', 'x')) },
    [],
  ],
  [
    'finds what is in none of them',
    { ...thing, promise: '404', answer: reply(404, errorBody(404, 'X', 'x')) },
    [
      'advice in body /error/code: the error code of a 404 is X, which no example in the document has; the examples for it have GONE or NEVER',
    ],
  ],
  [
    'takes the example of a range that names the status',
    { ...thing, promise: '4XX', answer: reply(429, errorBody(429, 'X', 'x')) },
    [
      'advice in body /error/code: the error code of a 429 is X, which no example in the document has; the examples for it have SLOW',
    ],
  ],
  [
    'speaks although the body departs from its schema elsewhere',
    {
      answer: reply(404, '{"status":404,"error":{"code":"FAILED_PRECONDITION","message":4}}'),
      also: ['schema'],
    },
    [
      'violation in body /error/code: the error code of a 404 is FAILED_PRECONDITION, which the document gives to 412, not NOT_FOUND',
    ],
  ],
  ...[7, 99, 600].map((status): Row => [
    `knows the code of an example whose status is ${status}, a code of its own`,
    { ...thing, promise: '409', answer: reply(409, errorBody(status, `HELD_${status}`, 'Somebody holds it')) },
    [],
  ]),
  [
    'does not know that of an example of another status',
    { ...thing, promise: '409', answer: reply(409, errorBody(7, 'GONE_599', 'Somebody holds it')) },
    [
      'violation in body /error/code: the error code of a 409 is GONE_599, which the document gives to 599, not TAKEN or HELD_7 or HELD_99 or HELD_600',
    ],
  ],
]);
