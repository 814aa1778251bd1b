import type { Violation } from './violation.ts';

/**
 * A value that fits none of several alternatives breaks each of them, and ajv lists it all. One violation is left, with
 * the first of what the nearest alternative has to say.
 */
export function withoutBranches(
  violations: readonly Violation[],
  schemas: ReadonlyMap<string, object>,
): readonly (Violation & { readonly nearest?: Violation })[] {
  const dropped = new Set<Violation>();
  const nearest = new Map<Violation, Violation>();
  for (const violation of violations) {
    const { keyword, schema, path } = violation;
    if ((keyword !== 'oneOf' && keyword !== 'anyOf') || !Array.isArray(schema)) continue;
    const below = violations.filter((other) => other !== violation && within(other.path, path));
    const complaints = schema.map((branch: unknown) => {
      const parts = partsOf(branch, schemas);
      return below.filter(({ parent }) => parts.has(parent));
    });
    for (const complaint of complaints.flat()) dropped.add(complaint);
    const [fewest] = complaints.filter((list) => list.length > 0).sort((a, b) => a.length - b.length);
    if (fewest?.[0] !== undefined) nearest.set(violation, fewest[0]);
  }
  return violations
    .filter((violation) => !dropped.has(violation))
    .map((violation) => {
      const near = nearest.get(violation);
      return near === undefined ? violation : { ...violation, nearest: near };
    });
}

function within(path: string, above: string): boolean {
  return path === above || path.startsWith(`${above}/`);
}

/** Every schema object that belongs to a schema, through its references. */
function partsOf(schema: unknown, schemas: ReadonlyMap<string, object>): ReadonlySet<unknown> {
  const parts = new Set<unknown>();
  const open: unknown[] = [schema];
  while (open.length > 0) {
    const part = open.pop();
    if (typeof part !== 'object' || part === null || parts.has(part)) continue;
    parts.add(part);
    open.push(...(Object.values(part) as readonly unknown[]));
    if ('$ref' in part && typeof part.$ref === 'string') open.push(schemas.get(part.$ref));
  }
  return parts;
}
