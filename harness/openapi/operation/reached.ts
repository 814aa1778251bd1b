import type { Json, OasDocument } from '../../model/document.ts';
import { below, follow, isObject, pointerInFragment, valueAt } from '../document/pointer.ts';

/** The pointers whose values belong to an operation and to the named security schemes, through every reference. */
export function reachedBy(
  { root }: OasDocument,
  operation: { readonly method: string; readonly path: string },
  schemes: readonly string[] = [],
): ReadonlySet<string> {
  const item = below('', 'paths', operation.path);
  // Of a path item that stands elsewhere, too, only what belongs to the operation.
  const items = [item, follow(root, item)?.pointer ?? item];
  const { method } = operation;
  const keys = [['$ref'], ['parameters'], ['servers'], [method.toLowerCase()], ['additionalOperations', method]];
  const own = items.flatMap((start) => keys.map((key) => below(start, ...key)));
  const reached = new Set([...own, ...schemes.map((scheme) => below('', 'components', 'securitySchemes', scheme))]);
  // The set grows while it is read. A reference may lead through further ones.
  for (const pointer of reached) {
    for (const ref of refsIn(valueAt(root, pointer))) reached.add(ref).add(follow(root, ref)?.pointer ?? ref);
  }
  return reached;
}

function refsIn(value: Json | undefined): readonly string[] {
  const found: string[] = [];
  const open: (Json | undefined)[] = [value];
  const seen = new Set<unknown>();
  while (open.length > 0) {
    const part = open.pop();
    if (typeof part !== 'object' || part === null || seen.has(part)) continue;
    seen.add(part);
    const ref = refOf(part);
    if (ref !== undefined) found.push(ref);
    open.push(...(Object.values(part) as readonly Json[]));
  }
  return found;
}

function refOf(value: Json | undefined): string | undefined {
  const ref = isObject(value) ? value['$ref'] : undefined;
  return typeof ref === 'string' && ref.startsWith('#') ? pointerInFragment(ref) : undefined;
}

/** Whether a pointer is one of those, or below one. */
export function isAmong(reached: ReadonlySet<string>, pointer: string): boolean {
  for (let end = pointer.length; end > 0; end = pointer.lastIndexOf('/', end - 1)) {
    if (reached.has(pointer.slice(0, end))) return true;
  }
  return false;
}
