import { HarnessError } from '../../core/errors.ts';
import type { Json, JsonObject, OasDocument } from '../../model/document.ts';
import { follow, isObject, member, partsOf, valueAt } from '../document/pointer.ts';
import type { Direction } from './dialect/omitted-names.ts';
import { alternativesOf } from './alternatives.ts';
import { patternText } from './pattern-text.ts';
import { issuesOfJson, type SchemaIssue } from './schema.ts';

/** Each round corrects what the one before has shown; alternatives may show new departures. */
const mostRounds = 8;

/**
 * The value, changed until it fits its schema: a text of a format that the sampler does not know, or that has a pattern, is replaced, and what is
 * optional and cannot be corrected is left out. A value that cannot be corrected is given back as it came.
 */
export function conforming(document: OasDocument, pointer: string, given: Given): Json {
  const { value, direction } = given;
  let mended = value;
  for (let round = 0; round < mostRounds; round += 1) {
    const issues = issuesOf(document, pointer, { value: mended, direction });
    if (issues.length === 0) return mended;
    const next = issues.reduce((each, issue) => mend({ document, pointer, ...given, value: each }, issue), mended);
    if (next === mended) break;
    mended = next;
  }
  return issuesOf(document, pointer, { value: mended, direction }).length === 0 ? mended : value;
}

interface Given {
  readonly value: Json;
  readonly direction: Direction;
  /** A plain sample of another schema, such as an alternative of `oneOf`. */
  readonly sample: (pointer: string) => Json;
  /** How many alternatives within each other led here. */
  readonly depth?: number;
}

const deepest = 3;

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

type Mending = Given & { readonly document: OasDocument; readonly pointer: string };

function mend(given: Mending, issue: SchemaIssue): Json {
  const { document, value } = given;
  const { path, keyword, expected, at } = issue;
  const alternative = keyword === 'oneOf' || keyword === 'anyOf' ? withAlternative(given, issue) : undefined;
  if (alternative !== undefined) return alternative;
  const first = keyword === 'enum' || keyword === 'const' ? allowedValue(document, at.pointer) : undefined;
  if (first !== undefined) return changed(value, partsOf(path), () => first);
  const text = keyword === 'pattern' ? textFor(document, at.pointer) : undefined;
  if (text !== undefined) return path === '' ? text : changed(value, partsOf(path), () => text);
  const format = keyword === 'format' ? Object.keys(texts).find((name) => expected.includes(name)) : undefined;
  if (format !== undefined) return changed(value, partsOf(path), () => texts[format]);
  if (keyword === 'uniqueItems') return changed(value, partsOf(path), distinct);
  return path === '' ? value : changed(value, partsOf(path), () => undefined);
}

/** The value with a part that fits an alternative in the place of one that fits none of them, or too many. */
function withAlternative(given: Mending, { path, keyword, at }: SchemaIssue): Json | undefined {
  const { document, pointer, value, direction, sample, depth = 0 } = given;
  if (depth >= deepest) return undefined;
  const own = partsOf(path);
  const part = partAt(value, own);
  for (const { branch, claim } of alternativesOf(document, at.pointer)) {
    for (const start of part === undefined ? [sample(branch)] : [part, sample(branch)]) {
      const fitting = conforming(document, branch, { value: start, direction, sample, depth: depth + 1 });
      const whole = isObject(fitting) ? { ...(isObject(part) ? part : {}), ...fitting, ...claim } : fitting;
      for (const candidate of [whole, fitting]) {
        const next = changed(value, own, () => candidate);
        const left = issuesOf(document, pointer, { value: next, direction });
        if (!left.some((issue) => issue.path === path && issue.keyword === keyword)) return next;
      }
    }
  }
  return undefined;
}

function partAt(value: Json, path: readonly string[]): Json | undefined {
  return path.reduce<Json | undefined>((part, name) => member(part, name), value);
}

/** A value that the `enum` or `const` at a pointer allows. */
function allowedValue(document: OasDocument, pointer: string): Json | undefined {
  const allowed = valueAt(document.root, pointer);
  return Array.isArray(allowed) && pointer.endsWith('/enum') ? (allowed as readonly Json[])[0] : allowed;
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
