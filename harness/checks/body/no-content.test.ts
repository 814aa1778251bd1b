import { describeCheck, proper, properReply, reply } from '../../testing/describe-check.ts';
import { noContentCheck } from './no-content.ts';

const accepted = 'HTTP/1.1 202 Accepted\r\n';

describeCheck(noContentCheck, [
  ['accepts a length of 0', { answer: reply(202), promise: '202' }, []],
  ['accepts no chunks', { answer: `${accepted}Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n`, promise: '202' }, []],
  ['accepts an end without length', { answer: [`${accepted}\r\n`, { close: 'end' }], promise: '202' }, []],
  ['does not apply where content is declared', { answer: properReply(404) }, 'does not apply'],
  [
    'does not apply to an answer of another status',
    { answer: properReply(500), promise: '202', also: ['status'] },
    'does not apply',
  ],
  [
    'finds a body',
    { answer: reply(202, '{"ok":true}'), promise: '202' },
    ['violation in body: a 202 is declared without content, yet 11 bytes of body came'],
  ],
  [
    'finds a body of null',
    { answer: reply(202, 'null'), promise: '202' },
    ['violation in body: a 202 is declared without content, yet 4 bytes of body came'],
  ],
  [
    'finds white space',
    { answer: reply(202, '\n', { 'Content-Type': undefined }), promise: '202' },
    ['violation in body: a 202 is declared without content, yet 1 bytes of body came'],
  ],
  [
    'finds a body in chunks',
    { answer: `${accepted}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n`, promise: '202' },
    ['violation in body: a 202 is declared without content, yet 2 bytes of body came'],
  ],
  [
    'finds a label of nothing',
    { answer: reply(202, '', { 'Content-Type': 'application/json' }), promise: '202' },
    ['violation in header content-type: a 202 is declared without content, yet a Content-Type announces one'],
  ],
  [
    'says nothing of what an error must say',
    { answer: reply(202, proper(404)), promise: '202' },
    [`violation in body: a 202 is declared without content, yet ${proper(404).length} bytes of body came`],
  ],
]);
