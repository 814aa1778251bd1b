import type { DeclaredResponse, MediaType, Operation } from '../../model/document.ts';
import { parseMediaType } from '../../openapi/media-type.ts';

/** What a declared status says about the request, as far as HTTP and the document define it. */
export type StatusKind =
  | 'success'
  | 'unauthorized'
  | 'forbidden'
  | 'missing'
  | 'invalid'
  | 'method'
  | 'not-acceptable'
  | 'media-type'
  | 'conflict'
  | 'any-refusal'
  | 'other';

const kinds: Readonly<Record<string, StatusKind>> = {
  '400': 'invalid',
  '401': 'unauthorized',
  '403': 'forbidden',
  '404': 'missing',
  '405': 'method',
  '406': 'not-acceptable',
  '409': 'conflict',
  '415': 'media-type',
  '422': 'invalid',
  '4XX': 'any-refusal',
};

/** `default` stands for success where no 2xx is declared, else for every refusal. */
export function kindOf({ responses }: Pick<Operation, 'responses'>, key: string): StatusKind {
  const known = kinds[key.toUpperCase()];
  if (known !== undefined) return known;
  if (/^2/.test(key)) return 'success';
  if (key !== 'default') return 'other';
  return responses.some((response) => response.key.startsWith('2')) ? 'any-refusal' : 'success';
}

/** Why HTTP has no such response to judge (RFC 9110, section 15), whatever the document says; undefined where it has. */
export function notSent(
  { key, media }: Pick<DeclaredResponse, 'key' | 'media'>,
  wanted?: MediaType,
): string | undefined {
  if (wanted !== undefined && parseMediaType(wanted.type) === undefined) {
    return `"${wanted.type}" is no media type (RFC 9110, section 8.3.1), so that no body can be labelled with it; correct it in the document`;
  }
  if (/^1/.test(key)) return `${key} is an interim response; only the final one is judged`;
  return /^(204|205|304)$/.test(key) && media.length > 0
    ? `HTTP allows no content in a ${key}; take the content of this response out of the document`
    : undefined;
}

/** Why a server cannot be made to give a response from outside; undefined where it can. */
export function outOfReach(key: string): string | undefined {
  if (/^5/.test(key)) return 'a server that works cannot be made to fail from outside';
  return key === '429' ? 'a server is not asked so often that it throttles' : undefined;
}
