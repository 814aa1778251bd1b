import type { JsonObject } from '../../../model/document.ts';
import { below, follow, isObject, member, valueAt } from '../../document/pointer.ts';

/** Names of properties. */
export type Names = ReadonlySet<string>;

export const noNames: Names = new Set();

export function union(a: Names, b: Names): Names {
  if (a.size === 0) return b;
  return b.size === 0 ? a : new Set([...a, ...b]);
}

/**
 * The properties that a schema, or one that applies to the same value, declares as `writeOnly`: OpenAPI lets no response
 * be required to have them, wherever `required` stands.
 */
export function writeOnlyNames(root: JsonObject, pointer: string): Names {
  const ofRoot = known.get(root) ?? new Map<string, Names>();
  known.set(root, ofRoot);
  const names = ofRoot.get(pointer) ?? findNames(root, pointer);
  ofRoot.set(pointer, names);
  return names;
}

const known = new WeakMap<JsonObject, Map<string, Names>>();

function findNames(root: JsonObject, pointer: string): Names {
  const names = new Set<string>();
  const seen = new Set<string>();
  const open = [pointer];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const schema = schemaAt(root, next);
    if (schema === undefined || seen.has(schema.pointer)) continue;
    seen.add(schema.pointer);
    const { properties, $ref: ref } = schema.value;
    for (const name of isObject(properties) ? Object.keys(properties) : []) {
      const declared = follow(root, below(schema.pointer, 'properties', name))?.value;
      if (member(declared, 'writeOnly') === true) names.add(name);
    }
    for (const keyword of ['allOf', 'anyOf', 'oneOf']) {
      const branches = schema.value[keyword];
      if (Array.isArray(branches)) open.push(...branches.map((_, at) => below(schema.pointer, keyword, String(at))));
    }
    // In OpenAPI 3.1 a reference may have neighbours.
    if (typeof ref === 'string' && ref.startsWith('#')) {
      const target = follow(root, schema.pointer);
      if (target !== undefined && target.pointer !== schema.pointer) open.push(target.pointer);
    }
  }
  return names;
}

/** The schema object itself, where a pointer leads to one; what a reference on the way leads to elsewhere. */
function schemaAt(
  root: JsonObject,
  pointer: string,
): { readonly pointer: string; readonly value: JsonObject } | undefined {
  const direct = valueAt(root, pointer);
  if (isObject(direct)) return { pointer, value: direct };
  const followed = follow(root, pointer);
  return followed !== undefined && isObject(followed.value)
    ? { pointer: followed.pointer, value: followed.value }
    : undefined;
}
