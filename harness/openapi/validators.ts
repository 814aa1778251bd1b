import { createRequire } from 'node:module';
import type { ErrorObject } from 'ajv';
import { generatedFile } from '../core/package-files.ts';

/** The formats whose validators are compiled at build time; .ci/generate.mjs names the schema of each. */
export type ValidatorName =
  | 'config'
  | 'suite'
  | 'states'
  | 'waivers'
  | 'versions'
  | 'fixture'
  | 'run'
  | 'sdk'
  | 'sdk-waivers'
  | 'driver-request'
  | 'driver-result'
  | 'driver-describe'
  | 'openapi-3.0'
  | 'openapi-3.1'
  | 'openapi-3.2';

type Validator = ((value: unknown) => boolean) & { readonly errors?: readonly ErrorObject[] | null };

const load = createRequire(import.meta.url);

/** Everything in which a value departs from a format; empty for a valid one. */
export function validationErrors(name: ValidatorName, value: unknown): readonly ErrorObject[] {
  const validate = load(generatedFile(`${name}.cjs`)) as Validator;
  return validate(value) ? [] : (validate.errors ?? []);
}
