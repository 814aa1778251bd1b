import { createRequire } from 'node:module';
import { HarnessError, messageOf } from '../../core/errors.ts';
import type { Json, JsonObject, OasDocument } from '../../model/document.ts';
import { follow, isObject } from '../document/pointer.ts';
import { placeOf } from '../document/place.ts';
import { conforming } from './conforming.ts';
import type { Direction } from './dialect/omitted-names.ts';

type Sample = (schema: object, options: object, spec: object) => Json | undefined;

// Most documents have examples: the sampler (25 ms) is loaded when the first body has to be made up.
const load = createRequire(import.meta.url);

/**
 * A value that conforms to the schema at `pointer`, made by openapi-sampler and corrected where that departs from the
 * schema; the same each time. A sample of a request has what is writeOnly and not what is readOnly.
 */
export function sampleOf(document: OasDocument, pointer: string, direction: Direction = 'response'): Json {
  const sample = (at: string): Json => plainSample(document, at, direction);
  return conforming(document, pointer, { direction, value: sample(pointer), sample });
}

function plainSample(document: OasDocument, pointer: string, direction: Direction): Json {
  const root = withEnums(document);
  const schema = follow(root, pointer)?.value;
  if (typeof schema !== 'object' || schema === null) return null;
  const { sample } = load('openapi-sampler') as { readonly sample: Sample };
  const omit = direction === 'response' ? { skipWriteOnly: true } : { skipReadOnly: true };
  try {
    return quietly(() => sample(schema, { ...omit, quiet: true }, root)) ?? null;
  } catch (cause) {
    const { file, line } = placeOf(document, pointer);
    throw new HarnessError('E_SAMPLE', `${file}:${line}: no body can be made from the schema: ${messageOf(cause)}`, {
      hint: 'Give it an example in the document.',
      cause,
    });
  }
}

/** Some warnings of the sampler go to the console whatever its options say. */
function quietly<T>(work: () => T): T {
  /* eslint-disable no-console -- nothing is printed here; printing is kept away */
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return work();
  } finally {
    console.warn = warn;
  }
  /* eslint-enable no-console */
}

const roots = new WeakMap<OasDocument, JsonObject>();

/** A sample is as long as its schema asks, up to this: a document may ask for more than fits into memory. */
const longestSample = 1000;
const lengths = new Set(['minItems', 'minLength', 'minProperties']);

/** The document as the sampler should see it: an `x-enum` is an `enum`, and no length is beyond measure. */
function withEnums(document: OasDocument): JsonObject {
  const known = roots.get(document);
  if (known !== undefined) return known;
  const root = JSON.parse(JSON.stringify(document.root), (key, value: unknown) => {
    if (typeof value === 'number' && lengths.has(key)) return Math.min(value, longestSample);
    return isObject(value) && Array.isArray(value['x-enum']) ? { enum: value['x-enum'], ...value } : value;
  }) as JsonObject;
  roots.set(document, root);
  return root;
}
