import type { On } from '../fault.ts';
import { type Asked, decoded, headerOf, pathOf, rawIdOf } from './raw-request.ts';
import type { Memory } from './memory.ts';

/** Whether a fault touches a request, as far as that can be said before it is answered. */
export function touches(on: On, asked: Asked, memory: Memory): boolean {
  const id = decoded(rawIdOf(asked) ?? '');
  if (on.method === undefined) {
    if (asked.method !== 'DELETE' || !/^\/backups\b/i.test(pathOf(asked).replace(/^\/+/, '/'))) return false;
  } else if (typeof on.method === 'string' ? on.method !== asked.method : !on.method.test(asked.method)) return false;
  if (on.path !== undefined && !on.path.test(asked.target)) return false;
  if (on.header !== undefined && !on.header[1].test(headerOf(asked.headers, on.header[0]))) return false;
  if (on.spelledUnlike !== undefined && !isSpelledUnlike(on.spelledUnlike, asked)) return false;
  if (on.body === true && asked.body.length === 0) return false;
  if (on.again === true && !memory.accepted.has(id)) return false;
  if (on.together === true && (memory.open.get(id) ?? 0) < 2) return false;
  return true;
}

/** Whether it touches the answer with this status. Each call counts. */
export function touchesAnswer(on: On, status: number, memory: Memory): boolean {
  if (on.status !== undefined && !on.status.includes(status)) return false;
  memory.hits += 1;
  return on.every === undefined || memory.hits % on.every === 0;
}

function isSpelledUnlike(name: string, { headers }: Asked): boolean {
  return headers.some(([given]) => given.toLowerCase() === name.toLowerCase() && given !== name);
}
