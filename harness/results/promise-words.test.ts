import { expect, it } from 'vitest';
import type { Expectation } from '../model/case.ts';
import { operationOf, removeItem } from '../testing/shop-suite.ts';
import { caseNamed } from '../testing/verdicts.ts';
import { promiseInWords, stateInWords } from './promise-words.ts';

const [accepted, unauthorized, missing] = operationOf(removeItem).responses;
if (accepted === undefined || unauthorized === undefined || missing === undefined) throw new Error('no responses');
const [media] = missing.media;
if (media === undefined) throw new Error('no media');
const [example] = media.examples;
if (example === undefined) throw new Error('no example');

it.for([
  ['202, no content', { kind: 'declared', response: accepted }],
  ['404, application/json', { kind: 'declared', response: missing, media }],
  ['404, application/json, such as no-such-item', { kind: 'declared', response: missing, media, example }],
  ['202 or 404', { kind: 'one-of', responses: [accepted, missing] }],
  ['404, or another refusal', { kind: 'one-of-or-4xx', responses: [missing] }],
  ['neither success nor server fault', { kind: 'rejected' }],
  ['no server fault', { kind: 'not-5xx' }],
] as const satisfies readonly (readonly [string, Expectation])[])('a promise in words: %s', ([words, promised]) => {
  expect(promiseInWords(promised)).toBe(words);
});

it.for([
  ['/202/no-content', 'an item'],
  ['/401/application-json/no-such-item', 'no such item, key wrong'],
  ['/auth/wrong-key', 'no such item'],
  ['/effect/goes', 'an item'],
  ['/auth/key-not-remembered', 'an item, no such item'],
] as const)('the state of %s in words: %s', ([end, words]) => {
  expect(stateInWords(caseNamed(end))).toBe(words);
});
