import type { OasDocument, Operation } from '../../model/document.ts';
import { below, follow, isObject, partsOf } from '../../openapi/document/pointer.ts';

/**
 * Why no success of an operation has a value at this JSON pointer, as far as its schemas say; undefined where one may have
 * it. `*` is no part of such a pointer.
 */
export function missingPointer(operation: Operation, pointer: string): string | undefined {
  const successes = operation.responses.filter(({ key }) => /^2/.test(key) || key === 'default');
  const media = successes.flatMap((response) => response.media);
  if (media.length === 0) return `${operation.id} declares no body of a success`;
  const schemas = media.map(({ schema }) => schema);
  const tops = schemas.filter((schema) => schema !== undefined);
  if (tops.length < schemas.length) return undefined;
  let at: readonly string[] = tops;
  for (const part of partsOf(pointer)) {
    const found = at.map((schema) => inside(operation.document, schema, part));
    if (found.some(({ open }) => open)) return undefined;
    const next = found.flatMap(({ schemas: inner }) => inner);
    if (next.length === 0) {
      const known = [...new Set(found.flatMap(({ names }) => names))];
      return `the schema has no "${part}" there${known.length === 0 ? '' : `; it has ${known.join(', ')}`}`;
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
  /** Whether properties may be there that the schema does not name. */
  readonly open: boolean;
}

const branches = ['allOf', 'oneOf', 'anyOf'] as const;

/** A property or an item of a schema, through `$ref` and compositions. */
function inside(document: OasDocument, schema: string, part: string, depth = 0): Inside {
  const target = follow(document.root, schema);
  if (target === undefined || !isObject(target.value) || depth > 20) return { schemas: [], names: [], open: true };
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
  };
}

function isScalar(type: unknown): boolean {
  return typeof type === 'string' && ['string', 'number', 'integer', 'boolean', 'null'].includes(type);
}
