import { realpath } from 'node:fs/promises';
import { dirname, resolve, sep } from 'node:path';
import { HarnessError } from '../errors.ts';
import type { SpecPlace } from '../model.ts';
import { below, isObject, partsOf, pointerInFragment } from './pointer.ts';
import { isUrl, readText, urlOf } from './source-text.ts';
import { parseYaml, type YamlText } from './yaml.ts';

/** One file of a document: where it is, and its text. */
export interface SourceFile {
  readonly location: string;
  readonly yaml: YamlText;
}

/** The files of a document by location; the first is the document itself. */
export type Sources = ReadonlyMap<string, SourceFile>;

interface Reference {
  readonly from: SourceFile;
  readonly pointer: string;
  readonly ref: string;
}

const maxFiles = 500;
const maxNodes = 5_000_000;
const maxHops = 100;

/** Loads every file that the document refers to, if it may, and checks that every `$ref` leads somewhere. */
export async function loadReferences(
  main: SourceFile,
  options: { readonly allowExternalRefs: boolean },
): Promise<Sources> {
  const sources = new Map([[main.location, main]]);
  const references: Reference[] = [];
  // The map grows while it is read: files named by files are visited too.
  for (const from of sources.values()) {
    for (const reference of referencesIn(from)) {
      references.push(reference);
      const location = locationOf(reference);
      if (sources.has(location)) continue;
      if (sources.size >= maxFiles) throw refError(reference, `is one of more than ${maxFiles} files`);
      await assertAllowed({ reference, location, main, anywhere: options.allowExternalRefs });
      sources.set(location, await load(reference, location, options.allowExternalRefs));
    }
  }
  for (const reference of references) assertResolves(sources, reference);
  return sources;
}

/**
 * The place in the sources that a pointer of the bundled document stands for: where the walk meets a `$ref` to another
 * file, it goes on in that file.
 */
export function traceSource(sources: Sources, pointer: string): SpecPlace {
  const [main] = sources.values();
  if (main === undefined) return { file: '', pointer, line: 1 };
  return walk(sources, main, partsOf(pointer), { internal: false }).place;
}

function walk(
  sources: Sources,
  start: SourceFile,
  parts: readonly string[],
  ends: { readonly internal: boolean },
): { readonly place: SpecPlace; readonly found: boolean; readonly circular: boolean } {
  let file = start;
  let rest = parts;
  let path = parts;
  for (let hops = 0; ; hops++) {
    const step = file.yaml.trace(rest);
    const walked = path.slice(0, path.length - step.rest.length);
    const place = { file: file.yaml.file, pointer: below('', ...walked), line: step.line };
    const ended = step.rest.length === 0;
    const target = step.ref === undefined ? undefined : targetOf(sources, file, step.ref);
    const goesOn = target !== undefined && (!ended || ends.internal || target.file !== file || file !== start);
    if (!goesOn || hops > maxHops) return { place, found: ended, circular: hops > maxHops };
    file = target.file;
    rest = [...target.parts, ...step.rest];
    path = rest;
  }
}

function targetOf(
  sources: Sources,
  from: SourceFile,
  ref: string,
): { file: SourceFile; parts: readonly string[] } | undefined {
  const file = sources.get(locationOf({ from, ref }));
  const pointer = pointerInFragment(fragmentOf(ref));
  return file === undefined || pointer === undefined ? undefined : { file, parts: partsOf(pointer) };
}

function assertResolves(sources: Sources, reference: Reference): void {
  const target = targetOf(sources, reference.from, reference.ref);
  if (target === undefined) throw refError(reference, 'is not a JSON pointer');
  const end = walk(sources, target.file, target.parts, { internal: true });
  if (end.circular) throw refError(reference, 'leads in a circle, to no value');
  if (!end.found)
    throw refError(
      reference,
      `leads nowhere: ${end.place.file} has nothing below ${end.place.pointer || 'its top'} by that name`,
    );
}

