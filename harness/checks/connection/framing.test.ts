import { end } from '../../testing/servers/scripted-socket.ts';
import { describeCheck, properReply, reply } from '../../testing/describe-check.ts';
import { framingCheck } from './framing.ts';

const body = properReply(404).split('\r\n\r\n')[1] ?? '';
const typed = 'HTTP/1.1 404 Not Found\r\nContent-Type: application/json\r\n';

describeCheck(framingCheck, [
  ['does not apply to one response and nothing else', { answer: properReply(404) }, 'does not apply'],
  [
    'does not apply to chunks',
    { answer: `${typed}Transfer-Encoding: chunked\r\n\r\n${body.length.toString(16)}\r\n${body}\r\n0\r\n\r\n` },
    'does not apply',
  ],
  [
    'finds bytes after the response',
    { answer: `${properReply(404)}{}` },
    ['violation in wire: the response is whole, yet 2 more bytes follow on the same connection'],
  ],
  [
    'finds a body on a response of length 0',
    { answer: `${reply(202, '')}{"ok":true}`, promise: '202' },
    ['violation in wire: the response is whole, yet 11 more bytes follow on the same connection'],
  ],
  [
    'finds a body that is shorter than its length',
    { answer: [properReply(404, { 'Content-Length': '500' }), end] },
    [`violation in wire: Content-Length announces 500 bytes, and ${body.length} came before the connection closed`],
  ],
  [
    'finds missing chunks',
    { answer: [`${typed}Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n`, end] },
    ['violation in wire: the chunked body breaks off before its last chunk'],
  ],
  [
    'finds length and chunks together',
    { answer: `${typed}Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n` },
    ['violation in wire: Content-Length and Transfer-Encoding are given together, so the end of the body is ambiguous'],
  ],
  [
    'finds two lengths',
    { answer: `${typed}Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}` },
    ['violation in wire: Content-Length is given 2 times: 2, 3'],
  ],
  [
    'finds a bad header line',
    { answer: `${typed}X : y\r\nContent-Length: 2\r\n\r\n{}` },
    ['violation in wire: the header line "X : y" has a space before the colon'],
  ],
  [
    'finds a bad status line',
    { answer: ['HTP/1.1 404 Not Found\r\n\r\n', end] },
    ['violation in wire: the answer begins with "HTP/1.1 404 Not Found", which is no status line of HTTP/1'],
  ],
  [
    'finds a body after HEAD',
    { answer: properReply(404), request: { method: 'HEAD' }, promise: 'not-5xx' },
    [`violation in wire: an answer to HEAD must have no body, yet ${body.length} bytes follow its head`],
  ],
  [
    'only mentions a body that ends with the connection',
    { answer: [`HTTP/1.0 404 Not Found\r\nContent-Type: application/json\r\n\r\n${body}`, end] },
    ['advice in wire: neither a length nor chunks mark where the body ends, only the closed connection does'],
  ],
]);
