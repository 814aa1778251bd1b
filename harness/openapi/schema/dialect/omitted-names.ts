import type { JsonObject } from '../../../model/document.ts';
import { below, follow, isObject, member, objectAt } from '../../document/pointer.ts';

/** Names of properties. */
export type Names = ReadonlySet<string>;

export const noNames: Names = new Set();

export function union(a: Names, b: Names): Names {
  if (a.size === 0) return b;
  return b.size === 0 ? a : new Set([...a, ...b]);
}

/** Which way a value goes: a request leaves out what is `readOnly`, a response what is `writeOnly`. */
export type Direction = 'request' | 'response';

/**
 * The properties that a schema, or one that applies to the same value, declares as `writeOnly` (in a request: as
 * `readOnly`): OpenAPI lets no response (no request) be required to have them, wherever `required` stands.
 */
export function omittedNames(root: JsonObject, pointer: string, direction: Direction): Names {
  const known = ofDirection[direction];
  const ofRoot = known.get(root) ?? new Map<string, Names>();
  known.set(root, ofRoot);
  const names = ofRoot.get(pointer) ?? findNames(root, pointer, omittedBy[direction]);
  ofRoot.set(pointer, names);
  return names;
}

/** The keyword of what is left out. */
const omittedBy = { request: 'readOnly', response: 'writeOnly' } as const;

const ofDirection: Readonly<Record<Direction, WeakMap<JsonObject, Map<string, Names>>>> = {
  request: new WeakMap(),
  response: new WeakMap(),
};

function findNames(root: JsonObject, pointer: string, keyword: 'readOnly' | 'writeOnly'): Names {
  const names = new Set<string>();
  const seen = new Set<string>();
  const open = [pointer];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const schema = objectAt(root, next);
    if (schema === undefined || seen.has(schema.pointer)) continue;
    seen.add(schema.pointer);
    const { properties, $ref: ref } = schema.value;
    for (const name of isObject(properties) ? Object.keys(properties) : []) {
      const declared = follow(root, below(schema.pointer, 'properties', name))?.value;
      if (member(declared, keyword) === true) names.add(name);
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
