import { planOf, requiredDraft } from '../../cases/defaults/draft.ts';
import { operationAt } from '../../cases/defaults/paths.ts';
import { shapeOf } from '../../openapi/operation/path-template.ts';
import { placeholdersIn } from '../../cases/request/placeholders.ts';
import type { RequestPlan } from '../../model/case.ts';
import type { Operation } from '../../model/document.ts';

/** A request of an operation of the document. */
export interface Call {
  readonly operation: Operation;
  readonly request: RequestPlan;
}

/** The GET of the very item that a call is about, where the document has one. */
export function readerOf({ operation, request }: Call): Call | undefined {
  const length = operation.path.split('/').findLastIndex((segment) => segment.includes('{')) + 1;
  const [template, path] = [operation.path, request.path].map((each) => each.split('/').slice(0, length).join('/'));
  if (template === undefined || path === undefined || length === 0) return undefined;
  const get = operationAt(operation.document, 'GET', shapeOf(template));
  if (get === undefined) return undefined;
  const headers = request.headers.filter(([name]) => name.toLowerCase() !== 'content-type');
  return { operation: get, request: { ...planOf(get, requiredDraft(get), headers), path } };
}

/** The name of the value that names the item of a call. */
export function itemName({ request }: Call): string | undefined {
  return placeholdersIn(request.path).at(-1)?.name;
}
