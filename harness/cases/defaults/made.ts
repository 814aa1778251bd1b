import type { CleanUp, Make, RequestPlan } from '../../model/case.ts';
import type { Json, OasDocument, Operation } from '../../model/document.ts';
import type { HeaderPair } from '../../model/exchange.ts';
import { below, follow, isObject, member } from '../../openapi/document/pointer.ts';
import { planOf, requiredDraft } from './draft.ts';
import { idPointers } from './id-pointers.ts';
import { operationAt, parametersIn } from './paths.ts';

/** How what a POST to a collection made is found, read and taken away, where the document has operations for that. */
export function makingOf(
  operation: Operation,
  headers: readonly HeaderPair[],
): Pick<Make, 'take' | 'read' | 'cleanUp'> | undefined {
  if (operation.method !== 'POST') return undefined;
  const item = operationAt(operation.document, 'GET', `${operation.path}/{}`);
  const cleanUp = cleanUpOf(operation, headers);
  const name = itemParameter(operation);
  if (name === undefined || (item === undefined && cleanUp === undefined)) return undefined;
  return {
    take: takeOf(operation, name),
    ...(item === undefined
      ? {}
      : { read: { operation: item, request: onItem(item, `${operation.path}/{${name}}`, headers) } }),
    ...(cleanUp === undefined ? {} : { cleanUp }),
  };
}

/** What takes away what a POST to a collection made, where the document has a DELETE of its items. */
export function cleanUpOf(operation: Operation, headers: readonly HeaderPair[]): CleanUp | undefined {
  if (operation.method !== 'POST') return undefined;
  const undo = operationAt(operation.document, 'DELETE', `${operation.path}/{}`);
  const name = itemParameter(operation);
  if (undo === undefined || name === undefined) return undefined;
  return {
    take: takeOf(operation, name),
    undo: { operation: undo, request: onItem(undo, `${operation.path}/{${name}}`, headers) },
  };
}

/** The parameter that names an item of the collection that is posted to, as another path of the document has it. */
export function itemParameter({ path, document }: Pick<Operation, 'path' | 'document'>): string | undefined {
  const item = ['GET', 'DELETE', 'PUT', 'PATCH']
    .map((method) => operationAt(document, method, `${path}/{}`))
    .find(Boolean);
  return item === undefined ? undefined : parametersIn(item.path).at(-1);
}

function takeOf(operation: Operation, name: string): Make['take'] {
  const word = operation.path.split('/').at(-1) ?? '';
  return { [name]: [...linkPointers(operation.document, operation, name), ...idPointers(name, word)] };
}

/** The valid request of an operation on an item. */
export function onItem(operation: Operation, path: string, headers: readonly HeaderPair[]): RequestPlan {
  return { ...planOf(operation, requiredDraft(operation), headers), path };
}

/** What the links of the creation's success say the parameter is: `$response.body#/id`. */
export function linkPointers(document: OasDocument, create: Operation, name: string): readonly string[] {
  return create.responses
    .filter(({ key }) => key.startsWith('2'))
    .flatMap(({ at }) => {
      const links = follow(document.root, below(at.pointer, 'links'))?.value;
      return isObject(links) ? Object.values(links) : [];
    })
    .flatMap((link) => {
      const parameters: Json | undefined = member(link, 'parameters');
      const expression = member(parameters, name) ?? member(parameters, `path.${name}`);
      const [, pointer] = typeof expression === 'string' ? (/^\$response\.body#(\/.*)$/.exec(expression) ?? []) : [];
      return pointer === undefined ? [] : [pointer];
    });
}
