import { HarnessError } from '../../../core/errors.ts';
import type { Json, MediaType, NamedExample, OasDocument } from '../../../model/document.ts';
import { isJson } from '../../../openapi/media-type.ts';
import { sampleOf } from '../../../openapi/schema/sample.ts';
import { schemaIssues } from '../../../openapi/schema/schema.ts';

/** A body of a media type that conforms to its schema, where the document lets one be made. */
interface BaseBody {
  readonly value: Json;
  /** The example that it is; absent where it was made from the schema. */
  readonly example?: NamedExample;
  readonly conforms: boolean;
}

const known = new WeakMap<MediaType, BaseBody>();

/**
 * The first example of the document that conforms to its schema; else a body made from the schema; else the first
 * example as it is, for then the document contradicts itself.
 */
export function baseBody(document: OasDocument, media: MediaType): BaseBody {
  const before = known.get(media);
  if (before !== undefined) return before;
  const made = find(document, media);
  known.set(media, made);
  return made;
}

function find(document: OasDocument, media: MediaType): BaseBody {
  const { schema, examples, type } = media;
  const fits = (value: Json): boolean => conforms(document, media, value);
  const example = examples.find(({ value }) => fits(value));
  if (example !== undefined) return { value: example.value, example, conforms: true };
  const sample = schema === undefined ? undefined : sampled(document, schema);
  if (sample !== undefined && fits(sample)) return { value: sample, conforms: true };
  const [first] = examples;
  const value = first?.value ?? sample ?? (isJson(type) ? {} : '');
  return { value, ...(first === undefined ? {} : { example: first }), conforms: schema === undefined };
}

/** Whether a value conforms to the schema of a media type. What is no JSON is judged only where it is a value here. */
export function conforms(
  document: OasDocument,
  { schema, type, ofItems }: Pick<MediaType, 'schema' | 'type' | 'ofItems'>,
  value: Json,
): boolean {
  if (schema === undefined) return true;
  if (ofItems === true && Array.isArray(value)) {
    return (value as readonly Json[]).every((item) => conforms(document, { schema, type }, item));
  }
  if (typeof value === 'string' && !isJson(type)) return true;
  try {
    return schemaIssues(document, schema, value).length === 0;
  } catch (thrown) {
    if (thrown instanceof HarnessError) return false;
    throw thrown;
  }
}

function sampled(document: OasDocument, schema: string): Json | undefined {
  try {
    return sampleOf(document, schema);
  } catch (thrown) {
    if (thrown instanceof HarnessError) return undefined;
    throw thrown;
  }
}
