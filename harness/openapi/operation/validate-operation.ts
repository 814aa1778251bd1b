import type { Json, Operation } from '../../model/document.ts';
import { below, isObject, pointerInFragment, valueAt } from '../document/pointer.ts';
import { invalidDocument, problemPlaces, type Problem } from '../document/validate-document.ts';
import { deferredProblems } from '../document/deferred-problems.ts';

/**
 * Judges the mistakes that were left open when the document was read: those in the operation, in what it refers to and
 * in what belongs to the whole document are thrown as `E_DOCUMENT_INVALID`; the others are returned, one line each.
 */
export function validateOperation(operation: Operation): readonly string[] {
  const deferred = deferredProblems(operation.document);
  if (deferred === undefined) return [];
  const { problems, sources } = deferred;
  const reached = reachedBy(operation);
  const concerns = ({ pointer }: Problem): boolean =>
    !/^\/(?:paths|webhooks|components)\//.test(pointer) || reached.some((start) => isWithin(pointer, start));
  const fatal = problems.filter(concerns);
  if (fatal.length > 0) throw invalidDocument(fatal, sources);
  return problemPlaces(problems, sources).map((line) => `${line}; it does not concern ${operation.id}`);
}

/** The pointers whose values belong to an operation, through every reference. */
function reachedBy(operation: Operation): readonly string[] {
  const { root } = operation.document;
  const item = below('', 'paths', operation.path);
  const schemes = operation.security.flat().map(({ scheme }) => below('', 'components', 'securitySchemes', scheme));
  const own = ['$ref', 'parameters', 'servers', operation.method.toLowerCase()].map((key) => below(item, key));
  const reached = new Set([...own, ...schemes]);
  const itemRef = refOf(valueAt(root, item));
  if (itemRef !== undefined) reached.add(itemRef);
  // The set grows while it is read.
  for (const pointer of reached) for (const ref of refsIn(valueAt(root, pointer))) reached.add(ref);
  return [...reached];
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

function isWithin(pointer: string, start: string): boolean {
  return pointer === start || pointer.startsWith(`${start}/`);
}
