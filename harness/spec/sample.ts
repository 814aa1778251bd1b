import { createRequire } from 'node:module';
import { HarnessError, messageOf } from '../errors.ts';
import type { Json, OasDocument } from '../model.ts';
import { follow } from './pointer.ts';
import { placeOf } from './place.ts';

type Sample = (schema: object, options: object, spec: object) => Json | undefined;

// Most documents have examples: the sampler (25 ms) is loaded when the first body has to be made up.
const load = createRequire(import.meta.url);

/** A value that conforms to the schema at `pointer`, made by openapi-sampler; the same each time. */
export function sampleOf(document: OasDocument, pointer: string): Json {
  const schema = follow(document.root, pointer)?.value;
  if (typeof schema !== 'object' || schema === null) return null;
  const { sample } = load('openapi-sampler') as { readonly sample: Sample };
  try {
    return sample(schema, { skipWriteOnly: true, quiet: true }, document.root) ?? null;
  } catch (cause) {
    const { file, line } = placeOf(document, pointer);
    throw new HarnessError('E_SAMPLE', `${file}:${line}: no body can be made from the schema: ${messageOf(cause)}`, {
      hint: 'Give the response an example in the document.',
      cause,
    });
  }
}
