import { expect, it } from 'vitest';
import { operationOf } from '../../testing/shop-suite.ts';
import { messageTemplatesOf } from './message-template.ts';

/** How a 404 is worded whose example has this message. */
function wordingsFor(message: unknown): ReturnType<typeof messageTemplatesOf> {
  const examples = { one: { value: { error: { message } } } };
  const content = { 'application/json': { schema: { type: 'object' }, examples } };
  const [response] = operationOf({ responses: { '404': { description: 'None', content } } }).responses;
  return response === undefined ? [] : messageTemplatesOf(response, 404);
}

const missing = 'Backup bkp_123abc not found.';
const long = (length: number): string => `Backup ${'b'.repeat(length - 'Backup  not found.'.length)} not found.`;

it.for([
  [missing, 'Backup b-1 not found.', ['b-1']],
  [missing, ' backup  B-1\nNOT found ', ['B-1']],
  [missing, 'Backup b\n1 not found.', ['b\n1']],
  [missing, 'Backup found.', undefined],
  [missing, 'No Backup b-1 not found.', undefined],
  [missing, 'Backup b-1 not found. Try again', undefined],
  [missing, long(2000), ['b'.repeat(1982)]],
  [missing, long(2001), undefined],
  ["Wait for 'job_1234' and 'job_5678'", "Wait for 'a' and 'b'", ['a', 'b']],
  ['Invalid API key.', 'Invalid API key', []],
  ['Invalid API key.', 'Invalid API keys.', undefined],
  ['Internal  server\nerror', 'Internal server error', []],
  ['Internal server error', 'Internalservererror', undefined],
  ['See v.1 (now) [or] a+b?', 'See v.1 (now) [or] a+b?', []],
  ['See v.1 (now) [or] a+b?', 'See v1 (now) [or] a+b?', undefined],
  ['See v.1 (now) [or] a+b?', 'See v.1 now [or] a+b?', undefined],
] as const)('where the example says %j, %j has the gaps %j', ([example, message, gaps]) => {
  expect(wordingsFor(example).map((wording) => wording.gapsIn(message))).toEqual([gaps]);
});

it.for([
  [missing, [true]],
  ['Invalid API key.', [false]],
  ['bkp_123abc is gone.', [true]],
  ['bkp_123abc was.', []],
  [4, []],
  [undefined, []],
] as const)('the example %j is a wording with a gap: %j', ([example, want]) => {
  expect(wordingsFor(example).map(({ hasGap }) => hasGap)).toEqual(want);
});

it.for([
  [missing, 'Backup not found.', true],
  [missing, 'backup [] NOT  found', true],
  [missing, 'Backup b not found', false],
  [missing, 'Backup found not', false],
  ['Invalid API key.', 'Invalid API key.', false],
] as const)('where the example says %j, %j leaves its gaps: %j', ([example, message, leaves]) => {
  expect(wordingsFor(example).map((wording) => wording.leavesGaps(message))).toEqual([leaves]);
});
