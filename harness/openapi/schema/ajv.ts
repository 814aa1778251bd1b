import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { type Violation, violationsOf } from './violation.ts';

/** Schemas of JSON Schema 2020-12 that refer to each other by id. */
export interface SchemaSet {
  add(id: string, schema: object): void;
  /** Makes ready what `violations` would make ready when it is first asked. */
  compile(id: string): void;
  violations(id: string, value: unknown): readonly Violation[];
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
    code: { regExp: Object.assign(regExp, { code: 'new RegExp' }) },
  });
  formats.default(ajv);
  // Pinecone's published documents list closed sets of strings under `x-enum` as well as under `enum`.
  ajv.addKeyword({
    keyword: 'x-enum',
    validate: (allowed: unknown, value: unknown) => !Array.isArray(allowed) || allowed.includes(value),
    errors: false,
  });
  return {
    add: (id, schema) => {
      ajv.addSchema(schema, id);
    },
    compile: (id) => void ajv.getSchema(id),
    violations: (id, value) => {
      const validate = ajv.getSchema(id);
      if (validate === undefined) throw new TypeError(`no schema ${id} was added`);
      return validate(value) === true ? [] : violationsOf(validate.errors ?? []);
    },
  };
}

/** Many documents have patterns that are regular expressions only without the `u` flag. */
export function regExp(pattern: string, flags = 'u'): RegExp {
  try {
    return new RegExp(pattern, flags);
  } catch {
    return new RegExp(pattern);
  }
}
