import { end, hang, reset } from '../../testing/servers/scripted-socket.ts';
import { describeCheck, properReply } from '../../testing/describe-check.ts';
import { transportCheck } from './transport.ts';

const begun = 'HTTP/1.1 404 Not Found\r\nContent-Length: 90\r\n\r\n{';

describeCheck(transportCheck, [
  ['does not apply to a whole answer', { answer: properReply(404) }, 'does not apply'],
  ['finds a reset', { answer: [reset] }, ['violation in wire: the server reset the connection without answering']],
  ['finds an end', { answer: [end] }, ['violation in wire: the server closed the connection without answering']],
  ['finds silence', { answer: [hang] }, ['violation in wire: no byte of an answer came within 300 ms']],
  [
    'finds a stop in the middle',
    { answer: [begun, hang] },
    ['violation in wire: the answer was not whole after 300 ms; 47 bytes had come'],
  ],
  ['leaves a length that lies to framing', { answer: [begun, end], also: ['framing'] }, 'does not apply'],
  ['leaves another protocol to framing', { answer: ['SSH-2.0-x\r\n', end], also: ['framing'] }, 'does not apply'],
]);
