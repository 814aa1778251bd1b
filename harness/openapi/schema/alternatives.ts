import type { Json, JsonObject, OasDocument } from '../../model/document.ts';
import { below, isObject, valueAt } from '../document/pointer.ts';
import { claims, discriminatorOf } from './dialect/discriminator.ts';

/** One alternative of a `oneOf` or `anyOf`. */
interface Alternative {
  /** The pointer of its schema. */
  readonly branch: string;
  /** The property of the discriminator with the value that claims this alternative; empty where there is none. */
  readonly claim: JsonObject;
}

/** So many alternatives are tried: a document may have hundreds. */
const most = 20;

/** The alternatives of the `oneOf` or `anyOf` at a pointer. */
export function alternativesOf(document: OasDocument, pointer: string): readonly Alternative[] {
  const branches = valueAt(document.root, pointer);
  const owner = valueAt(document.root, pointer.slice(0, pointer.lastIndexOf('/')));
  const property = discriminatorOf(owner);
  const all: readonly Json[] = Array.isArray(branches) ? branches : [];
  return all.slice(0, most).map((branch, at) => {
    const [value] = property !== undefined && isObject(owner) ? claims(owner, branch) : [];
    return {
      branch: below(pointer, String(at)),
      claim: property === undefined || value === undefined ? {} : { [property]: value },
    };
  });
}
