import type { JsonObject, OasDocument } from '../model/document.ts';
import { below, follow, isObject, objectAt } from '../openapi/document/pointer.ts';
import type { Direction } from '../openapi/schema/dialect/omitted-names.ts';
import type { ValueSite } from './sites.ts';

/** A schema object, or a part of one, where the document writes it. */
export interface SchemaSite {
  readonly pointer: string;
  readonly value: JsonObject;
  /** Which way values of it go; empty for a schema that no operation uses. */
  readonly directions: ReadonlySet<Direction>;
}

interface Found extends SchemaSite {
  readonly directions: Set<Direction>;
}

/** The keywords below which further schemas stand: in a list, under names, or one. */
const inList = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const underNames = ['properties', 'patternProperties', 'dependentSchemas', '$defs'];
const single =
  'items additionalProperties not if then else contains propertyNames unevaluatedItems unevaluatedProperties'.split(
    ' ',
  );

/** Every schema that some places use, with all that it refers to; `components`: also those that nothing uses. */
export function schemaSites(
  document: OasDocument,
  sites: readonly ValueSite[],
  { components }: { readonly components: boolean },
): readonly SchemaSite[] {
  const found = new Map<string, Found>();
  for (const { schema, direction } of sites) {
    if (schema !== undefined) visit(document, schema, { direction, found });
  }
  if (components) {
    const root = below('', 'components', 'schemas');
    const all = follow(document.root, root)?.value;
    for (const name of isObject(all) ? Object.keys(all) : []) visit(document, below(root, name), { found });
  }
  return [...found.values()];
}

interface Walk {
  readonly direction?: Direction;
  readonly found: Map<string, Found>;
}

function visit(document: OasDocument, start: string, walk: Walk): void {
  const open = [start];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const place = objectAt(document.root, next);
    if (place === undefined) continue;
    if (note(place, walk)) open.push(...[...partsOf(document, place)].reverse());
  }
}

/** Whether there was anything new to note of a schema; what it is made of was noted with it. */
function note(
  { pointer, value }: { readonly pointer: string; readonly value: JsonObject },
  { direction, found }: Walk,
): boolean {
  const known = found.get(pointer);
  const site = known ?? { pointer, value, directions: new Set() };
  const size = site.directions.size;
  if (direction !== undefined) site.directions.add(direction);
  found.set(pointer, site);
  return known === undefined || site.directions.size > size;
}

function partsOf(
  { openapi, root }: OasDocument,
  { pointer, value }: { readonly pointer: string; readonly value: JsonObject },
): readonly string[] {
  const ref = typeof value['$ref'] === 'string' ? [follow(root, pointer)?.pointer ?? ''].filter(Boolean) : [];
  // In OpenAPI 3.0 what stands beside a `$ref` does not count.
  if (ref.length > 0 && openapi.startsWith('3.0')) return ref;
  return [
    ...ref,
    ...inList.flatMap((keyword) => {
      const items = value[keyword];
      return Array.isArray(items) ? items.map((_, at) => below(pointer, keyword, String(at))) : [];
    }),
    ...underNames.flatMap((keyword) => {
      const named = value[keyword];
      return isObject(named) ? Object.keys(named).map((name) => below(pointer, keyword, name)) : [];
    }),
    ...single.filter((keyword) => isObject(value[keyword])).map((keyword) => below(pointer, keyword)),
  ];
}
