import type { Json, JsonObject, MediaType, OasDocument } from '../../../model/document.ts';
import { isObject, member, partsOf } from '../../../openapi/document/pointer.ts';
import { changed } from '../../../openapi/schema/conforming.ts';
import { type SchemaIssue, schemaIssues } from '../../../openapi/schema/schema.ts';
import { sampleOf } from '../../../openapi/schema/sample.ts';
import { baseBody, conforms } from '../answer/base-body.ts';
import type { ResourceRecord } from './records.ts';
import { withPages } from '../paging/page-body.ts';
import type { Page } from '../paging/page.ts';
import type { ResourceKind } from './structure.ts';
import { itemsAt, placeOfSchema, propertiesAt, withoutWriteOnly } from '../../../openapi/schema/schema-parts.ts';
import { wrapperAt } from './wrapper.ts';

/** A body about resources, and the part of it that is about one resource. */
interface Representation {
  readonly body: Json;
  /** What the body says about the resource. */
  readonly said: JsonObject;
}

/**
 * A body of a media type that shows a resource: what is known of it, and for the rest what the document gives as an
 * example. Undefined where the schema has no place for it.
 */
export function representation(
  document: OasDocument,
  media: MediaType,
  record: ResourceRecord,
): Representation | undefined {
  const base = baseBody(document, media).value;
  if (media.schema === undefined) return { body: record.value, said: record.value };
  if (!isObject(base)) return undefined;
  const place = placeOfResource(document, media.schema, { base, record });
  if (place === undefined) return undefined;
  const { schema, inside } = place;
  const part = inside === undefined ? base : base[inside];
  const shown = merged(document, schema, { base: isObject(part) ? part : {}, record });
  if (shown === undefined) return undefined;
  const body = inside === undefined ? shown : { ...base, [inside]: shown };
  return conforms(document, media, body) ? { body, said: shown } : undefined;
}

/** A body that lists resources, or undefined where the schema has no place for a list. */
export function listing(
  document: OasDocument,
  media: MediaType,
  { kind, page }: { readonly kind: ResourceKind; readonly page: Page<ResourceRecord> },
): Json | undefined {
  const { items: records } = page;
  const { schema } = media;
  if (schema === undefined) return records.map(({ value }) => value);
  const base = baseBody(document, media).value;
  const direct = itemsAt(document, schema);
  if (Array.isArray(base) && direct !== undefined) {
    const list = shownIn(document, direct, { base: base[0] as Json | undefined, records });
    return conforms(document, media, list) ? list : undefined;
  }
  if (!isObject(base)) return undefined;
  const inside = propertyOfList(document, schema, { base, kind });
  if (inside === undefined) return undefined;
  const part = base[inside.name];
  const first = Array.isArray(part) ? (part[0] as Json | undefined) : undefined;
  const list = shownIn(document, inside.items, { base: first, records });
  const body = { ...base, [inside.name]: list };
  const paged = withPages(document, schema, { body, page });
  return [paged, body].find((each) => conforms(document, media, each));
}

function shownIn(
  document: OasDocument,
  items: string,
  given: { readonly base: Json | undefined; readonly records: readonly ResourceRecord[] },
): readonly Json[] {
  if (given.records.length === 0) return [];
  const base = isObject(given.base) ? given.base : objectOf(sampleOf(document, items));
  return given.records.map((record) => merged(document, items, { base, record }) ?? base);
}

function objectOf(value: Json): JsonObject {
  return isObject(value) ? value : {};
}

/** Where in a body the resource is: the whole of it, or one property such as `data`. */
function placeOfResource(
  document: OasDocument,
  schema: string,
  { base, record }: { readonly base: JsonObject; readonly record: ResourceRecord },
): { readonly schema: string; readonly inside?: string } | undefined {
  const { kind } = record;
  const own = placeOfSchema(document, schema);
  const properties = propertiesAt(document, schema);
  const inner = [...properties].find(
    ([, at]) => kind.schema !== undefined && placeOfSchema(document, at) === kind.schema,
  );
  if (own !== kind.schema && inner !== undefined) return { schema: inner[1], inside: inner[0] };
  const names = Object.keys(record.value);
  const shared = names.filter((name) => properties.has(name) || Object.hasOwn(base, name)).length;
  if (shared > 0) return { schema };
  const wrapped = [...properties].find(([name, at]) => {
    const known = propertiesAt(document, at);
    return isObject(base[name]) && names.some((each) => known.has(each));
  });
  if (wrapped !== undefined) return { schema: wrapped[1], inside: wrapped[0] };
  if (own === kind.schema) return { schema };
  const wrapper = wrapperAt(document, schema);
  return wrapper === undefined ? undefined : { schema: wrapper.schema, inside: wrapper.name };
}

