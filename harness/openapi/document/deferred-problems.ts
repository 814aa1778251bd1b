import type { OasDocument } from '../../model/document.ts';
import type { PlacedReference } from './broken-references.ts';
import type { Problem } from './problems.ts';
import type { Sources } from './sources.ts';

interface Deferred {
  readonly problems: readonly Problem[];
  readonly broken: readonly PlacedReference[];
  readonly sources: Sources;
}

const known = new WeakMap<OasDocument, Deferred>();

/** Keeps the mistakes of a document until it is known which operation is tested. */
export function deferProblems(document: OasDocument, deferred: Deferred): void {
  known.set(document, deferred);
}

/** The mistakes that were kept. */
export function deferredProblems(document: OasDocument): Deferred | undefined {
  return known.get(document);
}
