import type { Json, MediaType, NamedExample, OasDocument } from '../../model/document.ts';
import { parsedJson } from '../../core/parsed-json.ts';
import { placeOf } from '../document/place.ts';
import { below, follow, isObject, member } from '../document/pointer.ts';
import { sequenceFormatOf } from '../sequences/format.ts';
import type { Direction } from '../schema/dialect/omitted-names.ts';
import { sampleOf } from '../schema/sample.ts';

/** The media types of a `content` map, each with the bodies that the document offers for it. */
export function mediaOf(
  document: OasDocument,
  pointer: string,
  direction: Direction = 'response',
): readonly MediaType[] {
  const content = follow(document.root, pointer)?.value;
  if (!isObject(content)) return [];
  return Object.keys(content).map((type) => {
    const media = below(pointer, type);
    const { schema, ofItems } = schemaOf(document, media, type);
    const encoding = below(media, 'encoding');
    return {
      type,
      ...(schema === undefined ? {} : { schema }),
      ...(ofItems ? { ofItems: true as const } : {}),
      examples: examplesOf(document, media, { schema, direction }),
      ...notAppliedIn(follow(document.root, media)?.value, { ofItems }),
      ...(isObject(follow(document.root, encoding)?.value) ? { encoding } : {}),
      at: placeOf(document, media),
    };
  });
}

/** What OpenAPI 3.2 lets a media type say and nothing here goes by; it is named where it counts. */
function notAppliedIn(
  media: Json | undefined,
  { ofItems }: { readonly ofItems: boolean },
): Pick<MediaType, 'notApplied'> {
  const names = ['prefixEncoding', 'itemEncoding', ofItems ? 'schema' : 'itemSchema'];
  const notApplied = names.filter((name) => member(media, name) !== undefined);
  return notApplied.length === 0 ? {} : { notApplied };
}

/** OpenAPI 3.2: a sequence has the schema of its items, and may have one of all of them together beside it. */
function schemaOf(
  document: OasDocument,
  media: string,
  type: string,
): { readonly schema?: string; readonly ofItems: boolean } {
  const items = below(media, 'itemSchema');
  const ofItems = sequenceFormatOf(type) !== undefined && follow(document.root, items) !== undefined;
  const schema = ofItems ? items : below(media, 'schema');
  return follow(document.root, schema) === undefined ? { ofItems } : { schema, ofItems };
}

/** What the author wrote down comes first; only where there is nothing is a body made from the schema. */
function examplesOf(
  document: OasDocument,
  media: string,
  { schema, direction }: { readonly schema: string | undefined; readonly direction: Direction },
): readonly NamedExample[] {
  const named = namedExamples(document, below(media, 'examples'));
  if (named.length > 0) return named;
  const single =
    exampleAt(document, below(media, 'example')) ??
    (schema === undefined ? undefined : schemaExample(document, schema));
  if (single !== undefined) return [{ name: 'example', origin: 'document', ...single }];
  if (schema === undefined) return [];
  return [
    { name: 'sampled', value: sampleOf(document, schema, direction), origin: 'sampled', at: placeOf(document, schema) },
  ];
}

function namedExamples(document: OasDocument, pointer: string): readonly NamedExample[] {
  const examples = follow(document.root, pointer)?.value;
  if (!isObject(examples)) return [];
  return Object.keys(examples).flatMap((name) => {
    const example = follow(document.root, below(pointer, name));
    const value = exampleValue(example?.value);
    if (example === undefined || value === undefined) return [];
    return [{ name, value, origin: 'document' as const, at: placeOf(document, example.pointer) }];
  });
}

/**
 * The value of an Example Object: OpenAPI 3.2 calls it `dataValue`, or has only the text that is sent. One of
 * `externalValue` alone has no value here, and is not fetched.
 */
function exampleValue(example: Json | undefined): Json | undefined {
  const value = member(example, 'value') ?? member(example, 'dataValue');
  const text = member(example, 'serializedValue');
  return value ?? (typeof text === 'string' ? ((parsedJson(text) as Json | undefined) ?? text) : undefined);
}

function exampleAt(document: OasDocument, pointer: string): Pick<NamedExample, 'value' | 'at'> | undefined {
  const value = dataAt(document, pointer);
  return value === undefined ? undefined : { value, at: placeOf(document, pointer) };
}

/** The example of a schema: `example`, or in OpenAPI 3.1 the first of `examples`. */
export function schemaExample(document: OasDocument, pointer: string): Pick<NamedExample, 'value' | 'at'> | undefined {
  const schema = follow(document.root, pointer);
  if (schema === undefined) return undefined;
  return (
    exampleAt(document, below(schema.pointer, 'example')) ?? exampleAt(document, below(schema.pointer, 'examples', '0'))
  );
}

/** The value at a pointer as it stands: a `$ref` in an example is data. */
function dataAt(document: OasDocument, pointer: string): Json | undefined {
  const cut = pointer.lastIndexOf('/');
  const holder = follow(document.root, pointer.slice(0, cut));
  return member(holder?.value, pointer.slice(cut + 1));
}
