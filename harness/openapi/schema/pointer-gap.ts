import type { OasDocument } from '../../model/document.ts';
import { below, follow, isObject, partsOf } from '../document/pointer.ts';

/** Why values of some schemas have nothing at a JSON pointer. */
interface PointerGap {
  readonly message: string;
  /** Whether the schemas allow nothing there; else they only do not name it. */
  readonly closed: boolean;
}

/**
 * Why no value of one of the schemas has anything at this JSON pointer, as far as they say; undefined where one may have
 * it. `*` is no part of such a pointer.
 */
export function pointerGap(document: OasDocument, schemas: readonly string[], pointer: string): PointerGap | undefined {
  let at = schemas;
  for (const part of partsOf(pointer)) {
    const found = at.map((schema) => inside(document, schema, part));
    if (found.some(({ open }) => open)) return undefined;
    const next = found.flatMap(({ schemas: inner }) => inner);
    if (next.length === 0) {
      const known = [...new Set(found.flatMap(({ names }) => names))];
      return {
        message: `the schema has no "${part}" there${known.length === 0 ? '' : `; it has ${known.join(', ')}`}`,
        closed: found.every(({ closed }) => closed),
      };
    }
    at = next;
  }
  return undefined;
}

interface Inside {
  /** The schemas of the property or item. */
  readonly schemas: readonly string[];
  /** The properties that are declared. */
  readonly names: readonly string[];
  /** Whether properties are meant to be there that the schema does not name. */
  readonly open: boolean;
  /** Whether no other properties are allowed. */
  readonly closed: boolean;
}

const branches = ['allOf', 'oneOf', 'anyOf'] as const;

/** A property or an item of a schema, through `$ref` and compositions. */
function inside(document: OasDocument, schema: string, part: string, depth = 0): Inside {
  const target = follow(document.root, schema);
  if (target === undefined || !isObject(target.value) || depth > 20)
    return { schemas: [], names: [], open: true, closed: false };
  const { pointer, value } = target;
  const own = isObject(value['properties']) ? Object.keys(value['properties']) : [];
  const isItem = /^\d+$/.test(part);
  const composed = branches.flatMap((keyword) => {
    const list = value[keyword];
    return Array.isArray(list)
      ? list.map((_, at) => inside(document, below(pointer, keyword, String(at)), part, depth + 1))
      : [];
  });
  const described = own.length > 0 || composed.length > 0 || value['items'] !== undefined || isScalar(value['type']);
  const additional = value['additionalProperties'];
  return {
    schemas: [
      ...(own.includes(part) ? [below(pointer, 'properties', part)] : []),
      ...(isItem && value['items'] !== undefined ? [below(pointer, 'items')] : []),
      ...(isObject(additional) ? [below(pointer, 'additionalProperties')] : []),
      ...composed.flatMap(({ schemas }) => schemas),
    ],
    names: [...own, ...composed.flatMap(({ names }) => names)],
    open:
      !described ||
      additional === true ||
      ['patternProperties', 'prefixItems', 'unevaluatedProperties'].some((keyword) => value[keyword] !== undefined) ||
      composed.some(({ open }) => open),
    closed:
      additional === false ||
      isScalar(value['type']) ||
      value['type'] === 'array' ||
      (composed.length > 0 && composed.every(({ closed }) => closed)),
  };
}

function isScalar(type: unknown): boolean {
  return typeof type === 'string' && ['string', 'number', 'integer', 'boolean', 'null'].includes(type);
}
