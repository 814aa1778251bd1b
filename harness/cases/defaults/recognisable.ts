import type { Json, JsonObject, Operation } from '../../model/document.ts';
import { isObject } from '../../openapi/document/pointer.ts';
import { keywordAt, propertiesAt } from '../../openapi/schema/schema-parts.ts';

/** Properties in which people and programs write what they like, the plainest first. */
const free =
  'name title label description comment note notes summary remark remarks tags labels metadata meta annotations attributes'.split(
    ' ',
  );

/**
 * The body of a creation with a value of its own in an optional property, where none of its others has one: else nothing
 * would tell what was made from what somebody else has made. `fits`: whether a body may be sent.
 */
export function recognisable(
  { document }: Operation,
  schema: string,
  given: {
    readonly value: JsonObject;
    readonly templates: readonly string[];
    readonly fits: (value: JsonObject) => boolean;
  },
): JsonObject {
  const { value, templates, fits } = given;
  if (templates.some((template) => JSON.stringify(value).includes(template))) return value;
  const properties = propertiesAt(document, schema);
  for (const name of free) {
    const own = properties.get(name);
    if (own === undefined || keywordAt(document, own, 'readOnly') === true) continue;
    const candidates = templates.flatMap((template) => formsOf(template, value[name], () => isOpen(document, own)));
    const found = candidates.map((each) => ({ ...value, [name]: each })).find(fits);
    if (found !== undefined) return found;
  }
  return value;
}

/** A text as it is, in a list, and as a member of an object that takes any. */
function formsOf(template: string, before: Json | undefined, takesAny: () => boolean): readonly Json[] {
  const list: readonly Json[] = Array.isArray(before) ? before : [];
  return [
    ...(before === undefined || typeof before === 'string' ? [template] : []),
    ...(before === undefined || Array.isArray(before) ? [[...list, template]] : []),
    ...((before === undefined || isObject(before)) && takesAny() ? [{ ...before, run: template }] : []),
  ];
}

function isOpen(document: Operation['document'], schema: string): boolean {
  const additional = keywordAt(document, schema, 'additionalProperties');
  return additional === undefined ? propertiesAt(document, schema).size === 0 : additional !== false;
}
