import type { Json, JsonObject } from '../../../model/document.ts';
import { isObject, member } from '../../document/pointer.ts';

/**
 * Where a `discriminator` names the alternative that a value claims to be, that one alone counts (OpenAPI, Discriminator
 * Object): a value that says `kind: dog` must be a Dog, and may look like a Cat as well. Where it names none, all
 * alternatives are tried, as without a discriminator.
 */
export function applyDiscriminator(
  made: Record<string, unknown>,
  schema: JsonObject,
  place: { readonly pointer: string; made(schema: object, pointer: string): void },
): void {
  const property = discriminatorOf(schema);
  const keyword = ['oneOf', 'anyOf'].find((name) => Array.isArray(schema[name]) && Array.isArray(made[name]));
  if (property === undefined || keyword === undefined) return;
  const branches = (made[keyword] as readonly unknown[]).map((branch, index) => ({
    branch,
    values: claims(schema, member(schema[keyword], String(index))),
  }));
  const named = branches.filter(({ values }) => values.length > 0);
  if (named.length === 0) return;
  const has = (values: readonly string[]): object =>
    marked({ type: 'object', required: [property], properties: { [property]: { enum: values } } });
  const marked = (made: object): object => {
    place.made(made, place.pointer);
    return made;
  };
  const chosen = named.map(({ branch, values }) => marked({ if: has(values), then: branch }));
  // OpenAPI 3.2: a value that names no alternative is of the one that `defaultMapping` names.
  const fallback = defaultOf(schema, keyword);
  const otherwise = fallback === undefined ? marked({ [keyword]: made[keyword] }) : branches[fallback]?.branch;
  const unnamed = marked({ if: has(named.flatMap(({ values }) => values)), else: otherwise });
  Reflect.deleteProperty(made, keyword);
  const before: readonly unknown[] = Array.isArray(made['allOf']) ? made['allOf'] : [];
  made['allOf'] = [...before, ...chosen, unnamed];
}

/** Which alternative `defaultMapping` names, by its place. */
function defaultOf(schema: JsonObject, keyword: string): number | undefined {
  const target = member(schema['discriminator'], 'defaultMapping');
  const branches = schema[keyword];
  if (typeof target !== 'string' || !Array.isArray(branches)) return undefined;
  const at = branches.findIndex((branch) => {
    const ref = member(branch, '$ref');
    return typeof ref === 'string' && (ref === target || nameOfSchema(ref) === target);
  });
  return at < 0 ? undefined : at;
}

/** The name of the property that says which alternative a value is. */
export function discriminatorOf(schema: Json | undefined): string | undefined {
  const property = member(member(schema, 'discriminator'), 'propertyName');
  return typeof property === 'string' ? property : undefined;
}

/** The values that claim an alternative: those that are mapped to it, and else the name of its schema. */
export function claims(schema: JsonObject, branch: Json | undefined): readonly string[] {
  const ref = member(branch, '$ref');
  if (typeof ref !== 'string') return [];
  const mapping = member(schema['discriminator'], 'mapping');
  const mapped = isObject(mapping) ? Object.entries(mapping) : [];
  const name = nameOfSchema(ref);
  const own = mapped.filter(([, target]) => target === ref || (typeof target === 'string' && target === name));
  const taken = mapped.some(([value]) => value === name);
  return [...own.map(([value]) => value), ...(taken ? [] : [name])];
}

/** The last part of a reference: `Dog` of `#/components/schemas/Dog`. */
export function nameOfSchema(ref: string): string {
  return ref
    .slice(ref.lastIndexOf('/') + 1)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');
}
