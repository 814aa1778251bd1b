import type { CleanUp, Make, RequestPlan } from '../../model/case.ts';
import type { Operation } from '../../model/document.ts';
import type { HeaderPair } from '../../model/exchange.ts';
import { planOf, requiredDraft } from './draft.ts';
import { idPointers } from './id-pointers.ts';
import { linkedSources } from '../../openapi/links/sources.ts';
import { linkedItem, type LinkedItem } from './linked.ts';
import { parametersIn } from '../../openapi/operation/path-template.ts';
import { operationAt } from './paths.ts';
import { putParameter } from './putting.ts';

/** How what a POST or a PUT made is found, read and taken away, where the document has operations for that. */
export function makingOf(
  operation: Operation,
  headers: readonly HeaderPair[],
): Pick<Make, 'take' | 'read' | 'cleanUp' | 'created'> | undefined {
  const made = itemOf(operation);
  if (made === undefined) return undefined;
  const item = operationAt(operation.document, 'GET', made.path);
  const cleanUp = cleanUpOf(operation, headers);
  if (item === undefined && cleanUp === undefined) return undefined;
  return {
    take: made.take,
    ...(made.created === undefined ? {} : { created: made.created }),
    ...(item === undefined ? {} : { read: { operation: item, request: onItem(item, made.path, headers) } }),
    ...(cleanUp === undefined ? {} : { cleanUp }),
  };
}

/** What takes away what a POST or a PUT made, where the document has a DELETE of that. */
export function cleanUpOf(operation: Operation, headers: readonly HeaderPair[]): CleanUp | undefined {
  const made = itemOf(operation);
  const undo = made === undefined ? undefined : operationAt(operation.document, 'DELETE', made.path);
  if (made === undefined || undo === undefined) return undefined;
  const created = made.created === undefined ? {} : { created: made.created };
  return { take: made.take, ...created, undo: { operation: undo, request: onItem(undo, made.path, headers) } };
}

/** What a POST or a PUT makes: an item of the collection that is posted to, or else what its links lead to. */
function itemOf(operation: Operation): LinkedItem | undefined {
  const put = putParameter(operation);
  // Its path names it before it is there.
  if (put !== undefined) return { path: operation.path, name: put, take: {}, created: true };
  if (operation.method !== 'POST') return undefined;
  const name = itemParameter(operation);
  if (name === undefined) return linkedItem(operation);
  const path = `${operation.path}/{${name}}`;
  const word = operation.path.split('/').at(-1) ?? '';
  return { path, name, take: { [name]: [...linkedSources(operation, path), ...idPointers(name, word)] } };
}

/** The parameter that names an item of the collection that is posted to, as another path of the document has it. */
export function itemParameter({ path, document }: Pick<Operation, 'path' | 'document'>): string | undefined {
  const item = ['GET', 'DELETE', 'PUT', 'PATCH']
    .map((method) => operationAt(document, method, `${path}/{}`))
    .find(Boolean);
  return item === undefined ? undefined : parametersIn(item.path).at(-1);
}

/** The valid request of an operation on an item. */
export function onItem(operation: Operation, path: string, headers: readonly HeaderPair[]): RequestPlan {
  return { ...planOf(operation, requiredDraft(operation), headers), path };
}
