import { declaredHeadersCheck } from './declared-headers.ts';
import { describeCheck, properReply, reply, type Row } from '../../testing/describe-check.ts';
import { getThing } from '../../testing/servers/shop-responses.ts';

const thing = { operation: getThing, request: { method: 'GET', path: '/things/t-1' }, promise: '200' };
const withHeaders = (headers: Readonly<Record<string, string>>): string => reply(200, '{"name":"x"}', headers);

describeCheck(declaredHeadersCheck, [
  ['does not apply where none is declared', { answer: properReply(404, { 'X-Count': 'many' }) }, 'does not apply'],
  ['accepts the required one', { ...thing, answer: withHeaders({ 'x-COUNT': '3' }) }, []],
  [
    'accepts the optional ones',
    { ...thing, answer: withHeaders({ 'X-Count': '0', 'X-Mode': 'fast', 'X-Fresh': 'true', 'X-Tags': 'a, b' }) },
    [],
  ],
  [
    'finds the required one missing',
    { ...thing, answer: withHeaders({}) },
    ['violation in header x-count: the required header X-Count is missing'],
  ],
  [
    'finds a value of the wrong type',
    { ...thing, answer: withHeaders({ 'X-Count': 'many' }) },
    ['violation in header x-count: header X-Count: the value is string, not integer'],
  ],
  [
    'finds values that the schema does not allow',
    { ...thing, answer: withHeaders({ 'X-Count': '-1', 'X-Mode': 'idle', 'X-Fresh': 'yes', 'X-Tags': 'a,c' }) },
    [
      'violation in header x-count: header X-Count: the value must be >= 0',
      'violation in header x-mode: header X-Mode: the value is "idle", which is not one of the values listed under enum',
      'violation in header x-fresh: header X-Fresh: the value is string, not boolean',
      'violation in header x-tags: header X-Tags: /1 is "c", which is not one of the values listed under enum',
    ],
  ],
  ['reads numbers in every spelling', { ...thing, answer: withHeaders({ 'X-Count': '30', 'X-Rate': '-1.25e+1' }) }, []],
  [
    'reads a whole number as a number',
    { ...thing, answer: withHeaders({ 'X-Count': '30', 'X-Rate': '12E1' }) },
    ['violation in header x-rate: header X-Rate: the value must be <= 100'],
  ],
  [
    'reads a fraction whole',
    { ...thing, answer: withHeaders({ 'X-Count': '30', 'X-Rate': '100.25' }) },
    ['violation in header x-rate: header X-Rate: the value must be <= 100'],
  ],
  ...['1.', '.5', '1e', '+1', '0x10', '1 2', 'a1', '1a', '--1', '', '1.5.2'].map((text): Row => [
    `finds that ${JSON.stringify(text)} is no number`,
    { ...thing, answer: withHeaders({ 'X-Count': '1', 'X-Rate': text }) },
    ['violation in header x-rate: header X-Rate: the value is string, not number'],
  ]),
  ['reads false as a boolean', { ...thing, answer: withHeaders({ 'X-Count': '1', 'X-Fresh': 'false' }) }, []],
  [
    'reads no other letter case as a boolean',
    { ...thing, answer: withHeaders({ 'X-Count': '1', 'X-Fresh': 'True' }) },
    ['violation in header x-fresh: header X-Fresh: the value is string, not boolean'],
  ],
  ...['7', 'true', 'word'].map((text): Row => [
    `reads ${text} as whatever the schema allows`,
    { ...thing, answer: withHeaders({ 'X-Count': '1', 'X-Any': text }) },
    [],
  ]),
  [
    'finds what no reading allows',
    { ...thing, answer: withHeaders({ 'X-Count': '1', 'X-Any': 'other' }) },
    ['violation in header x-any: header X-Any: the value is "other", which is not one of the values listed under enum'],
  ],
  [
    'reads no object out of a name without a value',
    { ...thing, answer: withHeaders({ 'X-Count': '1', 'X-Maybe': 'a,b,c' }) },
    ['violation in header x-maybe: header X-Maybe: the value is string, not object'],
  ],
  ['accepts anything where no schema is', { ...thing, answer: withHeaders({ 'X-Count': '1', 'X-Free': 'a,b' }) }, []],
  [
    'reads a list over several lines',
    { ...thing, answer: reply(200, '{"name":"x"}', { 'X-Count': '1', 'X-Tags': ['a', 'b,a'] }) },
    [],
  ],
  [
    'finds a number that is said twice',
    { ...thing, answer: reply(200, '{"name":"x"}', { 'X-Count': ['1', '1'] }) },
    ['violation in header x-count: header X-Count: the value is string, not integer'],
  ],
  [
    'does not apply to an answer that broke off',
    { ...thing, answer: reply(200, '{', { 'Content-Length': '9' }), also: ['framing'] },
    'does not apply',
  ],
]);
