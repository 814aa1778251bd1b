import type { HarnessError } from '../../core/errors.ts';
import type { OasDocument } from '../../model/document.ts';
import { deferredProblems } from '../document/deferred-problems.ts';
import { isAmong, reachedBy } from './reached.ts';

/** Throws `E_REF` where an operation, or what it refers to, has a `$ref` that leads nowhere. */
export function refuseBrokenReference(
  document: OasDocument,
  operation: { readonly method: string; readonly path: string },
): void {
  const broken = deferredProblems(document)?.broken ?? [];
  if (broken.length === 0) return;
  const reached = reachedBy(document, operation);
  const own = broken.find(({ pointers }) => pointers.some((pointer) => isAmong(reached, pointer)));
  if (own !== undefined) throw own.error;
}

/** The error of the first path whose `$ref` is broken: an operation that is not found may be behind it. */
export function brokenPath(document: OasDocument): HarnessError | undefined {
  const broken = deferredProblems(document)?.broken ?? [];
  return broken.find(({ pointers }) => pointers.some((pointer) => /^\/paths\/[^/]+$/.test(pointer)))?.error;
}
