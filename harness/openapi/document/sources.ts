import { shownUrl } from '../../core/text/shown-url.ts';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import type { SpecPlace } from '../../model/document.ts';
import { below, partsOf, pointerInFragment } from './pointer.ts';
import { isUrl, urlOf } from './source-text.ts';
import type { YamlText } from './yaml.ts';

/** One file of a document: where it is, and its text. */
export interface SourceFile {
  /** An absolute path or a URL. */
  readonly location: string;
  readonly yaml: YamlText;
}

/** The files of a document by location; the first is the document itself. */
export type Sources = ReadonlyMap<string, SourceFile>;

/** A `$ref` as it is written in a file. */
export interface Reference {
  readonly from: SourceFile;
  /** The pointer of the object that holds it. */
  readonly pointer: string;
  readonly ref: string;
}

/** Where a walk through the files ended; `missing` is the first pointer that is not there. */
interface Walk {
  readonly place: () => SpecPlace;
  readonly missing?: string;
  /** The scalar that the walk ended at, as it is written. */
  readonly written: () => string | undefined;
  readonly circular: boolean;
}

const maxHops = 100;

/**
 * The place in the sources that a pointer of the bundled document stands for: where the walk meets a `$ref` to another
 * file, it goes on in that file.
 */
export function traceSource(sources: Sources, pointer: string): SpecPlace {
  const [main] = sources.values();
  if (main === undefined) return { file: '', pointer, line: 1 };
  return walk(sources, { file: main, parts: partsOf(pointer) }, 'stay at a reference within the file').place();
}

/** The scalar at a pointer of the bundled document as its source writes it: a number with all its digits. */
export function traceWritten(sources: Sources, pointer: string): string | undefined {
  const [main] = sources.values();
  if (main === undefined) return undefined;
  return walk(sources, { file: main, parts: partsOf(pointer) }, 'stay at a reference within the file').written();
}

/** Follows a reference to its end, through further references. */
export function traceReference(sources: Sources, reference: Reference): Walk | undefined {
  const target = targetOf(sources, reference);
  return target === undefined ? undefined : walk(sources, target, 'follow every reference');
}

function walk(
  sources: Sources,
  start: Target,
  atTheEnd: 'follow every reference' | 'stay at a reference within the file',
): Walk {
  let { file, parts: path } = start;
  for (let hops = 0; ; hops++) {
    const { yaml } = file;
    const { line, rest, ref, written } = yaml.trace(path);
    const pointer = below('', ...path.slice(0, path.length - rest.length));
    const [missing] = rest;
    const target = ref === undefined ? undefined : targetOf(sources, { from: file, ref });
    const stays =
      missing === undefined &&
      atTheEnd === 'stay at a reference within the file' &&
      file === start.file &&
      target?.file === file;
    if (target === undefined || stays || hops > maxHops) {
      const lacks = missing === undefined ? {} : { missing: below(pointer, missing) };
      const place = (): SpecPlace => ({ file: yaml.file, pointer, line: line() });
      return { place, circular: hops > maxHops, ...lacks, written };
    }
    file = target.file;
    path = [...target.parts, ...rest];
  }
}

interface Target {
  readonly file: SourceFile;
  readonly parts: readonly string[];
}

function targetOf(sources: Sources, { from, ref }: Pick<Reference, 'from' | 'ref'>): Target | undefined {
  const file = sources.get(locationOf({ from, ref }));
  const pointer = pointerInFragment(splitRef(ref).fragment);
  return file === undefined || pointer === undefined ? undefined : { file, parts: partsOf(pointer) };
}

/** The absolute path or URL of the file that a reference names. */
export function locationOf({ from, ref }: Pick<Reference, 'from' | 'ref'>): string {
  const { file } = splitRef(ref);
  if (file === '') return from.location;
  if (isUrl(file)) return urlOf(file)?.href ?? file;
  if (isUrl(from.location)) return urlOf(file, from.location)?.href ?? file;
  return resolve(dirname(from.location), decoded(file));
}

/** Names files as the user would: relative to what was typed, so that they open from where the user is. */
export function labelOf({ from, ref }: Pick<Reference, 'from' | 'ref'>, location: string): string {
  if (isUrl(location)) return shownUrl(location);
  const file = decoded(splitRef(ref).file);
  return isAbsolute(file) ? file : join(dirname(from.yaml.file), file);
}

function splitRef(ref: string): { readonly file: string; readonly fragment: string } {
  const at = ref.indexOf('#');
  return at < 0 ? { file: ref, fragment: '' } : { file: ref.slice(0, at), fragment: ref.slice(at + 1) };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
