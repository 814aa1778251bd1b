import { bodyStatusCheck } from './body-status.ts';
import { describeCheck, errorBody, properReply, reply } from './bench.test-support.ts';
import { getThing } from './shop.test-support.ts';

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
]);
