import type { Operation } from '../../model/document.ts';
import { deferredProblems } from '../document/deferred-problems.ts';
import { invalidDocument, problemPlaces, type Problem } from '../document/validate-document.ts';
import { isAmong, reachedBy } from './reached.ts';

/**
 * Judges the mistakes that were left open when the document was read: those in the operation, in what it refers to and
 * in what belongs to the whole document are thrown as `E_DOCUMENT_INVALID`; the others are returned, one line each. An
 * operation with a broken reference is not made at all: see `refuseBrokenReference`.
 */
export function validateOperation(operation: Operation): readonly string[] {
  const deferred = deferredProblems(operation.document);
  if (deferred === undefined) return [];
  const { problems, broken, sources } = deferred;
  const schemes = operation.security.flat().map(({ scheme }) => scheme);
  const reached = reachedBy(operation.document, operation, schemes);
  const concerns = ({ pointer }: Problem): boolean =>
    !/^\/(?:paths|webhooks|components)\//.test(pointer) || isAmong(reached, pointer);
  const fatal = problems.filter(concerns);
  if (fatal.length > 0) throw invalidDocument(fatal, sources);
  const shown = broken.slice(0, 5).map(({ error }) => error.message);
  const more = broken.length > shown.length ? [`and ${broken.length - shown.length} more broken references`] : [];
  const lines = [...shown, ...more, ...problemPlaces(problems, sources)];
  return lines.map((line) => `${line}; it does not concern ${operation.id}`);
}
