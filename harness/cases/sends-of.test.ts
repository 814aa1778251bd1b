import { expect, it } from 'vitest';
import { caseNamed } from '../testing/verdicts.ts';
import { sendsOf } from './sends-of.ts';

it.for([
  ['/202/no-content', ['remove_item']],
  ['/identity/generated', ['a generated id']],
  ['/two-deletes-together', ['one delete', 'the other delete']],
] as const)('the requests of %s', ([id, want]) => {
  const [step] = caseNamed(id).steps;
  expect(step === undefined ? [] : sendsOf(step).map(({ name }) => name)).toEqual(want);
});
