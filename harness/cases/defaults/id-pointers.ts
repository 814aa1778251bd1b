import { below } from '../../openapi/document/pointer.ts';

/**
 * Where a body that names a resource may have its id, the likeliest place first: `/index_name`, `/name`, `/id`. `*` stands
 * for any property.
 */
export function idPointers(parameter: string, collection: string): readonly string[] {
  const names = idNames(parameter, collection);
  return [...names.map((name) => below('', name)), ...names.map((name) => `/*${below('', name)}`)];
}

/** The properties that hold the value of a path parameter and nothing else. */
export function idsOf(parameter: string, collection: string): readonly string[] {
  return idNames(parameter, collection).filter(
    (name, at, all) => (at <= all.indexOf('id') || /id$/i.test(name)) && name !== 'uuid',
  );
}

/** The properties that may hold the value of a path parameter. */
export function idNames(parameter: string, collection: string): readonly string[] {
  const thing = singular(collection);
  const short = withoutPrefix(parameter, thing);
  const written = [
    parameter,
    ...(short === undefined ? [] : [short]),
    'id',
    'uuid',
    `${thing}_id`,
    `${thing}Id`,
    'name',
    'slug',
    'key',
    'username',
    'code',
  ];
  return [...new Set(written)];
}

/** `index_name` of `indexes` is the `name` of an index, `petId` the `id` of a pet; any word may stand before it. */
function withoutPrefix(parameter: string, thing: string): string | undefined {
  const [, last] =
    /[a-z0-9][_-]?([A-Z]?[a-z]+)$/.exec(parameter.replace(new RegExp(`^${escaped(thing)}[_-]?`, 'i'), 'x_')) ?? [];
  const found = last ?? parameter.split(/[_-]/).at(-1);
  return found === undefined || found === parameter ? undefined : found.charAt(0).toLowerCase() + found.slice(1);
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}

/** `indexes` → `index`, `categories` → `category`, `pets` → `pet`. */
export function singular(word: string): string {
  if (/ies$/i.test(word)) return word.replace(/ies$/i, 'y');
  if (/(x|ch|sh|ss|s)es$/i.test(word)) return word.replace(/es$/i, '');
  return /[^s]s$/i.test(word) ? word.slice(0, -1) : word;
}
