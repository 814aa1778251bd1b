import { keyVariable } from '../../core/default-suite.ts';
import { HarnessError } from '../../core/errors.ts';

/**
 * The API key, if it is one. A missing one is `E_NO_KEY` for the command line and `E_KEY_MISSING` for a program: one
 * condition under two codes, which both are matched on. Throws `E_KEY_BROKEN` for a key that no header can carry.
 */
export function checkedKey(key: string, missing: 'E_NO_KEY' | 'E_KEY_MISSING' = 'E_KEY_MISSING'): string {
  if (key === '') {
    throw new HarnessError(missing, `A live target needs an API key, and ${keyVariable} is not set`, {
      hint: `Set it in the environment: export ${keyVariable}=…; it is never taken from the command line.`,
    });
  }
  if (!/^[\x21-\x7e]+$/.test(key)) {
    throw new HarnessError(
      'E_KEY_BROKEN',
      `${keyVariable} holds spaces, line breaks or other characters that no key has`,
      { hint: 'Set it again; a line break at its end is a usual cause.' },
    );
  }
  return key;
}
