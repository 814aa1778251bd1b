import { expect, it } from 'vitest';
import { answer } from '../testing/verdicts.ts';
import { isRefusal, retryAfterMs } from './refusal.ts';

function responseWith(status: number, value?: string): Parameters<typeof isRefusal>[0] {
  const { response } = answer(status, '', value === undefined ? [] : [['Retry-After', value]]);
  if (response === undefined) throw new Error('no response');
  return response;
}

it.for([
  ['0', 0],
  ['120', 120_000],
  [' 7 ', 7000],
  ['Sun, 06 Nov 1994 08:49:40 GMT', 3000],
  ['Sun, 06 Nov 1994 08:49:00 GMT', 0],
  ['soon', undefined],
  ['-1', undefined],
  ['1.5', undefined],
] as const)('Retry-After: %s is %s ms', ([value, ms]) => {
  expect(retryAfterMs(responseWith(429, value), Date.UTC(1994, 10, 6, 8, 49, 37))).toBe(ms);
});

it.for([
  [429, undefined, true],
  [429, 'nonsense', true],
  [503, '1', true],
  [503, undefined, false],
  [500, '1', false],
  [202, '1', false],
] as const)('%i with Retry-After %s asks to be asked later: %s', ([status, value, wanted]) => {
  expect(isRefusal(responseWith(status, value))).toBe(wanted);
});
