import { expect, it } from 'vitest';
import { growing, type Rate, reduced, requestsASecond } from './rate.ts';

const known = { now: 0, lastSecond: 50, average: 0, most: Infinity };

it('the first refusal leaves seven tenths of what was answered in the last second', () => {
  expect(reduced(undefined, known).perSecond).toBe(35);
});

it('where nothing is known, it begins low and grows with each answer', () => {
  const first = reduced(undefined, { ...known, lastSecond: 0 });
  expect(first.perSecond).toBe(5);
  expect(growing(first, { now: 0, most: Infinity }).perSecond).toBe(6);
});

it('each next refusal leaves less, but not less than half of what the server bore on the average', () => {
  const rate: Rate = { perSecond: 40 };
  expect(reduced(rate, known).perSecond).toBe(24);
  expect(reduced(rate, { ...known, average: 60 }).perSecond).toBe(30);
  expect(reduced({ perSecond: 0.1 }, known).perSecond).toBe(0.1);
});

it('then it grows back to what was too many, and later beyond', () => {
  const rate = reduced(undefined, known);
  const at = (now: number): number => Math.round(growing(rate, { now, most: Infinity }).perSecond);
  expect([0, 1000, 4000, 8000, 12_000].map(at)).toEqual([35, 44, 50, 65, 170]);
});

it('after each further refusal it takes twice as long to grow back, up to 32 s', () => {
  let rate = reduced(undefined, known);
  const isBack = (ms: number): boolean =>
    growing(rate, { now: ms, most: Infinity }).perSecond >= (rate.reduced?.from ?? Infinity);
  for (const ms of [4000, 8000, 16_000, 32_000, 32_000]) {
    expect([isBack(ms - 1), isBack(ms)]).toEqual([false, true]);
    rate = reduced(rate, known);
  }
});

it('is never more than --rate', () => {
  expect(reduced(undefined, { ...known, most: 10 }).perSecond).toBe(10);
  expect(growing({ perSecond: 9.5 }, { now: 0, most: 10 }).perSecond).toBe(10);
});

it.for([
  [35.7, '35 requests a second'],
  [1.4, '1 request a second'],
  [0.3, '1 request in 4 s'],
] as const)('%f is said as %s', ([rate, words]) => {
  expect(requestsASecond(rate)).toBe(words);
});
