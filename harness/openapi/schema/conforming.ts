import { HarnessError } from '../../core/errors.ts';
import type { Json, JsonObject, OasDocument } from '../../model/document.ts';
import { follow, isObject, partsOf } from '../document/pointer.ts';
import type { Direction } from './dialect/omitted-names.ts';
import { patternText } from './pattern-text.ts';
import { issuesOfJson, type SchemaIssue } from './schema.ts';

/** Each round mends what the one before has shown; alternatives may show new departures. */
const mostRounds = 8;

/**
 * The value, changed until it fits its schema: a text of a format that the sampler does not know, or that has a pattern, is replaced, and what is
 * optional and cannot be mended is left out. A value that cannot be mended is given back as it came.
 */
export function conforming(
  document: OasDocument,
  pointer: string,
  { value, direction }: { readonly value: Json; readonly direction: Direction },
): Json {
  let mended = value;
  for (let round = 0; round < mostRounds; round += 1) {
    const issues = issuesOf(document, pointer, { value: mended, direction });
    if (issues.length === 0) return mended;
    const next = issues.reduce((each, issue) => mend(document, each, issue), mended);
    if (next === mended) break;
    mended = next;
  }
  return issuesOf(document, pointer, { value: mended, direction }).length === 0 ? mended : value;
}

/** A schema that cannot be used is reported by the checks that use it; a sample of it is as good as any. */
function issuesOf(
  document: OasDocument,
  pointer: string,
  given: { readonly value: Json; readonly direction: Direction },
): readonly SchemaIssue[] {
  try {
    return issuesOfJson({ document, pointer, ...given, digits: new Map() });
  } catch (thrown) {
    if (thrown instanceof HarnessError) return [];
    throw thrown;
  }
}

function mend(document: OasDocument, value: Json, { path, keyword, expected, at }: SchemaIssue): Json {
  const text = keyword === 'pattern' ? textFor(document, at.pointer) : undefined;
  if (text !== undefined) return path === '' ? text : changed(value, partsOf(path), () => text);
  const format = keyword === 'format' ? Object.keys(texts).find((name) => expected.includes(name)) : undefined;
  if (format !== undefined) return changed(value, partsOf(path), () => texts[format]);
  if (keyword === 'uniqueItems') return changed(value, partsOf(path), distinct);
  return path === '' ? value : changed(value, partsOf(path), () => undefined);
}

/** A text for the schema that has this `pattern`. */
function textFor(document: OasDocument, pattern: string): string | undefined {
  const schema = follow(document.root, pattern.replace(/\/[^/]*$/, ''))?.value;
  const given = isObject(schema) ? schema : {};
  const { pattern: expression, minLength, maxLength } = given;
  if (typeof expression !== 'string') return undefined;
  return patternText(expression, {
    ...(typeof minLength === 'number' ? { least: minLength } : {}),
    ...(typeof maxLength === 'number' ? { most: maxLength } : {}),
  });
}

/** Texts of the formats that the sampler writes as any other string. */
const texts: Readonly<Record<string, string>> = {
  base64url: 'c2FtcGxl',
  byte: 'c2FtcGxl',
  duration: 'P1D',
  'json-pointer': '/sample',
  'date-time': '2019-08-24T14:15:22Z',
  date: '2019-08-24',
  time: '14:15:22Z',
  email: 'user@example.com',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  'uri-template': 'https://example.com/{sample}',
  uri: 'https://example.com',
  uuid: '497f6eca-6276-4993-bfeb-53cbbbba6f08',
  regex: '^sample$',
};

function distinct(value: Json): Json {
  if (!Array.isArray(value)) return value;
  const items: readonly Json[] = value;
  const seen = new Set<string>();
  return items.filter((item) => {
    const text = JSON.stringify(item);
    return seen.has(text) ? false : seen.add(text);
  });
}

/** The value with one part of it changed, or taken out where the change gives nothing. */
export function changed(value: Json, path: readonly string[], change: (part: Json) => Json | undefined): Json {
  const [name, ...rest] = path;
  if (name === undefined) return change(value) ?? value;
  if (Array.isArray(value)) {
    const items: readonly Json[] = value;
    const at = Number(name);
    const item = items[at];
    if (item === undefined) return items;
    if (rest.length > 0) return replaced(items, at, changed(item, rest, change));
    const other = change(item);
    return other === undefined ? items.filter((_, place) => place !== at) : replaced(items, at, other);
  }
  if (!isObject(value) || !Object.hasOwn(value, name)) return value;
  const item = value[name];
  if (item === undefined) return value;
  const other = rest.length > 0 ? changed(item, rest, change) : change(item);
  return other === undefined ? without(value, name) : { ...value, [name]: other };
}

function without(value: JsonObject, name: string): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== name));
}

function replaced(items: readonly Json[], at: number, item: Json): readonly Json[] {
  return items.map((each, place) => (place === at ? item : each));
}
