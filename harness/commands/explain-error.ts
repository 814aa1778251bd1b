import { readFileSync } from 'node:fs';
import { HarnessError } from '../core/errors.ts';
import { packageFile } from '../core/package-files.ts';
import { closestTo } from '../openapi/closest.ts';

/** Whether `explain` was asked about an error code rather than a case. */
export function isErrorCode(id: string): boolean {
  return id.startsWith('E_');
}

/** Every error code, with the sentence that says what it means. */
export function errorCodes(): readonly { readonly value: string; readonly about: string }[] {
  return sections().flatMap((section) => {
    const [, value, about] = /^(E_\w+)\n\n(.*)/.exec(section) ?? [];
    return value === undefined ? [] : [{ value, about: about ?? '' }];
  });
}

/** The section of docs/errors.md about an error code, as text. */
export function explainedError(code: string): string {
  const found = sections().find((section) => section.startsWith(`${code}\n`));
  if (found === undefined) {
    const near = closestTo(
      code,
      errorCodes().map(({ value }) => value),
    );
    throw new HarnessError('E_CASE', `there is no error code ${code}`, {
      hint: near.length === 0 ? 'All codes are listed in docs/errors.md.' : `Close to it: ${near.join(', ')}.`,
    });
  }
  return found.trim();
}

function sections(): readonly string[] {
  return readFileSync(packageFile('docs', 'errors.md'), 'utf8').split(/^#{2,3} /m);
}
