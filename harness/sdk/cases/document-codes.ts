import type { Operation } from '../../model/document.ts';
import { below, follow, member } from '../../openapi/document/pointer.ts';

/** The first of these error codes that the document lists; the first of all where it lists none of them. */
export function codeIn(operation: Operation, candidates: readonly [string, ...string[]]): string {
  const listed = codesOf(operation);
  return candidates.find((code) => listed.includes(code)) ?? candidates[0];
}

/** The error codes that the document lists, as `enum` or `x-enum` of `error.code` in the body of an error. */
function codesOf({ document, responses }: Operation): readonly string[] {
  const schemas = responses.flatMap(({ media }) => media.flatMap(({ schema }) => schema ?? []));
  const lists = schemas.map((schema) => {
    const code = ['error', 'code'].reduce<string | undefined>((pointer, name) => {
      const real = pointer === undefined ? undefined : follow(document.root, pointer)?.pointer;
      return real === undefined ? undefined : below(real, 'properties', name);
    }, schema);
    const declared = code === undefined ? undefined : follow(document.root, code)?.value;
    const listed = member(declared, 'enum') ?? member(declared, 'x-enum');
    return Array.isArray(listed) ? listed.filter((each): each is string => typeof each === 'string') : [];
  });
  return lists.find((list) => list.length > 0) ?? [];
}
