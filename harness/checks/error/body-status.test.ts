import { bodyStatusCheck } from './body-status.ts';
import { describeCheck, errorBody, properReply, reply } from '../../testing/describe-check.ts';
import { getThing } from '../../testing/servers/shop-responses.ts';

const thing = { operation: getThing, request: { method: 'GET', path: '/things/t-1' } };

describeCheck(bodyStatusCheck, [
  ['accepts the same', { answer: properReply(412), promise: '412' }, []],
  [
    'finds another',
    { answer: reply(404, errorBody(500, 'NOT_FOUND', 'x')) },
    ['violation in body /status: the body says status 500 in an answer of status 404'],
  ],
  [
    'leaves a status of text to the schema',
    { answer: reply(404, errorBody(404, 'NOT_FOUND', 'x').replace('404', '"500"')), also: ['schema'] },
    [],
  ],
  ['does not apply where no content is declared', { answer: reply(202), promise: '202' }, 'does not apply'],
  [
    'does not apply to success',
    { ...thing, promise: '200', answer: reply(200, '{"name":"x","status":"ready"}', { 'X-Count': '1' }) },
    'does not apply',
  ],
  [
    'looks through allOf, and at ranges',
    { ...thing, promise: '4XX', answer: reply(418, errorBody(500, 'X', 'x')) },
    ['violation in body /status: the body says status 500 in an answer of status 418'],
  ],
  [
    'looks past the example that schemas share',
    { ...thing, promise: '503', answer: reply(503, errorBody(500, 'X', 'x')) },
    ['violation in body /status: the body says status 500 in an answer of status 503'],
  ],
  [
    'does not apply where the examples have another status on purpose',
    { ...thing, promise: '409', answer: reply(409, errorBody(12, 'TAKEN', 'Somebody else has it')) },
    'does not apply',
  ],
  [
    'does not apply where the schema has no status',
    {
      ...thing,
      promise: '410',
      answer: reply(410, '{"status":1}', { 'Content-Type': 'application/vnd.shop+json;v=2' }),
    },
    'does not apply',
  ],
  [
    'applies from 400 on',
    { ...thing, promise: '4XX', answer: reply(400, errorBody(404, 'X', 'x')) },
    ['violation in body /status: the body says status 404 in an answer of status 400'],
  ],
]);
