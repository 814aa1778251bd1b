import { describeCheck, reply } from '../../testing/describe-check.ts';
import { getOther } from '../../testing/documents/other-types.ts';
import { notJudgedCheck } from '../body/not-judged.ts';
import { problemDetailsCheck } from './problem-details.ts';

const get = { operation: getOther, request: { method: 'GET', path: '/other/t-1' }, promise: '409' };
const problem = (body: object, type = 'application/problem+json'): string =>
  reply(409, JSON.stringify(body), { 'Content-Type': type });

describeCheck(problemDetailsCheck, [
  ['accepts a problem', { ...get, answer: problem({ type: 'about:blank', title: 'Conflict', status: 409 }) }, []],
  ['accepts a relative type', { ...get, answer: problem({ type: '../p#a%20b', title: 'Out of stock' }) }, []],
  [
    'advises a title',
    { ...get, answer: problem({ status: 409 }) },
    ['advice in body /title: the title of the problem is missing'],
  ],
  [
    'finds what is no text and no reference',
    { ...get, answer: problem({ type: 'two words', title: 5, instance: '1a:b', status: 40 }), also: ['body-status'] },
    [
      'violation in body /type: the type of the problem is no URI reference',
      'violation in body /title: the title of the problem is no text',
      'violation in body /instance: the instance of the problem is no URI reference',
      'violation in body /status: the status of the problem is no status code of HTTP',
    ],
  ],
  [
    'knows the words of a status',
    { ...get, answer: problem({ title: 'The item is sold.', detail: 'Conflict' }) },
    ['violation in body /title: the title and the detail of the problem are swapped'],
  ],
  [
    'does not apply to other JSON',
    { ...get, answer: problem({ type: 'two words' }, 'application/json') },
    'does not apply',
  ],
  [
    'does not apply to XML',
    { ...get, answer: reply(409, '<problem/>', { 'Content-Type': 'application/problem+xml' }) },
    'does not apply',
  ],
]);

describeCheck(notJudgedCheck, [
  [
    'says that problem details in XML are not read',
    { ...get, answer: reply(409, '<problem/>', { 'Content-Type': 'application/problem+xml' }) },
    ['advice in body: body not judged: problem details in XML are not read; those in JSON are (RFC 9457)'],
  ],
]);
