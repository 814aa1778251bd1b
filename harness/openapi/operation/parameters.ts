import type { Json, OasDocument, Parameter } from '../../model/document.ts';
import { schemaExample } from './media.ts';
import { placeOf } from '../document/place.ts';
import { below, follow, isObject, member } from '../document/pointer.ts';

/**
 * OpenAPI: header parameters of the first three names shall be ignored, since other parts of the document say them. The others belong
 * to the connection and to the length of what is sent, which HTTP says.
 */
const saidElsewhere = new Set([
  'accept',
  'content-type',
  'authorization',
  'connection',
  'content-length',
  'host',
  'transfer-encoding',
]);

/** The parameters of several lists; a later list overrides an earlier one by name and place. */
export function parametersOf(document: OasDocument, lists: readonly string[]): readonly Parameter[] {
  const parameters = new Map<string, Parameter>();
  for (const list of lists) {
    const items = follow(document.root, list)?.value;
    if (!Array.isArray(items)) continue;
    for (const index of items.keys()) {
      const parameter = parameterAt(document, below(list, String(index)));
      if (parameter === undefined) continue;
      if (parameter.in === 'header' && saidElsewhere.has(parameter.name.toLowerCase())) continue;
      parameters.set(`${parameter.in} ${parameter.name}`, parameter);
    }
  }
  return [...parameters.values()];
}

function parameterAt(document: OasDocument, pointer: string): Parameter | undefined {
  const found = follow(document.root, pointer);
  const name = member(found?.value, 'name');
  const where = placeIn(member(found?.value, 'in'));
  if (found === undefined || typeof name !== 'string' || where === undefined) return undefined;
  const schema = schemaOf(document, found.pointer);
  const example = exampleOf(document, found.pointer, schema);
  const content = member(found.value, 'content');
  const [type] = isObject(content) ? Object.keys(content) : [];
  const whole = member(found.value, 'in') === 'querystring';
  const mediaType = whole && type !== undefined && isForm(type) ? undefined : type;
  const style = member(found.value, 'style');
  const explode = member(found.value, 'explode');
  return {
    name,
    in: where,
    required: where === 'path' || member(found.value, 'required') === true,
    ...(example === undefined ? {} : { example }),
    ...(schema === undefined ? {} : { schema }),
    ...(typeof style === 'string' ? { style } : {}),
    ...(typeof explode === 'boolean' ? { explode } : {}),
    ...(member(found.value, 'allowReserved') === true ? { allowReserved: true } : {}),
    ...(mediaType === undefined ? {} : { mediaType }),
    ...(whole ? { whole } : {}),
    at: placeOf(document, found.pointer),
  };
}

function isForm(type: string): boolean {
  return /^application\/x-www-form-urlencoded\b/i.test(type);
}

function placeIn(value: Json | undefined): Parameter['in'] | undefined {
  if (value === 'querystring') return 'query';
  return value === 'path' || value === 'query' || value === 'header' || value === 'cookie' ? value : undefined;
}

/** A parameter has a schema, or a `content` of one media type that has one. */
function schemaOf(document: OasDocument, pointer: string): string | undefined {
  const direct = below(pointer, 'schema');
  if (follow(document.root, direct) !== undefined) return direct;
  const content = follow(document.root, below(pointer, 'content'))?.value;
  const [type] = isObject(content) ? Object.keys(content) : [];
  const inContent = type === undefined ? undefined : below(pointer, 'content', type, 'schema');
  return inContent !== undefined && follow(document.root, inContent) !== undefined ? inContent : undefined;
}

function exampleOf(document: OasDocument, pointer: string, schema: string | undefined): Json | undefined {
  const content = follow(document.root, below(pointer, 'content'))?.value;
  const [type] = isObject(content) ? Object.keys(content) : [];
  // Beside a schema, or within the one media type.
  const holders = [pointer, ...(type === undefined ? [] : [below(pointer, 'content', type)])];
  for (const holder of holders) {
    const given = givenExample(document, holder);
    if (given !== undefined) return given;
  }
  if (schema === undefined) return undefined;
  const declared = follow(document.root, schema)?.value;
  return (
    member(declared, 'default') ??
    schemaExample(document, schema)?.value ??
    member(declared, 'const') ??
    member(member(declared, 'enum'), '0')
  );
}

/** A text that is only known as it is sent (`serializedValue`) is no value that could be written in a style. */
function givenExample(document: OasDocument, holder: string): Json | undefined {
  const place = follow(document.root, holder);
  const single = member(place?.value, 'example');
  if (place === undefined || single !== undefined) return single;
  const examples = member(place.value, 'examples');
  for (const name of isObject(examples) ? Object.keys(examples) : []) {
    const example = follow(document.root, below(place.pointer, 'examples', name))?.value;
    const value = member(example, 'value') ?? member(example, 'dataValue');
    if (value !== undefined) return value;
  }
  return undefined;
}
