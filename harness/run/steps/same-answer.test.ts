import { expect, it } from 'vitest';
import type { Send } from '../../model/case.ts';
import { differsFrom } from './same-answer.ts';
import { answer, caseNamed } from '../../testing/verdicts.ts';

const one = caseNamed('/auth/before-existence');
const step = one.steps.find((each): each is Send => each.kind === 'send' && each.sameAnswerAs !== undefined);

const difference = (first: string, second: string): string | undefined => {
  if (step === undefined) throw new Error('no step of the case has sameAnswerAs');
  const seen = [
    { step: 'an existing id', exchange: answer(401, first) },
    { step: step.name, exchange: answer(401, second) },
  ];
  return differsFrom(one, step, { item_id: 'item-one', unknown_id: 'another' }, seen)?.message;
};

it.for([
  ['the same words', 'no key', 'no key'],
  ['words that name what was asked for', 'no key for item-one', 'no key for another'],
  ['numbers of requests', 'no key, request 8f14e45f-ceea', 'no key, request 17'],
  ['another white space', 'no  key\n', 'no key '],
] as const)('%s are the same answer', ([, first, second]) => {
  expect(difference(first, second)).toBeUndefined();
});

it('other words are not', () => {
  expect(difference('this is not yours', 'no key')).toBe(
    '"an unknown id" has a different answer than "an existing id", so the two can be distinguished',
  );
});

it('without an answer there is nothing to compare', () => {
  expect(step === undefined ? 'no step' : differsFrom(one, step, {}, [])).toBeUndefined();
});
