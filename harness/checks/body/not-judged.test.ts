import { describeCheck, reply } from '../../testing/describe-check.ts';
import { getOther } from '../../testing/documents/other-types.ts';
import { notJudgedCheck } from './not-judged.ts';

const get = { operation: getOther, request: { method: 'GET', path: '/other/t-1' } };
const typed = (status: number, type: string, body: string, headers = {}): string =>
  reply(status, body, { 'Content-Type': type, ...headers });

describeCheck(notJudgedCheck, [
  ['has nothing to say of JSON', { ...get, promise: '200', answer: typed(200, 'application/json', '{"id":"a"}') }, []],
  ['has nothing to say of a body without a schema', { ...get, promise: '208', answer: typed(208, 'a/b', 'x') }, []],
  ['has nothing to say of plain text', { ...get, promise: '201', answer: typed(201, 'text/plain', '12') }, []],
  ['has nothing to say of bytes', { ...get, promise: '207', answer: typed(207, 'application/zip', 'PK') }, []],
  [
    'says that XML is not judged',
    { ...get, promise: '203', answer: typed(203, 'application/xml', '<a/>') },
    [
      'advice in body: body not judged: application/xml cannot be read as object: schemas are applied to JSON and to plain text only',
    ],
  ],
  [
    'says that a page under a range is not judged',
    { ...get, promise: '200', answer: typed(200, 'text/html', '<p>') },
    [
      'advice in body: body not judged: text/html cannot be read as object: schemas are applied to JSON and to plain text only',
    ],
  ],
  [
    'says that a body without a type is not judged',
    { ...get, promise: '200', answer: reply(200, '<p>', { 'Content-Type': undefined }) },
    ['advice in body: body not judged: the body has no Content-Type and is not JSON'],
  ],
  [
    'names keywords that are not applied, through references',
    { ...get, promise: '205', answer: typed(205, 'application/json', '{"id":"abcdefgh"}') },
    ['advice in body: body judged without maxLenght: this keyword of its schema is not applied'],
  ],
  [
    'names headers that are not judged',
    {
      ...get,
      promise: '201',
      answer: typed(201, 'text/plain', '12', { 'X-Xml': '<a/>', 'X-Text': '7', 'X-Json': '{"page":1}' }),
    },
    [
      'advice in header x-xml: header X-Xml not judged: it is declared as application/xml, and schemas are applied to JSON and to plain text only',
    ],
  ],
  [
    'does not apply to a status that is not declared',
    { ...get, promise: '200', answer: reply(404), also: ['status'] },
    'does not apply',
  ],
]);
