import type { Json, JsonObject, OasDocument } from '../../model/document.ts';
import { declaresProperties } from './dialect/dialect.ts';
import { below, follow, type Followed, isObject, member } from '../document/pointer.ts';
import { matchPattern, whyNotRegExp } from './keywords/pattern.ts';
import { schemaIssues } from './schema.ts';

/**
 * The properties of a value that its schema does not name and yet allows, as JSON pointers. Objects that are free by
 * design (no `properties`, or a schema for further ones) have none; a forbidden property is a schema issue instead.
 */
export function undeclaredProperties(document: OasDocument, pointer: string, value: unknown): readonly string[] {
  return propertiesOf(document, pointer, value).undeclared;
}

/** The values that a schema declares as `writeOnly`, as JSON pointers: they should not be in a response. */
export function writeOnlyProperties(document: OasDocument, pointer: string, value: unknown): readonly string[] {
  return propertiesOf(document, pointer, value).writeOnly;
}

interface Found {
  readonly undeclared: string[];
  readonly writeOnly: string[];
}

function propertiesOf(document: OasDocument, pointer: string, value: unknown): Found {
  const found: Found = { undeclared: [], writeOnly: [] };
  collect(document, { pointers: [pointer], value, path: '' }, found);
  return found;
}

function collect(
  document: OasDocument,
  part: { readonly pointers: readonly string[]; readonly value: unknown; readonly path: string },
  found: Found,
): void {
  const { pointers, value, path } = part;
  const schemas = applicable(document, pointers, value);
  if (path !== '' && schemas.some(({ schema }) => schema['writeOnly'] === true)) found.writeOnly.push(path);
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      const inside = schemas.flatMap(({ pointer, schema }) => {
        const positional = member(schema['prefixItems'], String(index)) !== undefined;
        if (positional) return [below(pointer, 'prefixItems', String(index))];
        return isObject(schema['items']) ? [below(pointer, 'items')] : [];
      });
      if (inside.length > 0)
        collect(document, { pointers: inside, value: item, path: below(path, String(index)) }, found);
    }
  } else if (isObject(value)) {
    const closed = schemas.some(({ schema }) => declaresProperties(schema));
    for (const [name, item] of Object.entries(value)) {
      const inside = schemas.flatMap((schema) => schemasOf(schema, name));
      if (inside.length > 0) collect(document, { pointers: inside, value: item, path: below(path, name) }, found);
      else if (closed && !schemas.some(({ schema }) => forbidsOrMaps(schema))) found.undeclared.push(below(path, name));
    }
  }
}

interface Placed {
  readonly pointer: string;
  readonly schema: JsonObject;
}

function schemasOf({ pointer, schema }: Placed, name: string): readonly string[] {
  const patterns = isObject(schema['patternProperties']) ? Object.keys(schema['patternProperties']) : [];
  const named = member(schema['properties'], name) === undefined ? [] : [below(pointer, 'properties', name)];
  const matched = patterns.filter((pattern) => matchPattern(pattern, name) === 'match');
  const declared = [...named, ...matched.map((pattern) => below(pointer, 'patternProperties', pattern))];
  if (declared.length > 0) return declared;
  return isMap(schema['additionalProperties']) ? [below(pointer, 'additionalProperties')] : [];
}

/** `{}` says no more than `true`. */
function isMap(additional: Json | undefined): boolean {
  return isObject(additional) && Object.keys(additional).length > 0;
}

function forbidsOrMaps(schema: JsonObject): boolean {
  const patterns = isObject(schema['patternProperties']) ? Object.keys(schema['patternProperties']) : [];
  // Any name may be one that a pattern without a meaning was written for.
  if (patterns.some((pattern) => whyNotRegExp(pattern) !== undefined)) return true;
  return schema['additionalProperties'] === false || schema['unevaluatedProperties'] === false;
}

/** Every schema that applies to a value: through `$ref`, all of `allOf`, and the alternatives that the value fits. */
function applicable(document: OasDocument, pointers: readonly string[], value: unknown): readonly Placed[] {
  const open = [...pointers];
  const seen = new Set<string>();
  const schemas: Placed[] = [];
  for (let pointer = open.shift(); pointer !== undefined; pointer = open.shift()) {
    const target = reached(document, pointer);
    if (target === undefined || seen.has(target.pointer) || !isObject(target.value)) continue;
    seen.add(target.pointer);
    schemas.push({ pointer: target.pointer, schema: target.value });
    const at = target.pointer;
    open.push(...children(at, target.value, 'allOf'), ...(isObject(target.value['then']) ? [below(at, 'then')] : []));
    if (isObject(target.value['else'])) open.push(below(at, 'else'));
    for (const keyword of ['oneOf', 'anyOf']) {
      const all = children(at, target.value, keyword);
      const fitting = all.filter((branch) => schemaIssues(document, branch, value).length === 0);
      // Where none fits, the schema check says so; here any of them may have named the property.
      open.push(...(fitting.length > 0 ? fitting : all));
    }
  }
  return schemas;
}

const known = new WeakMap<OasDocument, Map<string, Followed | undefined>>();

/** Every body asks for the same few schemas. */
function reached(document: OasDocument, pointer: string): Followed | undefined {
  const targets = known.get(document) ?? new Map<string, Followed | undefined>();
  known.set(document, targets);
  if (!targets.has(pointer)) targets.set(pointer, follow(document.root, pointer));
  return targets.get(pointer);
}

function children(pointer: string, schema: JsonObject, keyword: string): readonly string[] {
  const list = schema[keyword];
  return Array.isArray(list) ? list.map((_, index) => below(pointer, keyword, String(index))) : [];
}
