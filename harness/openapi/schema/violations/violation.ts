import type { ErrorObject } from 'ajv';
import { isObject } from '../../document/pointer.ts';

/** One keyword that a value breaks. */
export interface Violation {
  /** The JSON pointer of the value within what was validated. */
  readonly path: string;
  readonly keyword: string;
  /** The keyword's value, and the schema object it is written in. */
  readonly schema: unknown;
  readonly parent: unknown;
  readonly value: unknown;
  /** The digits of a number that a double does not hold exactly. */
  readonly written?: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly message: string;
}

/** The errors of a validator that ran with `verbose`. `if` only repeats what its branch says. */
export function violationsOf(errors: readonly ErrorObject[]): readonly Violation[] {
  return errors.filter(({ keyword }) => keyword !== 'if').map(violationOf);
}

function violationOf(error: ErrorObject): Violation {
  return {
    path: error.instancePath,
    keyword: error.keyword,
    schema: error.schema,
    parent: error.parentSchema,
    value: error.data,
    params: isObject(error.params) ? error.params : {},
    message: error.message ?? `breaks ${error.keyword}`,
  };
}
