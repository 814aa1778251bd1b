import { forbiddenKeyVariable, keyVariable } from '../../core/default-suite.ts';
import { HarnessError } from '../../core/errors.ts';
import { isWeakSecret } from '../../wire/secrets/secret-forms.ts';
import { notify } from './output.ts';

/** The key that is known and lacks the permission, where the environment has one; it must be another than `key`. */
export function forbiddenKeyGiven(key: string, environment: NodeJS.ProcessEnv = process.env): string | undefined {
  const given = environment[forbiddenKeyVariable] ?? '';
  if (given === '') return undefined;
  if (given === key) {
    throw new HarnessError('E_CREDENTIAL', `${forbiddenKeyVariable} is the same key as ${keyVariable}`, {
      hint: 'Set it to a key of the same project that lacks the permission for the operation, or unset it.',
    });
  }
  if (/^[\x21-\x7e]+$/.test(given)) return given;
  throw new HarnessError(
    'E_CREDENTIAL',
    `${forbiddenKeyVariable} holds spaces, line breaks or characters that are not ASCII`,
    { hint: 'Set it again; a line break at its end is a usual cause.' },
  );
}

export function warnOfWeakSecret(variable: string, value: string): void {
  if (!isWeakSecret(value)) return;
  notify(
    `warning: ${variable} is so short or so common a word that it cannot be looked for inside other text: it is ` +
      'masked only where it is a whole value, and no response is judged for holding it. Use a test key of 8 ' +
      'characters or more, with digits.',
  );
}