/** The property of a body that is the list of resources, with the pointer of the schema of its items. */
function propertyOfList(
  document: OasDocument,
  schema: string,
  { base, kind }: { readonly base: JsonObject; readonly kind: ResourceKind },
): { readonly name: string; readonly items: string } | undefined {
  const lists = [...propertiesAt(document, schema)].flatMap(([name, at]) => {
    const items = itemsAt(document, at);
    return items === undefined ? [] : [{ name, items }];
  });
  return (
    lists.find(({ items }) => kind.schema !== undefined && placeOfSchema(document, items) === kind.schema) ??
    lists.find(({ name }) => name === kind.collection) ??
    lists.find(({ name }) => /^(data|items|results|values|list|entries)$/i.test(name)) ??
    lists.find(({ name }) => Array.isArray(base[name])) ??
    lists[0]
  );
}

/**
 * The example with what is known of the resource in its place; what then breaks the schema stays as the example has it. Undefined where
 * that cannot be made to fit.
 */
function merged(
  document: OasDocument,
  schema: string,
  { base, record }: { readonly base: JsonObject; readonly record: ResourceRecord },
): JsonObject | undefined {
  const properties = propertiesAt(document, schema);
  const { value, writable } = record;
  // What its maker could have sent and did not is not there, whatever the example has.
  const unsent = (name: string): boolean => writable.has(name) && !Object.hasOwn(value, name);
  const kept = Object.entries(base).filter(([name]) => !unsent(name));
  const known = Object.entries(value)
    .filter(([name]) => properties.has(name) || Object.hasOwn(base, name))
    .map(([name, each]) => [name, withoutWriteOnly(document, properties.get(name), each)] as const);
  let shown: JsonObject = Object.fromEntries([...kept, ...known]);
  for (let round = 0; round < 4; round += 1) {
    const issues = schemaIssues(document, schema, shown);
    if (issues.length === 0) return shown;
    shown = issues.reduce((each, issue) => mended(each, issue, base), shown);
  }
  return undefined;
}

/** The object with what the example has in the place of what an issue is about. */
function mended(shown: JsonObject, { path, keyword, expected, message }: SchemaIssue, base: JsonObject): JsonObject {
  const parts = partsOf(path);
  if (keyword !== 'required') return restored(shown, parts[0], base);
  if (parts.length === 0) return restored(shown, missingName(base, expected, message), base);
  // What is required within a part that was sent, such as the name of an author of whom the id was sent.
  const own = parts.reduce<Json | undefined>((part, name) => member(part, name), base);
  if (!isObject(own)) return restored(shown, parts[0], base);
  return objectOf(changed(shown, parts, (part) => ({ ...own, ...objectOf(part) })));
}

/** The name that a message about a missing property is about, of those that the example has. */
function missingName(base: JsonObject, expected: string, message: string): string | undefined {
  const words = new Set(`${expected} ${message}`.match(/[^\s"'`,]+/g) ?? []);
  return Object.keys(base).find((name) => words.has(name));
}

function restored(shown: JsonObject, name: string | undefined, base: JsonObject): JsonObject {
  if (name === undefined) return shown;
  const [sent, own] = [shown[name], base[name]];
  // What is said of an object in part, such as the id of a user, stays as it was sent.
  if (isObject(sent) && isObject(own) && Object.keys(own).some((each) => !Object.hasOwn(sent, each)))
    return { ...shown, [name]: { ...own, ...sent } };
  if (Object.hasOwn(base, name)) return { ...shown, [name]: base[name] as Json };
  return Object.fromEntries(Object.entries(shown).filter(([each]) => each !== name));
}
