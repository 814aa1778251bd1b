import type { On } from '../fault.ts';
import { type RawRequest, decoded, headerOf, pathOf, rawIdOf } from './raw-request.ts';
import type { Memory } from './memory.ts';

/** Whether a fault touches a request, as far as that can be said before it is answered. */
export function matchesRequest(on: On, request: RawRequest, memory: Memory): boolean {
  const id = decoded(rawIdOf(request) ?? '');
  if (on.method === undefined) {
    if (request.method !== 'DELETE' || !/^\/backups\b/i.test(pathOf(request).replace(/^\/+/, '/'))) return false;
  } else if (typeof on.method === 'string' ? on.method !== request.method : !on.method.test(request.method))
    return false;
  if (on.path !== undefined && !on.path.test(request.target)) return false;
  if (on.header !== undefined && !on.header[1].test(headerOf(request.headers, on.header[0]))) return false;
  if (on.spelledUnlike !== undefined && !isSpelledUnlike(on.spelledUnlike, request)) return false;
  if (on.body === true && request.body.length === 0) return false;
  if (on.again === true && !memory.accepted.has(id)) return false;
  if (on.together === true && (memory.open.get(id) ?? 0) < 2) return false;
  return true;
}

/** Whether it touches the answer with this status. Each call counts. */
export function matchesResponse(on: On, status: number, memory: Memory): boolean {
  if (on.status !== undefined && !on.status.includes(status)) return false;
  memory.hits += 1;
  return on.every === undefined || memory.hits % on.every === 0;
}

function isSpelledUnlike(name: string, { headers }: RawRequest): boolean {
  return headers.some(([given]) => given.toLowerCase() === name.toLowerCase() && given !== name);
}
