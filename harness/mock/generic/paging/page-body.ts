import type { Json, JsonObject, OasDocument } from '../../../model/document.ts';
import { schemaIssues } from '../../../openapi/schema/schema.ts';
import { isObject } from '../../reply/reply.ts';
import type { Page } from './page.ts';
import { propertiesAt, typesAt } from '../../../openapi/schema/schema-parts.ts';

const ofPages = /pagin|next|cursor|more|prev/i;
const holders = /pagin|page|meta|cursor/i;
const tokens =
  /^(next|next_?(page_?)?(token|cursor)|cursor|pagination_?token|page_?token|continuation_?token|end_?cursor)$/i;
const more = /^(has_?more|has_?next(_?page)?|more)$/i;

/** The body of a list with what it says of its pages: how many items there are, and what leads to the next ones. */
export function withPages(
  document: OasDocument,
  schema: string,
  { body, page }: { readonly body: JsonObject; readonly page: Page<unknown> },
): JsonObject {
  const last = withoutPages(document, schema, body);
  if (!page.hasMore) return counting(last, page);
  const fits = (value: JsonObject): boolean => schemaIssues(document, schema, value).length === 0;
  const set = placesOf(document, schema).reduce((made, place) => {
    const value = place.kind === 'more' ? true : page.next;
    const next = value === undefined ? made : placed(made, place.path, value);
    return fits(next) ? next : made;
  }, last);
  return counting(set, page);
}

interface Place {
  readonly path: readonly string[];
  readonly kind: 'token' | 'more';
}

/** Where a body has a token of the next page, or whether there is one: at its top, or in `pagination` and the like. */
function placesOf(document: OasDocument, schema: string): readonly Place[] {
  return [...propertiesAt(document, schema)].flatMap(([name, at]) => [
    ...placeAt(document, [name], at),
    ...(holders.test(name)
      ? [...propertiesAt(document, at)].flatMap(([inner, below]) => placeAt(document, [name, inner], below))
      : []),
  ]);
}

function placeAt(document: OasDocument, path: readonly string[], schema: string): readonly Place[] {
  const name = path.at(-1) ?? '';
  const types = typesAt(document, schema);
  if (tokens.test(name) && types.has('string')) return [{ path, kind: 'token' }];
  return more.test(name) && types.has('boolean') ? [{ path, kind: 'more' }] : [];
}

function placed(body: JsonObject, [name = '', ...rest]: readonly string[], value: Json): JsonObject {
  const inner = body[name];
  return { ...body, [name]: rest.length === 0 ? value : placed(isObject(inner) ? inner : {}, rest, value) };
}

/** An example of a list may speak of a next page, which there is not. */
function withoutPages(document: OasDocument, schema: string, body: JsonObject): JsonObject {
  let shown = body;
  for (const name of Object.keys(body).filter((each) => ofPages.test(each) && !Array.isArray(body[each]))) {
    const without = Object.fromEntries(Object.entries(shown).filter(([each]) => each !== name));
    const value = shown[name];
    const last: Json = typeof value === 'boolean' ? false : typeof value === 'string' ? '' : null;
    const choices = [without, { ...shown, [name]: last }, shown];
    shown = choices.find((each) => schemaIssues(document, schema, each).length === 0) ?? shown;
  }
  return shown;
}

function counting(body: JsonObject, { items, total }: Page<unknown>): JsonObject {
  const numbers = Object.entries(body).filter(
    ([name, value]) => typeof value === 'number' && /^(total|count|total_?(count|items|results)?|size)$/i.test(name),
  );
  return {
    ...body,
    ...Object.fromEntries(numbers.map(([name]) => [name, /^size$/i.test(name) ? items.length : total])),
  };
}
