import type { Json, JsonObject } from '../../model/document.ts';

// JSON pointers (RFC 6901), written without the `#` of a URI fragment: `/paths/~1backups/get`.

/** A pointer one or more steps below another. */
export function below(pointer: string, ...parts: readonly string[]): string {
  return pointer + parts.map((part) => `/${part.replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

export function partsOf(pointer: string): readonly string[] {
  if (pointer === '') return [];
  return pointer
    .slice(1)
    .split('/')
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** The pointer that the fragment of a `$ref` holds, or undefined where it is no JSON pointer. */
export function pointerInFragment(fragment: string): string | undefined {
  const text = fragment.startsWith('#') ? fragment.slice(1) : fragment;
  if (text !== '' && !text.startsWith('/')) return undefined;
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asObject(value: unknown): JsonObject {
  if (!isObject(value)) throw new TypeError('an object was expected');
  return value;
}

/** An own property of an object, or an item of an array. */
export function member(value: unknown, part: string): Json | undefined {
  if (Array.isArray(value)) return /^(0|[1-9]\d*)$/.test(part) ? (value[Number(part)] as Json | undefined) : undefined;
  return isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
}

/** A value, and the pointer where it really is. */
export interface Followed {
  readonly pointer: string;
  readonly value: Json;
}

/** The value at a pointer: every `$ref` on the way, the last included, is followed. */
export function follow(root: JsonObject, pointer: string): Followed | undefined {
  let hops = 0;
  let at = '';
  let value: Json = root;
  let rest = partsOf(pointer);
  for (;;) {
    const target = isObject(value) && typeof value['$ref'] === 'string' ? pointerInFragment(value['$ref']) : undefined;
    const [next, ...others] = rest;
    const inside: Json | undefined = next === undefined ? undefined : member(value, next);
    if (target !== undefined && inside === undefined) {
      if (++hops > 100) return undefined;
      rest = [...partsOf(target), ...rest];
      at = '';
      value = root;
    } else if (next === undefined) {
      return { pointer: at, value };
    } else if (inside === undefined) {
      return undefined;
    } else {
      at = below(at, next);
      value = inside;
      rest = others;
    }
  }
}

/** The value at a pointer as it stands, no `$ref` followed. */
export function valueAt(root: Json, pointer: string): Json | undefined {
  return partsOf(pointer).reduce<Json | undefined>((value, part) => member(value, part), root);
}

/** The text of a property, or an empty one. */
export function textAt(value: unknown, name: string): string {
  const text = member(value, name);
  return typeof text === 'string' ? text : '';
}

/** The object itself, where a pointer leads to one; else what a reference on the way leads to. */
export function objectAt(
  root: JsonObject,
  pointer: string,
): { readonly pointer: string; readonly value: JsonObject } | undefined {
  const direct = valueAt(root, pointer);
  if (isObject(direct)) return { pointer, value: direct };
  const followed = follow(root, pointer);
  return followed !== undefined && isObject(followed.value)
    ? { pointer: followed.pointer, value: followed.value }
    : undefined;
}
