import type { Operation } from '../../model/document.ts';
import { pointerGap } from '../../openapi/schema/pointer-gap.ts';

/** Why no success of an operation has a value at this JSON pointer, as far as its schemas say; undefined where one may have it. */
export function missingPointer({ id, document, responses }: Operation, pointer: string): string | undefined {
  const media = responses.filter(({ key }) => /^2/.test(key) || key === 'default').flatMap((each) => each.media);
  if (media.length === 0) return `${id} declares no body of a success`;
  const schemas = media.flatMap(({ schema }) => (schema === undefined ? [] : [schema]));
  return schemas.length < media.length ? undefined : pointerGap(document, schemas, pointer)?.message;
}
