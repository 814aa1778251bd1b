import { parsedJson } from '../../core/parsed-json.ts';
import { isObject } from '../../openapi/document/pointer.ts';

/**
 * Whether a body shows a resource that bears one of the marks: a value that was made for one request alone. `id`: what names
 * the resource; where the body says it, the mark must stand in the same object, for a body may show several resources.
 */
export function bearsMark(
  body: string,
  { id, marks }: { readonly id?: string; readonly marks: readonly string[] },
): boolean {
  const bears = (value: unknown): boolean => textsIn(value).some((text) => marks.some((mark) => text.includes(mark)));
  const value = parsedJson(body);
  if (value === undefined) return bears(body);
  const holders = id === undefined ? [] : objectsIn(value).filter((each) => holds(each, id));
  return holders.length === 0 ? isObject(value) && bears(value) : holders.some(bears);
}

function holds(object: Readonly<Record<string, unknown>>, id: string): boolean {
  return Object.values(object).some(
    (each) => (typeof each === 'string' || typeof each === 'number') && `${each}` === id,
  );
}

function objectsIn(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (typeof value !== 'object' || value === null) return [];
  const below = Object.values(value as Readonly<Record<string, unknown>>).flatMap(objectsIn);
  return isObject(value) ? [value, ...below] : below;
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value as Readonly<Record<string, unknown>>).flatMap(textsIn);
}
