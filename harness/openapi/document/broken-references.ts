import { randomUUID } from 'node:crypto';
import type { HarnessError } from '../../core/errors.ts';
import type { Json } from '../../model/document.ts';
import { below, isObject, valueAt } from './pointer.ts';
import type { Reference, SourceFile } from './sources.ts';

/** A `$ref` that leads to no value, and the error that says so. */
export interface BrokenReference {
  readonly reference: Reference;
  readonly error: HarnessError;
}

/** A broken reference by its pointers in the bundled document: none where no part of the document uses it. */
export interface PlacedReference {
  readonly pointers: readonly string[];
  readonly error: HarnessError;
}

/** No document can have it as a key of its own. */
const mark = `x-broken-reference-${randomUUID()}`;

/** The content of a file with its broken references replaced by marks, since the bundler stops at such a reference. */
export function withMarks(file: SourceFile, broken: readonly BrokenReference[]): Json {
  const copy = structuredClone(file.yaml.value) as Json;
  for (const [index, { reference }] of broken.entries()) {
    if (reference.from !== file) continue;
    const holder = valueAt(copy, reference.pointer);
    if (!isObject(holder)) continue;
    Reflect.deleteProperty(holder, '$ref');
    Reflect.set(holder, mark, index);
  }
  return copy;
}

/** Where the marks came to stand in the bundled document; they are taken out of it. */
export function takeMarks(root: unknown, broken: readonly BrokenReference[]): readonly PlacedReference[] {
  if (broken.length === 0) return [];
  const holders: object[] = [];
  const pointers = broken.map((): string[] => []);
  const open: { readonly value: unknown; readonly pointer: string }[] = [{ value: root, pointer: '' }];
  for (let part = open.pop(); part !== undefined; part = open.pop()) {
    const { value, pointer } = part;
    if (typeof value !== 'object' || value === null) continue;
    if (isObject(value) && Object.hasOwn(value, mark)) {
      pointers[Number(value[mark])]?.push(pointer);
      holders.push(value);
    }
    for (const [key, inner] of Object.entries(value)) open.push({ value: inner, pointer: below(pointer, key) });
  }
  // Two places may share one object, which has its mark until both are found.
  for (const holder of holders) Reflect.deleteProperty(holder, mark);
  return broken.map(({ error }, index) => ({ error, pointers: pointers[index] ?? [] }));
}
