import { all, errors } from './faults/row.ts';
import type { Variation } from './variation.ts';

const document = 'with-problems';
const bodies = { status: errors };

/** Problem details that other servers send, and that RFC 9457 allows. */
export const problemVariations: readonly Variation[] = [
  {
    name: 'problem/as-it-is',
    says: 'The mock of a document with problem details',
    document,
    on: { status: all },
    tamper: [],
  },
  {
    name: 'problem/blank-type',
    says: 'A problem of no type has the words of its status as its title (RFC 9457 §4.2.1)',
    document,
    on: { status: [404] },
    tamper: [
      { do: 'json', at: '/type', to: 'about:blank' },
      { do: 'json', at: '/title', to: 'Not Found' },
    ],
  },
  {
    name: 'problem/relative-type',
    says: 'Type and instance are relative references, and there are members of its own (RFC 9457 §3.1.1, §3.2)',
    document,
    on: bodies,
    tamper: [
      { do: 'json', at: '/type', to: '/problems/own%20one?v=1#here' },
      { do: 'json', at: '/instance', to: 'urn:uuid:670e8400-e29b-41d4-a716-446655440000' },
      { do: 'json', at: '/balance', to: 30 },
    ],
  },
  {
    name: 'problem/without-optional-members',
    says: 'A problem has neither type, status, detail nor code',
    document,
    on: bodies,
    tamper: [
      { do: 'without', at: '/type' },
      { do: 'without', at: '/status' },
      { do: 'without', at: '/detail' },
      { do: 'without', at: '/code' },
    ],
  },
];

/** Sequences as other servers write them. */
export const itemVariations: readonly Variation[] = [
  {
    name: 'items/lines',
    says: 'Lines end in CRLF, some are empty, and the last has no end',
    document: 'with-items',
    on: { status: [412] },
    tamper: { do: 'body', text: '{"job":"a","done":0}\r\n\r\n{"done":1,"job":"b","more":[]}' },
  },
  {
    name: 'items/events',
    says: 'Events have comments, ids and data of several lines, and the stream ends with a word (HTML standard §9.2)',
    document: 'with-items',
    on: { status: [500] },
    tamper: {
      do: 'body',
      text: ': hello\r\nid: 1\r\nretry: 10\r\ndata: {"job":"a",\r\ndata: "done":0}\r\n\r\ndata: [DONE]\r\n\r\n',
    },
  },
];
