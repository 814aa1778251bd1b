import type { Json, JsonObject } from '../../../model/document.ts';
import { wholeNumber } from '../keywords/exact-keywords.ts';
import { isAnnotation, isPlain, wrongValue } from './known-keywords.ts';
import { below, isObject } from '../../document/pointer.ts';
import { applyDiscriminator } from './discriminator.ts';
import { whyNotRegExp } from '../keywords/pattern.ts';
import { type Direction, type Names, noNames, omittedNames, union } from './omitted-names.ts';

/** How the schemas of one document become JSON Schema 2020-12. */
export interface SchemaDialect {
  readonly openapi: string;
  readonly direction: Direction;
  /** The id under which the schema that a `$ref` points to will be known. `omitted`: what need not be there. */
  idOf(ref: string, omitted: Names): string;
  /** The document, to look at what stands beside a schema and behind its references. */
  readonly root: JsonObject;
  /** Called where a keyword has a value that it cannot have. */
  refuse(pointer: string, why: string): never;
  /** Called with each schema object made, and the pointer it was made from. */
  made(schema: object, pointer: string): void;
  /** Called with the pointer of each keyword that may constrain a value and is not taken over. */
  notApplied(pointer: string, keyword: string, why?: string): void;
  /** Called with the pointer of each `pattern` that is taken over. */
  patternAt(pointer: string, pattern: string): void;
}

const ofSchemas = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems']);
const ofNames = new Set(['properties', 'patternProperties', 'dependentSchemas']);
const ofSameValue = new Set(['allOf', 'anyOf', 'oneOf', 'then', 'else', 'dependentSchemas']);
const single = new Set(
  'items additionalProperties not if then else contains propertyNames unevaluatedItems unevaluatedProperties'.split(
    ' ',
  ),
);
/**
 * Translates one schema of OpenAPI 3.0 (a relative of JSON Schema draft 4) or 3.1 (2020-12). Only keywords that
 * constrain a value are taken over: an `id` in an example or a vendor's keyword can do no harm. `outer`: the names that
 * a request or response leaves out by a schema which applies to the same value.
 */
export function translate(
  schema: Json | undefined,
  pointer: string,
  dialect: SchemaDialect,
  outer: Names = noNames,
): object {
  if (!isObject(schema)) return schema === false ? { not: {} } : {};
  const old = dialect.openapi.startsWith('3.0');
  const made: Record<string, unknown> = {};
  dialect.made(made, pointer);
  const omitted = union(outer, omittedNames(dialect.root, pointer, dialect.direction));
  const ref = schema['$ref'];
  if (typeof ref === 'string') made['$ref'] = dialect.idOf(ref, omitted);
  // In OpenAPI 3.0 what stands beside a `$ref` does not count; in 3.1 it does.
  if (typeof ref !== 'string' || !old) {
    takeKeywords(schema, pointer, { made, dialect, omitted });
    if (old) translateBounds(made);
    if (wantsWholeNumbers(made['type'])) made[wholeNumber] = true;
    dropOmitted(made, omitted);
    applyDiscriminator(made, schema, { pointer, made: (part, at) => dialect.made(part, at) });
  }
  return old && schema['nullable'] === true ? orNull(made, pointer, dialect) : made;
}

interface Into {
  readonly made: Record<string, unknown>;
  readonly dialect: SchemaDialect;
  readonly omitted: Names;
}

function takeKeywords(schema: JsonObject, pointer: string, into: Into): void {
  const { made, dialect, omitted } = into;
  for (const [key, value] of Object.entries(schema)) {
    const inside = below(pointer, key);
    // What applies to the same value knows the same names; what applies to a part of it does not.
    const sub = (item: Json, at: string): object | boolean =>
      typeof item === 'boolean' ? item : translate(item, at, dialect, ofSameValue.has(key) ? omitted : noNames);
    const why = wrongValue(key, value);
    if (why !== undefined) dialect.refuse(inside, why);
    if (key === 'pattern' && typeof value === 'string') takePattern(value, inside, into);
    else if (isPlain(key)) made[key] = value;
    else if (single.has(key) && !Array.isArray(value)) made[key] = sub(value, inside);
    else if (ofSchemas.has(key) && Array.isArray(value)) {
      made[key] = value.map((item: Json, index) => sub(item, below(inside, String(index))));
    } else if (ofNames.has(key) && isObject(value)) {
      made[key] = Object.fromEntries(
        Object.entries(value)
          .filter(([name]) => key !== 'patternProperties' || !isForeign(name, below(inside, name), into))
          .map(([name, item]) => [name, sub(item, below(inside, name))]),
      );
    } else if (!isAnnotation(key)) dialect.notApplied(inside, key);
  }
  openWhereNamesAreUnknown(schema, pointer, into);
}

function takePattern(pattern: string, pointer: string, { made, dialect }: Into): void {
  const why = whyNotRegExp(pattern);
  if (why !== undefined) {
    dialect.notApplied(pointer, 'pattern', why);
    return;
  }
  made['pattern'] = pattern;
  dialect.patternAt(pointer, pattern);
}

/** Whether a key of `patternProperties` is no regular expression; it is then reported as not applied. */
function isForeign(pattern: string, pointer: string, { dialect }: Into): boolean {
  const why = whyNotRegExp(pattern);
  if (why !== undefined) dialect.notApplied(pointer, 'patternProperties', why);
  return why !== undefined;
}

/** Where a pattern for names has no meaning, any further property may be one that it was written for. */
function openWhereNamesAreUnknown(schema: JsonObject, pointer: string, { made, dialect }: Into): void {
  const { patternProperties } = schema;
  if (!isObject(patternProperties)) return;
  const why = Object.keys(patternProperties).map(whyNotRegExp).find(Boolean);
  if (why === undefined) return;
  for (const keyword of ['additionalProperties', 'unevaluatedProperties']) {
    if (made[keyword] === undefined || made[keyword] === true) continue;
    Reflect.deleteProperty(made, keyword);
    dialect.notApplied(below(pointer, keyword), keyword, why);
  }
}

function wantsWholeNumbers(type: unknown): boolean {
  const types: readonly unknown[] = Array.isArray(type) ? type : [type];
  return types.includes('integer') && !types.includes('number');
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

/** What is `writeOnly` is not sent in a response, nor what is `readOnly` in a request, even where it is required. */
function dropOmitted(made: Record<string, unknown>, omitted: Names): void {
  const { required } = made;
  if (!Array.isArray(required)) return;
  made['required'] = required.filter((name: unknown) => typeof name !== 'string' || !omitted.has(name));
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
