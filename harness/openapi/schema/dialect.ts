import type { Json, JsonObject } from '../../model/document.ts';
import { isAnnotation, isPlain, wrongValue } from './keywords.ts';
import { below, isObject, member } from '../document/pointer.ts';

/** How the schemas of one document become JSON Schema 2020-12. */
export interface SchemaDialect {
  readonly openapi: string;
  /** The id under which the schema that a `$ref` points to will be known. */
  idOf(ref: string): string;
  /** The schema at a pointer with all `$ref`s followed, to look at its `writeOnly`. */
  lookUp(pointer: string): Json | undefined;
  /** Called where a keyword has a value that it cannot have. */
  refuse(pointer: string, why: string): never;
  /** Called with each schema object made, and the pointer it was made from. */
  made(schema: object, pointer: string): void;
  /** Called with the pointer of each keyword that may constrain a value and is not taken over. */
  notApplied(pointer: string, keyword: string): void;
}

const ofSchemas = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const ofNames = new Set(['properties', 'patternProperties', 'dependentSchemas']);
const single = new Set(
  'items additionalProperties not if then else contains propertyNames unevaluatedItems unevaluatedProperties'.split(
    ' ',
  ),
);
/**
 * Translates one schema of OpenAPI 3.0 (a relative of JSON Schema draft 4) or 3.1 (2020-12). Only keywords that
 * constrain a value are taken over: an `id` in an example or a vendor's keyword can do no harm.
 */
export function translate(schema: Json | undefined, pointer: string, dialect: SchemaDialect): object {
  if (!isObject(schema)) return schema === false ? { not: {} } : {};
  const old = dialect.openapi.startsWith('3.0');
  const made: Record<string, unknown> = {};
  dialect.made(made, pointer);
  const ref = schema['$ref'];
  if (typeof ref === 'string') made['$ref'] = dialect.idOf(ref);
  // In OpenAPI 3.0 what stands beside a `$ref` does not count; in 3.1 it does.
  if (typeof ref !== 'string' || !old) {
    for (const [key, value] of Object.entries(schema)) {
      const inside = below(pointer, key);
      const why = wrongValue(key, value);
      if (why !== undefined) dialect.refuse(inside, why);
      if (isPlain(key)) made[key] = value;
      else if (single.has(key) && !Array.isArray(value)) made[key] = sub(value, inside, dialect);
      else if (ofSchemas.has(key) && Array.isArray(value)) {
        made[key] = value.map((item: Json, index) => sub(item, below(inside, String(index)), dialect));
      } else if (ofNames.has(key) && isObject(value)) {
        made[key] = Object.fromEntries(
          Object.entries(value).map(([name, item]) => [name, sub(item, below(inside, name), dialect)]),
        );
      } else if (!isAnnotation(key)) dialect.notApplied(inside, key);
    }
    if (old) translateBounds(made);
    dropWriteOnly(made, pointer, dialect);
  }
  return old && schema['nullable'] === true ? orNull(made, pointer, dialect) : made;
}

function sub(schema: Json, pointer: string, dialect: SchemaDialect): object | boolean {
  return typeof schema === 'boolean' ? schema : translate(schema, pointer, dialect);
}

/** In OpenAPI 3.0 `exclusiveMinimum: true` makes `minimum` exclusive. */
function translateBounds(made: Record<string, unknown>): void {
  for (const [bound, exclusive] of [
    ['minimum', 'exclusiveMinimum'],
    ['maximum', 'exclusiveMaximum'],
  ] as const) {
    if (typeof made[exclusive] !== 'boolean') continue;
    if (made[exclusive] && made[bound] !== undefined) {
      made[exclusive] = made[bound];
      Reflect.deleteProperty(made, bound);
    } else Reflect.deleteProperty(made, exclusive);
  }
}

/** What is `writeOnly` is not sent in a response, even where it is required in a request. */
function dropWriteOnly(made: Record<string, unknown>, pointer: string, dialect: SchemaDialect): void {
  const { required } = made;
  if (!Array.isArray(required)) return;
  made['required'] = required.filter(
    (name: unknown) =>
      typeof name !== 'string' || member(dialect.lookUp(below(pointer, 'properties', name)), 'writeOnly') !== true,
  );
}

/**
 * `nullable: true` lets null pass whatever else the schema says. Read strictly, 3.0.3 refuses null where an `enum` does
 * not list it or an `allOf` does not allow it; authors who write both mean that null is allowed.
 */
function orNull(made: Record<string, unknown>, pointer: string, dialect: SchemaDialect): object {
  const wrapper = { if: { not: { type: 'null' } }, then: made };
  dialect.made(wrapper, pointer);
  return wrapper;
}

/** Whether a schema says which properties there are. */
export function declaresProperties(schema: JsonObject): boolean {
  return isObject(schema['properties']) || isObject(schema['patternProperties']);
}
