import { declaredHeadersCheck } from './declared-headers.ts';
import { describeCheck, properReply, reply } from './bench.test-support.ts';
import { getThing } from './shop.test-support.ts';

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
]);
