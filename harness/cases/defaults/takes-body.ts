import type { Operation } from '../../model/document.ts';

/**
 * Whether a server has to look at the body of a request. Content of a GET or HEAD has no meaning (RFC 9110, section 9.3.1), whatever
 * a document declares.
 */
export function takesBody({ method, requestBody }: Pick<Operation, 'method' | 'requestBody'>): boolean {
  return requestBody !== undefined && method !== 'GET' && method !== 'HEAD';
}
