import { pathToFileURL } from 'node:url';
import { below, isObject, pointerInFragment, textAt, valueAt } from './pointer.ts';
import type { Json, JsonObject } from '../../model/document.ts';
import { isUrl, urlOf } from './source-text.ts';
import { holdsData, mapsOfNames } from './reference-places.ts';

/**
 * Rewrites each `$ref` that is resolved by an `$id` or an `$anchor` (JSON Schema 2020-12 §8.2) into the JSON pointer of its
 * target in the same file. All others stay: a reference beneath an `$id` that leads nowhere within that schema is
 * read as one within the document, as many documents mean it.
 */
export function resolveSchemaIds(root: JsonObject, location: string): void {
  const retrieved = isUrl(location) ? location : pathToFileURL(location).href;
  // OpenAPI 3.2: what the document calls itself is what its references go by.
  const home = withoutFragment(urlOf(textAt(root, '$self') || retrieved, retrieved)?.href ?? retrieved);
  const resources = new Map<string, string>([
    [retrieved, ''],
    [home, ''],
  ]);
  const anchors = new Map<string, string>();
  const references: { readonly schema: Record<string, Json>; readonly base: string; readonly ref: string }[] = [];
  let nodes = 0;

  const visit = (value: unknown, pointer: string, at: { depth: number; names: boolean; base: string }): void => {
    // What is too large or too deep is refused where the references are loaded.
    if (++nodes > maxNodes || at.depth > maxDepth) return;
    const inside = { depth: at.depth + 1, names: false, base: at.base };
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) visit(item, below(pointer, String(index)), inside);
      return;
    }
    if (!isObject(value)) return;
    if (!at.names) {
      const { $id: id, $anchor: anchor, $ref: ref } = value;
      if (typeof id === 'string') inside.base = withoutFragment(urlOf(id, at.base)?.href ?? at.base);
      if (typeof id === 'string' && !resources.has(inside.base)) resources.set(inside.base, pointer);
      if (typeof anchor === 'string') anchors.set(`${inside.base}#${anchor}`, pointer);
      if (typeof ref === 'string') references.push({ schema: value, base: inside.base, ref });
    }
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner !== 'object' || inner === null || (!at.names && holdsData(key, inner))) continue;
      visit(inner, below(pointer, key), { ...inside, names: !at.names && mapsOfNames.has(key) });
    }
  };
  visit(root, '', { depth: 0, names: false, base: home });

  if (resources.size === 1 && anchors.size === 0) return;
  for (const { schema, base, ref } of references) {
    const target = urlOf(ref, base);
    if (target === undefined) continue;
    const resource = resources.get(withoutFragment(target.href));
    const within = pointerInFragment(target.hash);
    if (resource === undefined) continue;
    const pointer = within === undefined ? anchors.get(target.href) : resource + within;
    if (pointer !== undefined && valueAt(root, pointer) !== undefined) schema['$ref'] = `#${encodeURI(pointer)}`;
  }
}

const maxNodes = 2_000_000;
const maxDepth = 500;

function withoutFragment(url: string): string {
  return url.replace(/#.*$/s, '');
}
