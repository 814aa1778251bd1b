import { describeCheck, reply } from '../../testing/describe-check.ts';
import { getOther } from '../../testing/documents/other-types.ts';
import { writeOnlyCheck } from './write-only.ts';

const get = { operation: getOther, request: { method: 'GET', path: '/other/t-1' }, promise: '200' };

describeCheck(writeOnlyCheck, [
  ['accepts a body without', { ...get, answer: reply(200, '{"id":"a"}') }, []],
  [
    'finds a property that is only to be written',
    { ...get, answer: reply(200, '{"id":"a","pin":"1234"}') },
    ['advice in body /pin: the response has /pin, which the document declares as writeOnly'],
  ],
  [
    'does not apply to plain text',
    { ...get, promise: '201', answer: reply(201, '12', { 'Content-Type': 'text/plain' }) },
    'does not apply',
  ],
]);
