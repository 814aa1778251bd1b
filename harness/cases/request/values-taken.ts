import type { Exchange } from '../../model/exchange.ts';
import { isObject, member, partsOf } from '../../openapi/document/pointer.ts';

/**
 * The values that a response gives, by name: the first pointer that leads to a text or a number counts, `*` standing for
 * any property. Where none does, the last part of Location counts; where there is none, the same property of what was sent.
 */
export function valuesTaken(
  take: Readonly<Record<string, readonly string[]>>,
  { response, request }: Exchange,
): Readonly<Record<string, string>> {
  const body = response === undefined ? undefined : parsed(Buffer.from(response.body).toString('utf8'));
  const sent = parsed(request.body ?? '');
  const location = response?.headers.find(([name]) => name.toLowerCase() === 'location')?.[1];
  const found = Object.entries(take).flatMap(([name, pointers]): readonly (readonly [string, string])[] => {
    const value = firstAt(body, pointers) ?? lastSegment(location) ?? firstAt(sent, pointers);
    return value === undefined ? [] : [[name, value]];
  });
  return Object.fromEntries(found);
}

/** The values at exactly these pointers of the body, of whatever type; what is no text is written as JSON. */
export function valuesAt(
  take: Readonly<Record<string, readonly string[]>>,
  { response }: Exchange,
): Readonly<Record<string, string>> {
  const body = response === undefined ? undefined : parsed(Buffer.from(response.body).toString('utf8'));
  const found = Object.entries(take).flatMap(([name, [pointer = '']]): readonly (readonly [string, string])[] => {
    const value = partsOf(pointer).reduce<unknown>(member, body);
    if (value === undefined) return [];
    return [[name, typeof value === 'string' ? value : JSON.stringify(value)]];
  });
  return Object.fromEntries(found);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function firstAt(value: unknown, pointers: readonly string[]): string | undefined {
  for (const pointer of pointers) {
    const found = textsAt(value, partsOf(pointer))[0];
    if (found !== undefined) return found;
  }
  return undefined;
}

function textsAt(value: unknown, parts: readonly string[]): readonly string[] {
  const [part, ...rest] = parts;
  if (part === undefined) {
    if (typeof value === 'number') return [String(value)];
    return typeof value === 'string' && value !== '' ? [value] : [];
  }
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return part === '*' ? items.flatMap((item) => textsAt(item, rest)) : textsAt(items[Number(part)], rest);
  }
  if (!isObject(value)) return [];
  if (part === '*') return Object.values(value).flatMap((item) => textsAt(item, rest));
  return Object.hasOwn(value, part) ? textsAt(value[part], rest) : [];
}

function lastSegment(location: string | undefined): string | undefined {
  if (location === undefined) return undefined;
  const last = location
    .split(/[?#]/, 1)[0]
    ?.split('/')
    .findLast((segment) => segment !== '');
  if (last === undefined) return undefined;
  try {
    return decodeURIComponent(last);
  } catch {
    return last;
  }
}
