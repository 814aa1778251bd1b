import { describeCheck, reply } from '../../../testing/describe-check.ts';
import { getOther } from '../../../testing/documents/other-types.ts';
import { declaredHeadersCheck } from '../../head/declared-headers.ts';
import { schemaCheck } from '../../body/schema.ts';

const get = { operation: getOther, request: { method: 'GET', path: '/other/t-1' } };
const typed = (status: number, type: string | undefined, body: string): string =>
  reply(status, body, { 'Content-Type': type });

describeCheck(schemaCheck, [
  ['accepts JSON under a range', { ...get, promise: '200', answer: typed(200, 'application/json', '{"id":"a"}') }, []],
  [
    'judges JSON under a range of everything',
    { ...get, promise: '200', answer: typed(200, 'application/json', '{"id":7}') },
    ['violation in body /id: the body departs from its schema: /id is integer, not string'],
  ],
  [
    'judges JSON under a range of applications',
    { ...get, promise: '206', answer: typed(206, 'application/vnd.shop+json', '{}') },
    ['violation in body: the body departs from its schema: the value lacks the required property "id"'],
  ],
  [
    'judges JSON that no Content-Type names',
    { ...get, promise: '200', answer: typed(200, undefined, '{"id":7}') },
    ['violation in body /id: the body departs from its schema: /id is integer, not string'],
  ],
  ['does not apply to a page', { ...get, promise: '200', answer: typed(200, 'text/html', '<p>') }, 'does not apply'],
  [
    'leaves broken JSON under a range to the check of that',
    { ...get, promise: '206', answer: typed(206, 'application/json', '{'), also: ['json'] },
    'does not apply',
  ],
  [
    'leaves an empty body under a range to the check of that',
    { ...get, promise: '200', answer: typed(200, undefined, ''), also: ['json'] },
    'does not apply',
  ],
  ['accepts a number in plain text', { ...get, promise: '201', answer: typed(201, 'text/plain', ' 12\n') }, []],
  [
    'judges a number in plain text',
    { ...get, promise: '201', answer: typed(201, 'text/plain', '9') },
    ['violation in body: the body departs from its schema: the value must be >= 10'],
  ],
  [
    'judges text that should be a number',
    { ...get, promise: '201', answer: typed(201, 'text/plain', 'many') },
    ['violation in body: the body departs from its schema: the value is string, not integer'],
  ],
  ['accepts a listed word', { ...get, promise: '202', answer: typed(202, 'text/csv', 'yes please') }, []],
  [
    'judges a word that is not listed',
    { ...get, promise: '202', answer: typed(202, 'text/csv; charset=iso-8859-1', 'ja') },
    [
      'violation in body: the body departs from its schema: the value is "ja", which is not one of the values listed under enum',
    ],
  ],
  [
    'judges the number of bytes',
    { ...get, promise: '207', answer: typed(207, 'application/zip', 'P') },
    ['violation in body: the body departs from its schema: the value must NOT have fewer than 2 characters'],
  ],
  ['does not apply without a schema', { ...get, promise: '208', answer: typed(208, 'a/b', 'x') }, 'does not apply'],
]);

const number = (headers: Readonly<Record<string, string>>): string =>
  reply(201, '12', { 'Content-Type': 'text/plain', ...headers });

describeCheck(declaredHeadersCheck, [
  ['accepts what is declared by content', { ...get, promise: '201', answer: number({ 'X-Json': '{"page":1}' }) }, []],
  [
    'judges a header of JSON',
    { ...get, promise: '201', answer: number({ 'X-Json': '{"pages":"one"}' }) },
    ['violation in header x-json: header X-Json: the value lacks the required property "page"'],
  ],
  [
    'finds a header that is not JSON',
    { ...get, promise: '201', answer: number({ 'X-Json': 'page=1' }) },
    ['violation in header x-json: header X-Json: the value is not JSON, though application/json is declared'],
  ],
  [
    'judges a header of plain text',
    { ...get, promise: '201', answer: number({ 'X-Text': 'one' }) },
    ['violation in header x-text: header X-Text: the value is string, not integer'],
  ],
  ['reads an object out of a list', { ...get, promise: '201', answer: number({ 'X-Pair': 'a,1,b,x' }) }, []],
  ['reads an object out of pairs', { ...get, promise: '201', answer: number({ 'X-Pair': 'a=1,b=x=y' }) }, []],
  [
    'judges an object in a header',
    { ...get, promise: '201', answer: number({ 'X-Pair': 'b,1' }) },
    ['violation in header x-pair: header X-Pair: the value lacks the required property "a"'],
  ],
]);