/** Every `$ref` of a file that is meant as one; data in examples, defaults and enums is not. */
function* referencesIn(from: SourceFile): Iterable<Reference> {
  const open: { readonly value: unknown; readonly pointer: string; readonly names: boolean }[] = [
    { value: from.yaml.value, pointer: '', names: false },
  ];
  for (let nodes = 0; ; nodes++) {
    const node = open.pop();
    if (node === undefined) return;
    if (nodes > maxNodes)
      throw new HarnessError('E_DOCUMENT_TOO_LARGE', `${from.yaml.file} unfolds to more than ${maxNodes} values`);
    const { value, pointer, names } = node;
    if (Array.isArray(value)) {
      value.forEach((item: unknown, index) =>
        open.push({ value: item, pointer: below(pointer, String(index)), names: false }),
      );
    } else if (isObject(value)) {
      if (!names && typeof value['$ref'] === 'string') yield { from, pointer, ref: value['$ref'] };
      for (const [key, inner] of Object.entries(value)) {
        if (typeof inner !== 'object' || inner === null || (!names && holdsData(key, inner))) continue;
        open.push({ value: inner, pointer: below(pointer, key), names: !names && mapsOfNames.has(key) });
      }
    }
  }
}

const mapsOfNames = new Set([
  'properties',
  'patternProperties',
  '$defs',
  'definitions',
  'schemas',
  'examples',
  'dependentSchemas',
]);

function holdsData(key: string, value: unknown): boolean {
  if (key === 'examples') return Array.isArray(value);
  return (
    ['example', 'default', 'enum', 'const', 'value', 'mapping'].includes(key) ||
    (key.startsWith('x-') && key !== 'x-enum')
  );
}

function locationOf({ from, ref }: Pick<Reference, 'from' | 'ref'>): string {
  const file = ref.split('#', 1)[0] ?? '';
  if (file === '') return from.location;
  if (isUrl(file)) return urlOf(file)?.href ?? file;
  if (isUrl(from.location)) return urlOf(file, from.location)?.href ?? file;
  return resolve(dirname(from.location), decoded(file));
}

function fragmentOf(ref: string): string {
  const at = ref.indexOf('#');
  return at < 0 ? '' : ref.slice(at + 1);
}

async function assertAllowed(asked: {
  reference: Reference;
  location: string;
  main: SourceFile;
  anywhere: boolean;
}): Promise<void> {
  const { reference, location, main, anywhere } = asked;
  if (isUrl(main.location)) {
    // Even when anything goes, a document from the network does not get to read files of this machine.
    if (!isUrl(location)) throw outside(reference, 'is neither http nor https', false);
    if (!anywhere && new URL(location).origin !== new URL(main.location).origin) {
      throw outside(reference, `is not at the document's own origin, ${new URL(main.location).origin}`, true);
    }
    return;
  }
  if (anywhere) return;
  if (isUrl(location)) throw outside(reference, 'is on the network, and the document is a file', true);
  // Symbolic links are followed first: a link inside the folder may lead out of it.
  const [folder, target] = [await realpath(dirname(main.location)), await realpath(location).catch(() => location)];
  const inside = target.startsWith(folder.endsWith(sep) ? folder : folder + sep);
  if (!inside) throw outside(reference, `is outside the document's own folder`, true);
}

async function load(reference: Reference, location: string, anywhere: boolean): Promise<SourceFile> {
  try {
    const label = labelOf(reference, location);
    const { text } = await readText(location, { redirects: anywhere });
    return { location, yaml: parseYaml(text, label) };
  } catch (cause) {
    if (!(cause instanceof HarnessError) || cause.code === 'E_YAML') throw cause;
    throw refError(reference, `cannot be followed: ${cause.message}`, cause);
  }
}

/** Relative names stay relative to what the user typed, so that they can be opened from where the user is. */
function labelOf({ from, ref }: Reference, location: string): string {
  if (isUrl(location)) return location;
  const file = decoded(ref.split('#', 1)[0] ?? '');
  if (file.startsWith('/')) return file;
  const folder = dirname(from.yaml.file);
  return folder === '.' ? file.replace(/^\.\//, '') : `${folder}/${file.replace(/^\.\//, '')}`;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function refError(reference: Reference, why: string, cause?: unknown): HarnessError {
  return new HarnessError('E_REF', `${whereIs(reference)}: the $ref ${JSON.stringify(reference.ref)} ${why}`, {
    hint: 'Correct the reference, or add what it refers to.',
    ...(cause === undefined ? {} : { cause }),
  });
}

function outside(reference: Reference, why: string, allowable: boolean): HarnessError {
  return new HarnessError('E_REF_OUTSIDE', `${whereIs(reference)}: the $ref ${JSON.stringify(reference.ref)} ${why}`, {
    hint: allowable
      ? 'Where you trust the document, let it read from there with --allow-external-refs.'
      : 'Bundle the document into one file first.',
  });
}

function whereIs({ from, pointer }: Reference): string {
  const place = from.yaml.placeOf(below(pointer, '$ref'));
  return `${place.file}:${place.line}`;
}
