import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ExactNumbers } from './keywords/exact.ts';
import { useExactKeywords } from './keywords/exact-keywords.ts';
import { regExpOf } from './keywords/pattern.ts';
import { type Violation, violationsOf } from './violations/violation.ts';

/** Schemas of JSON Schema 2020-12 that refer to each other by id. */
export interface SchemaSet {
  add(id: string, schema: object): void;
  /** Makes ready what `violations` would make ready when it is first asked. */
  compile(id: string): void;
  violations(id: string, value: unknown, numbers: ExactNumbers): readonly Violation[];
}

export function schemaSet(): SchemaSet {
  const ajv = new Ajv2020({
    allErrors: true,
    // The schema that an error comes from is needed by identity, to find its line in the document.
    verbose: true,
    strict: false,
    logger: false,
    meta: false,
    validateSchema: false,
    addUsedSchema: false,
    // Numbers beyond the range of a double are numbers; what they are is judged by their digits.
    strictNumbers: false,
    passContext: true,
    // Only `patternProperties` asks for it; `pattern` is one of the exact keywords.
    code: { regExp: Object.assign(regExpOf, { code: 'regExpOf' }) },
  });
  // Pinecone's published documents list closed sets of strings under `x-enum` as well as under `enum`.
  useExactKeywords(ajv);
  const validators = new Map<string, ReturnType<typeof ajv.getSchema>>();
  const validatorOf = (id: string): ReturnType<typeof ajv.getSchema> => {
    const validate = validators.get(id) ?? ajv.getSchema(id);
    validators.set(id, validate);
    return validate;
  };
  return {
    add: (id, schema) => {
      ajv.addSchema(schema, id);
    },
    compile: (id) => void validatorOf(id),
    violations: (id, value, numbers) => {
      const validate = validatorOf(id);
      if (validate === undefined) throw new TypeError(`no schema ${id} was added`);
      if (validate.call(numbers, value)) return [];
      return violationsOf(validate.errors ?? []).map((violation) => {
        const written = typeof violation.value === 'number' ? numbers.digits.get(violation.path) : undefined;
        return written === undefined ? violation : { ...violation, written };
      });
    },
  };
}
