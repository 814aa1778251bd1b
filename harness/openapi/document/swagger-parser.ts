import type { OpenAPI } from 'openapi-types';
import { HarnessError, messageOf } from '../../core/errors.ts';
import type { JsonObject } from '../../model/document.ts';
import { asObject } from './pointer.ts';
import { isUrl } from './source-text.ts';
import type { SourceFile, Sources } from './sources.ts';

// swagger-parser takes 40 ms to load, and a document in one file does not need it.

/** Puts what other files hold into the document, once each; further uses become internal `$ref`s. */
export async function bundle(sources: Sources, main: SourceFile): Promise<JsonObject> {
  const { default: SwaggerParser } = await import('@apidevtools/swagger-parser');
  const valueAt = (url: string): unknown =>
    structuredClone(sources.get(isUrl(url) ? url : decodeURIComponent(url))?.yaml.value);
  try {
    const bundled: unknown = await SwaggerParser.bundle(main.location, asDocument(structuredClone(main.yaml.value)), {
      // Every file has been loaded under the rules of references.ts: nothing is read here.
      resolve: {
        file: false,
        http: false,
        loaded: { order: 1, canRead: true, read: ({ url }: { url: string }) => url },
      },
      parse: {
        json: false,
        yaml: false,
        text: false,
        binary: false,
        loaded: { order: 1, canParse: true, parse: ({ url }: { url: string }) => valueAt(url) },
      },
    });
    return asObject(bundled);
  } catch (cause) {
    throw new HarnessError('E_REF', `${main.yaml.file} cannot be put together: ${messageOf(cause)}`, {
      hint: 'Bundle the document into one file first.',
      cause,
    });
  }
}

/** The types of swagger-parser want a finished document; that it is one is for swagger-parser to find out. */
function asDocument(value: unknown): OpenAPI.Document {
  return asObject(value) as unknown as OpenAPI.Document;
}
