import { expect, it } from 'vitest';
import { explainedError, isErrorCode } from './explain-error.ts';

it('prints the section of a code alone', () => {
  const text = explainedError('E_FIXTURE_MISSING');
  expect(text).toMatch(/^E_FIXTURE_MISSING\n/);
  expect(text).toContain('Remedy: ');
  expect(text).not.toContain('E_FIXTURE_STALE');
  expect(text).not.toContain('##');
});

it('refuses a code that does not exist', () => {
  expect(() => explainedError('E_FIXTURE')).toThrow(expect.objectContaining({ code: 'E_CASE' }) as Error);
  const hint = 'Close to it: E_FIXTURE_STALE, E_FIXTURE_CASE.';
  expect(() => explainedError('E_FIXTURE_STALLE')).toThrow(expect.objectContaining({ hint }) as Error);
});

it.for([
  ['E_FILE', true],
  ['delete_backup/202/no-content', false],
] as const)('%s is an error code: %s', ([id, is]) => {
  expect(isErrorCode(id)).toBe(is);
});
