import type { Json, MediaType, NamedExample, OasDocument } from '../../model/document.ts';
import { placeOf } from '../document/place.ts';
import { below, follow, isObject, member } from '../document/pointer.ts';
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
    const schema = below(media, 'schema');
    const hasSchema = follow(document.root, schema) !== undefined;
    return {
      type,
      ...(hasSchema ? { schema } : {}),
      examples: examplesOf(document, media, { hasSchema, direction }),
      ...(isObject(member(content[type], 'encoding')) ? { encoding: below(media, 'encoding') } : {}),
      at: placeOf(document, media),
    };
  });
}

/** What the author wrote down comes first; only where there is nothing is a body made from the schema. */
function examplesOf(
  document: OasDocument,
  media: string,
  { hasSchema, direction }: { readonly hasSchema: boolean; readonly direction: Direction },
): readonly NamedExample[] {
  const named = namedExamples(document, below(media, 'examples'));
  if (named.length > 0) return named;
  const single = exampleAt(document, below(media, 'example')) ?? schemaExample(document, below(media, 'schema'));
  if (single !== undefined) return [{ name: 'example', origin: 'document', ...single }];
  if (!hasSchema) return [];
  const schema = below(media, 'schema');
  return [
    { name: 'sampled', value: sampleOf(document, schema, direction), origin: 'sampled', at: placeOf(document, schema) },
  ];
}

function namedExamples(document: OasDocument, pointer: string): readonly NamedExample[] {
  const examples = follow(document.root, pointer)?.value;
  if (!isObject(examples)) return [];
  return Object.keys(examples).flatMap((name) => {
    const example = follow(document.root, below(pointer, name));
    // An example of `externalValue` alone has no value here, and is not fetched.
    const value = member(example?.value, 'value');
    if (example === undefined || value === undefined) return [];
    return [{ name, value, origin: 'document' as const, at: placeOf(document, example.pointer) }];
  });
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
