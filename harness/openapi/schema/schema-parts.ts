import { memoizeIn } from '../../core/memoize.ts';
import type { Json, OasDocument } from '../../model/document.ts';
import { below, follow, isObject, member, valueAt } from '../document/pointer.ts';

/** The pointers of all schemas that apply to the same value as the one at `pointer`: references and branches. */
const schemasAt = memoizeIn((document: OasDocument, pointer): readonly string[] => {
  const found = new Set<string>();
  const open = [pointer];
  for (let next = open.shift(); next !== undefined; next = open.shift()) {
    // What stands beside a reference counts too, in OpenAPI 3.1.
    const direct = valueAt(document.root, next);
    const followed = follow(document.root, next);
    if (followed === undefined) continue;
    if (isObject(direct) && followed.pointer !== next && '$ref' in direct) found.add(next);
    if (found.has(followed.pointer)) continue;
    found.add(followed.pointer);
    for (const keyword of ['allOf', 'oneOf', 'anyOf']) {
      const branches = member(followed.value, keyword);
      if (Array.isArray(branches)) open.push(...branches.map((_, at) => below(followed.pointer, keyword, String(at))));
    }
  }
  return [...found];
});

/** Where the schema at a pointer is, once references are followed. */
export const placeOfSchema = memoizeIn(({ root }: OasDocument, pointer) => follow(root, pointer)?.pointer);

/** The properties that a schema declares, each with the pointer of its schema. */
export const propertiesAt = memoizeIn((document: OasDocument, pointer): ReadonlyMap<string, string> => {
  const found = new Map<string, string>();
  for (const each of schemasAt(document, pointer)) {
    const properties = member(valueAt(document.root, each), 'properties');
    for (const name of isObject(properties) ? Object.keys(properties) : []) {
      if (!found.has(name)) found.set(name, below(each, 'properties', name));
    }
  }
  return found;
});

/** The pointer of the schema of the items of an array. */
export const itemsAt = memoizeIn((document: OasDocument, pointer): string | undefined => {
  return schemasAt(document, pointer)
    .filter((each) => isObject(member(valueAt(document.root, each), 'items')))
    .map((each) => below(each, 'items'))[0];
});

/** The types that a schema allows; none where it says nothing of types. */
export const typesAt = memoizeIn((document: OasDocument, pointer): ReadonlySet<string> => {
  const types = schemasAt(document, pointer).flatMap((each): readonly (Json | undefined)[] => {
    const schema = valueAt(document.root, each);
    const type = member(schema, 'type');
    if (type === undefined) return isObject(member(schema, 'properties')) ? ['object'] : typesOfValues(schema);
    return Array.isArray(type) ? (type as readonly Json[]) : [type];
  });
  return new Set(types.filter((type) => typeof type === 'string'));
});

function typesOfValues(schema: Json | undefined): readonly string[] {
  const values = member(schema, 'enum') ?? member(schema, 'const');
  const all: readonly unknown[] = Array.isArray(values) ? values : values === undefined ? [] : [values];
  return all.map((value) => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value));
}

/** A keyword of a schema, or of those that apply to the same value. */
export function keywordAt(document: OasDocument, pointer: string, keyword: string): Json | undefined {
  return schemasAt(document, pointer)
    .map((each) => member(valueAt(document.root, each), keyword))
    .find((value) => value !== undefined);
}

/** A value without what its schema declares as writeOnly, at every depth: no response has that. */
export function withoutWriteOnly(document: OasDocument, pointer: string | undefined, value: Json): Json {
  if (pointer === undefined) return value;
  if (Array.isArray(value)) {
    const items = itemsAt(document, pointer);
    return value.map((item: Json) => withoutWriteOnly(document, items, item));
  }
  if (!isObject(value)) return value;
  const properties = propertiesAt(document, pointer);
  const shown = Object.entries(value).flatMap(([name, item]): readonly (readonly [string, Json])[] => {
    const schema = properties.get(name);
    if (schema !== undefined && keywordAt(document, schema, 'writeOnly') === true) return [];
    return [[name, withoutWriteOnly(document, schema, item)]];
  });
  return Object.fromEntries(shown);
}
