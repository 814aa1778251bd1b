import { expect, test } from 'vitest';
import { HarnessError } from '../../core/errors.ts';
import { forbiddenKeyGiven } from './keys.ts';

test('the second key is taken from its variable', () => {
  expect(forbiddenKeyGiven('pcsk_one', { PINECONE_API_KEY_FORBIDDEN: 'pcsk_two' })).toBe('pcsk_two');
  expect(forbiddenKeyGiven('pcsk_one', {})).toBeUndefined();
  expect(forbiddenKeyGiven('pcsk_one', { PINECONE_API_KEY_FORBIDDEN: '' })).toBeUndefined();
});

test.for([
  ['pcsk_one', 'PINECONE_API_KEY_FORBIDDEN is the same key as PINECONE_API_KEY'],
  ['pcsk_two\n', 'PINECONE_API_KEY_FORBIDDEN holds spaces, line breaks or characters that are not ASCII'],
] as const)('%j is refused', ([PINECONE_API_KEY_FORBIDDEN, message]) => {
  let thrown: unknown;
  try {
    forbiddenKeyGiven('pcsk_one', { PINECONE_API_KEY_FORBIDDEN });
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(HarnessError);
  expect(thrown).toMatchObject({ code: 'E_CREDENTIAL', exit: 2, message });
});
