import type { Json, OasDocument, Operation, SpecPlace } from '../../model/document.ts';
import { placeOf } from '../document/place.ts';
import { below, follow, isObject, member, pointerInFragment } from '../document/pointer.ts';
import { type ListedOperation, listOperations } from '../operation/operation.ts';

/** A link of a declared response: which operation comes next, and with what. */
export interface DeclaredLink {
  readonly name: string;
  /** The key of the response that declares it. */
  readonly response: string;
  readonly operationId?: string;
  readonly operationRef?: string;
  /** Values by parameter, whose name may stand behind its place: `path.id`. */
  readonly parameters: Readonly<Record<string, Json>>;
  readonly requestBody?: Json;
  /** Whether the operation is to be asked for at another server. */
  readonly elsewhere: boolean;
  /** Where the link is, as `document.root` has it. */
  readonly pointer: string;
  readonly at: SpecPlace;
}

/** The links that a response declares, in the order of the document. `key`: that of the response. */
export function linksOf({ document, path, method }: Operation, key: string): readonly DeclaredLink[] {
  const links = follow(document.root, below('', 'paths', path, method.toLowerCase(), 'responses', key, 'links'));
  if (links === undefined || !isObject(links.value)) return [];
  return Object.keys(links.value).flatMap((name): readonly DeclaredLink[] => {
    const found = follow(document.root, below(links.pointer, name));
    if (found === undefined || !isObject(found.value)) return [];
    const { operationId, operationRef, parameters, requestBody } = found.value;
    return [
      {
        name,
        response: key,
        ...(typeof operationId === 'string' ? { operationId } : {}),
        ...(typeof operationRef === 'string' ? { operationRef } : {}),
        parameters: isObject(parameters) ? parameters : {},
        ...(requestBody === undefined ? {} : { requestBody }),
        elsewhere: member(found.value, 'server') !== undefined,
        pointer: found.pointer,
        at: placeOf(document, found.pointer),
      },
    ];
  });
}

/** The operation that a link leads to, or why there is none. `foreign`: it may be one of another document. */
type LinkTarget = { readonly listed: ListedOperation } | { readonly problem: string; readonly foreign?: true };

export function targetOf(document: OasDocument, link: DeclaredLink): LinkTarget {
  const { operationId, operationRef } = link;
  if (operationId !== undefined && operationRef !== undefined) {
    return { problem: 'names an operation twice, by operationId and by operationRef' };
  }
  if (operationId !== undefined) {
    const listed = listOperations(document).find(({ id }) => id === operationId);
    return listed === undefined ? { problem: `leads to the operation ${operationId}, which is not there` } : { listed };
  }
  if (operationRef === undefined) return { problem: 'names no operation' };
  if (!operationRef.startsWith('#')) {
    return { problem: `leads to ${operationRef}, an operation of another document`, foreign: true };
  }
  const wanted = pointerInFragment(operationRef);
  const real = wanted === undefined ? undefined : follow(document.root, wanted)?.pointer;
  const listed = listOperations(document).find(
    ({ pointer }) => pointer === wanted || (real !== undefined && follow(document.root, pointer)?.pointer === real),
  );
  return listed === undefined ? { problem: `leads to ${operationRef}, where no operation is` } : { listed };
}
