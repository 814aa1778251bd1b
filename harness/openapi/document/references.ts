import { realpath } from 'node:fs/promises';
import { dirname, sep } from 'node:path';
import { HarnessError } from '../../core/errors.ts';
import type { BrokenReference } from './broken-references.ts';
import { below, isObject, textAt } from './pointer.ts';
import { holdsData, mapsOfNames } from './reference-places.ts';
import { resolveSchemaIds } from './schema-ids.ts';
import { isUrl, readText } from './source-text.ts';
import { labelOf, locationOf, type Reference, type SourceFile, type Sources, traceReference } from './sources.ts';
import { parseYaml } from './yaml.ts';

const maxFiles = 500;
const maxNodes = 2_000_000;
const maxDepth = 500;

interface Rules {
  readonly main: SourceFile;
  readonly allowExternalRefs: boolean;
}

/**
 * Loads every file that the document refers to, if it may, and lists each `$ref` that leads nowhere. A reference that
 * must not be followed is refused, wherever it stands.
 */
export async function loadReferences(
  rules: Rules,
): Promise<{ readonly sources: Sources; readonly broken: readonly BrokenReference[] }> {
  const sources = new Map([[rules.main.location, rules.main]]);
  const references: Reference[] = [];
  const unread = new Map<string, HarnessError>();
  // In OpenAPI 3.0 schemas have no `$id`.
  const hasSchemaIds = !textAt(rules.main.yaml.value, 'openapi').startsWith('3.0');
  // The map grows while it is read: files named by files are visited too.
  for (const from of sources.values()) {
    if (hasSchemaIds && isObject(from.yaml.value)) resolveSchemaIds(from.yaml.value, from.location);
    for (const reference of referencesIn(from)) {
      references.push(reference);
      const location = locationOf(reference);
      if (sources.has(location) || unread.has(location)) continue;
      if (sources.size + unread.size >= maxFiles) throw refError(reference, `is one of more than ${maxFiles} files`);
      await assertAllowed(reference, location, rules);
      const file = await load(reference, location, rules);
      if (file instanceof HarnessError) unread.set(location, file);
      else sources.set(location, file);
    }
  }
  const broken = references.flatMap((reference) => {
    const error = problemOf(reference, sources, unread);
    return error === undefined ? [] : [{ reference, error }];
  });
  return { sources, broken };
}

/** Every `$ref` of a file that is meant as one, in its order; data in examples, defaults and enums is not. */
function referencesIn(from: SourceFile): readonly Reference[] {
  const found: Reference[] = [];
  let nodes = 0;
  const visit = (value: unknown, pointer: string, at: { readonly depth: number; readonly names: boolean }): void => {
    if (++nodes > maxNodes || at.depth > maxDepth) throw tooMuch(from);
    const depth = at.depth + 1;
    if (Array.isArray(value)) {
      for (const [index, item] of value.entries()) visit(item, below(pointer, String(index)), { depth, names: false });
    } else if (isObject(value)) {
      if (typeof value['$ref'] === 'string') found.push({ from, pointer, ref: value['$ref'] });
      for (const [key, inner] of Object.entries(value)) {
        if (typeof inner !== 'object' || inner === null || (!at.names && holdsData(key, inner))) continue;
        visit(inner, below(pointer, key), { depth, names: !at.names && mapsOfNames.has(key) });
      }
    }
  };
  visit(from.yaml.value, '', { depth: 0, names: false });
  return found;
}

async function assertAllowed(reference: Reference, location: string, rules: Rules): Promise<void> {
  const home = rules.main.location;
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(reference.ref)?.[1]?.toLowerCase();
  if (scheme !== undefined && scheme !== 'http' && scheme !== 'https') {
    throw outside(reference, `is a URL with the scheme ${scheme}; paths, http and https are read`, 'never');
  }
  if (isUrl(home)) {
    // Even where anything else goes, a document from the network does not get to read files of this machine.
    if (!isUrl(location)) throw outside(reference, 'is neither http nor https', 'never');
    const { origin } = new URL(home);
    if (!rules.allowExternalRefs && new URL(location).origin !== origin) {
      throw outside(reference, `is not at the document's own origin, ${origin}`, 'if trusted');
    }
    return;
  }
  if (rules.allowExternalRefs) return;
  if (isUrl(location)) throw outside(reference, 'is on the network, and the document is a file', 'if trusted');
  // Symbolic links are followed first: a link inside the folder may lead out of it.
  const folder = await realpath(dirname(home));
  const target = await realpath(location).catch(() => location);
  const inside = target.startsWith(folder.endsWith(sep) ? folder : folder + sep);
  if (!inside) throw outside(reference, "is outside the document's own folder", 'if trusted');
}

/** The file, or why it cannot be read. */
async function load(reference: Reference, location: string, rules: Rules): Promise<SourceFile | HarnessError> {
  try {
    // A redirect could lead to another origin.
    const { text } = await readText(location, { redirects: rules.allowExternalRefs });
    return { location, yaml: parseYaml(text, labelOf(reference, location)) };
  } catch (cause) {
    if (!(cause instanceof HarnessError) || cause.code === 'E_YAML') throw cause;
    return cause;
  }
}

function problemOf(
  reference: Reference,
  sources: Sources,
  unread: ReadonlyMap<string, HarnessError>,
): HarnessError | undefined {
  const cause = unread.get(locationOf(reference));
  if (cause !== undefined) return refError(reference, `cannot be followed: ${cause.message}`, cause);
  const end = traceReference(sources, reference);
  if (end === undefined) return refError(reference, 'is not a JSON pointer such as #/components/schemas/Name');
  if (end.circular) return refError(reference, 'leads in a circle, to no value');
  if (end.missing !== undefined) {
    return refError(reference, `leads nowhere: ${end.place().file} has no ${end.missing}`);
  }
  return undefined;
}

function refError(reference: Reference, why: string, cause?: unknown): HarnessError {
  return new HarnessError('E_REF', `${whereIs(reference)}: the $ref ${JSON.stringify(reference.ref)} ${why}`, {
    hint: 'Correct the reference, or add what it refers to.',
    ...(cause === undefined ? {} : { cause }),
  });
}

function outside(reference: Reference, why: string, allowed: 'if trusted' | 'never'): HarnessError {
  return new HarnessError('E_REF_OUTSIDE', `${whereIs(reference)}: the $ref ${JSON.stringify(reference.ref)} ${why}`, {
    hint:
      allowed === 'if trusted'
        ? 'If you trust the document, let it read from there with --allow-external-refs.'
        : 'Bundle the document into one file first.',
  });
}

function tooMuch({ yaml }: SourceFile): HarnessError {
  return new HarnessError('E_DOCUMENT_TOO_LARGE', `${yaml.file} unfolds to more or deeper values than can be read`, {
    hint: 'Look for a YAML alias (`*name`) inside the value that it names.',
  });
}

function whereIs({ from, pointer }: Reference): string {
  const place = from.yaml.placeOf(below(pointer, '$ref'));
  return `${place.file}:${place.line}`;
}
