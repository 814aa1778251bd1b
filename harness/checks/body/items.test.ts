import { hang } from '../../testing/servers/scripted-socket.ts';
import { describeCheck, reply } from '../../testing/describe-check.ts';
import { getOther } from '../../testing/documents/other-types.ts';
import { itemsCheck } from './items.ts';

const get = { operation: getOther, request: { method: 'GET', path: '/other/t-1' } };
const sent = (status: number, type: string, body: string) => ({
  ...get,
  promise: String(status),
  answer: reply(status, body, { 'Content-Type': type }),
});
const streamHead = 'HTTP/1.1 222 Status\r\nContent-Type: text/event-stream\r\n\r\n';
const lines = (...items: readonly string[]) => sent(220, 'application/x-ndjson', items.join('\n'));
const events = (...texts: readonly string[]) => sent(222, 'text/event-stream', texts.join(''));
const plain = (...texts: readonly string[]) => sent(223, 'text/event-stream; charset=utf-8', texts.join(''));

describeCheck(itemsCheck, [
  ['accepts lines, the last without an end', lines('{"id":"a"}', '', '{"id":"b"}\r', '{"id":"c"}'), []],
  ['accepts no lines at all', sent(220, 'application/x-ndjson', '\n'), []],
  [
    'judges each line',
    lines('{"id":"a"}', '{"id":5}', '{"name":"c"}'),
    [
      'violation in body /1/id: item 2 departs from its schema: /id is integer, not string',
      'violation in body /2: item 3 departs from its schema: the value lacks the required property "id"',
    ],
  ],
  ['finds a line that breaks off', lines('{"id":"a"}', '{"id":'), ['violation in body /1: item 2 is no JSON document']],
  ['accepts lines where the schema is that of a list', sent(221, 'application/jsonl', '{"id":"a"}\n{"id":"b"}\n'), []],
  [
    'judges lines by the items of a list',
    sent(221, 'application/jsonl', '{"id":"a"}\n{"id":null}\n'),
    ['violation in body /1/id: item 2 departs from its schema: /id is null, not string'],
  ],
  [
    'accepts events in every legal spelling',
    events(
      '\ufeff: comment\nid: 1\ndata: {"id":\ndata:"a"}\n\n',
      'retry: 5\r\ndata:{"id":"b"}\r\n\r\n',
      'data: [DONE]\n\n',
      ': what is no event may end anywhere\nid: 7',
    ),
    [],
  ],
  ['accepts a last word without an end', events('data: {"id":"a"}\n\n', 'data: [DONE]\n'), []],
  [
    'finds an event without the empty line after it',
    events('data: {"id":"a"}\n\n', 'data: {"id":"b"}\n'),
    ['violation in body /1: the stream ends within event 2, so that clients leave it out'],
  ],
  [
    'finds what is no event stream',
    events('{"id":"a"}\n'),
    [
      'violation in body: the body is no event stream: no line of it is a comment or one of the fields data, event, id and retry',
    ],
  ],
  ['judges retry with the event that it stands in', plain('retry: 5\n\n', 'event: added\ndata: x\n\n'), []],
  [
    'judges the whole items of a stream that does not end',
    { ...events(), answer: [`${streamHead}data: {"id":"a"}\n\ndata: {"id":7}\n\ndata: {"id`, hang] },
    ['violation in body /1/id: item 2 departs from its schema: /id is integer, not string'],
  ],
  [
    'accepts a stream that does not end, whatever it has begun',
    {
      ...lines(),
      answer: [
        `${streamHead.replace('222', '220').replace('text/event-stream', 'application/x-ndjson')}{"id":"a"}\n{"id`,
        hang,
      ],
    },
    [],
  ],
  [
    'says nothing of a stream that does not end as one text',
    { ...sent(224, '', ''), answer: [`${streamHead.replace('222', '224')}data: x\n\n`, hang] },
    'does not apply',
  ],

  [
    'judges the data of each event',
    events('data: {"id":"a"}\n\n', 'event: x\ndata: {"id":7}\n\n', 'data: gone\n\n'),
    [
      'violation in body /1/id: item 2 departs from its schema: /id is integer, not string',
      'violation in body /2: item 3 has data that is no JSON document',
    ],
  ],
  ['accepts events that are declared with their fields', plain('event: added\ndata: x\n\n'), []],
  [
    'judges the fields of events',
    plain('event: added\ndata: x\n\n', 'event: lost\ndata: y\n\n', 'data: z\n\n'),
    [
      'violation in body /1/event: item 2 departs from its schema: /event is "lost", which is not one of the values listed under enum',
      'violation in body /2: item 3 departs from its schema: the value lacks the required property "event"',
    ],
  ],
  ['does not apply where all events are one text', sent(224, 'text/event-stream', 'data: x\n\n'), 'does not apply'],
  ['accepts a sequence of JSON texts', sent(225, 'application/json-seq', '\u001e{"id":"a"}\n\u001e{"id":"b"}\n'), []],
  [
    'judges each JSON text',
    sent(225, 'application/json-seq', '\u001e{"id":"a"}\n\u001e[]\n'),
    ['violation in body /1: item 2 departs from its schema: the value is array, not object'],
  ],
  [
    'shows twenty findings',
    lines(...Array<string>(30).fill('5')),
    Array.from(
      { length: 20 },
      (_, at) => `violation in body /${at}: item ${at + 1} departs from its schema: the value is integer, not object`,
    ),
  ],
]);
