import type { OpenAPI } from 'openapi-types';
import { HarnessError, messageOf } from '../../core/errors.ts';
import type { JsonObject } from '../../model/document.ts';
import { type BrokenReference, type PlacedReference, takeMarks, withMarks } from './broken-references.ts';
import { asObject, textAt } from './pointer.ts';
import { isUrl } from './source-text.ts';
import type { SourceFile, Sources } from './sources.ts';

// swagger-parser takes 40 ms to load, and a document in one file does not need it.

/**
 * Puts what other files hold into the document, once each; further uses become internal `$ref`s. An object with a broken
 * reference comes without it.
 */
export async function bundle(
  sources: Sources,
  main: SourceFile,
  broken: readonly BrokenReference[],
): Promise<{ readonly root: JsonObject; readonly placed: readonly PlacedReference[] }> {
  const { default: SwaggerParser } = await import('@apidevtools/swagger-parser');
  const valueOf = (url: string): unknown => {
    const file = sources.get(isUrl(url) ? url : decodeURIComponent(url));
    return file === undefined ? undefined : withMarks(file, broken);
  };
  try {
    const given = asObject(withMarks(main, broken));
    const openapi = textAt(given, 'openapi');
    // swagger-parser knows no 3.2, and bundles it as it does 3.1.
    const known = openapi.startsWith('3.2') ? '3.1.1' : openapi;
    const bundled: unknown = await SwaggerParser.bundle(main.location, asDocument({ ...given, openapi: known }), {
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
        loaded: { order: 1, canParse: true, parse: ({ url }: { url: string }) => valueOf(url) },
      },
    });
    const root = { ...asObject(bundled), openapi };
    return { root, placed: takeMarks(root, broken) };
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
