import type { Json, JsonObject } from '../model/document.ts';
import { below, follow, isObject } from '../openapi/document/pointer.ts';
import type { Sides } from './change.ts';

/** What describes a schema and asks for nothing. */
const remarks = new Set([
  'description',
  'summary',
  'title',
  'example',
  'examples',
  'externalDocs',
  'deprecated',
  '$ref',
]);

export function isRemark(key: string): boolean {
  return remarks.has(key) || (key.startsWith('x-') && key !== 'x-enum');
}

/** Whether two parts of documents ask for the same: `$ref`s followed, remarks and the keys in `without` left out. */
export function sameMeaning(sides: Sides, without: readonly string[] = []): boolean {
  return same({ sides, without, seen: new Set() });
}

function same({
  sides: { before, after },
  without,
  seen,
}: {
  readonly sides: Sides;
  readonly without: readonly string[];
  readonly seen: Set<string>;
}): boolean {
  const was = found(before);
  const is = found(after);
  if (was === undefined || is === undefined) return was === is;
  const pair = `${was.pointer}\n${is.pointer}`;
  if (seen.has(pair)) return true;
  seen.add(pair);
  if (!isNested(was.value) || !isNested(is.value)) return JSON.stringify(was.value) === JSON.stringify(is.value);
  if (Array.isArray(was.value) !== Array.isArray(is.value)) return false;
  const keys = [was.value, is.value].map((value) => Object.keys(value).filter((key) => counts(value, key, without)));
  const [mine = [], others = []] = keys;
  if (mine.length !== others.length || !mine.every((key) => others.includes(key))) return false;
  return mine.every((key) =>
    same({
      sides: {
        before: { document: before.document, pointer: below(was.pointer, key) },
        after: { document: after.document, pointer: below(is.pointer, key) },
      },
      without,
      seen,
    }),
  );
}

function counts(holder: JsonObject | readonly Json[], key: string, without: readonly string[]): boolean {
  return Array.isArray(holder) || (!isRemark(key) && !without.includes(key));
}

function isNested(value: Json): value is JsonObject | readonly Json[] {
  return isObject(value) || Array.isArray(value);
}

function found({ document, pointer }: Sides['before']): { readonly pointer: string; readonly value: Json } | undefined {
  return pointer === undefined ? undefined : follow(document.root, pointer);
}
