import type { OpenAPI } from 'openapi-types';
import { HarnessError, messageOf } from '../../core/errors.ts';
import type { JsonObject } from '../../model/document.ts';
import { asObject, isObject, member } from './pointer.ts';
import { type Problem, problemsOf } from './problems.ts';
import { isUrl } from './source-text.ts';
import { type SourceFile, type Sources, traceSource } from './sources.ts';

// swagger-parser costs 40 ms to load, and most documents that ship need nothing of it: it is imported when used.

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

/** Checks a bundled document against the meta-schema of its OpenAPI version. */
export async function validate(root: JsonObject, sources: Sources): Promise<void> {
  const early = bluntProblems(root);
  if (early.length > 0) throw invalid(early, sources);
  const { default: SwaggerParser } = await import('@apidevtools/swagger-parser');
  try {
    await SwaggerParser.validate(asDocument(structuredClone(root)), {
      resolve: { external: false },
      // The meta-schema knows `$ref`; unfolding them first would cost time and, in a hostile document, all memory.
      dereference: { excludedPathMatcher: () => true },
    });
  } catch (cause) {
    const problems = problemsOf(cause, root);
    throw invalid(problems.length > 0 ? problems : [{ pointer: '', message: messageOf(cause) }], sources, cause);
  }
}

/** What swagger-parser refuses before it looks at the rest, and without saying where. */
function bluntProblems(root: JsonObject): readonly Problem[] {
  const problems: Problem[] = [];
  if (typeof member(root['info'], 'version') === 'number') {
    problems.push({ pointer: '/info/version', message: 'must be a string: put it in quotes' });
  }
  const declares = isObject(root['paths']) || isObject(root['webhooks']);
  if (!declares) problems.push({ pointer: '', message: 'must have the property paths' });
  return problems;
}

function invalid(problems: readonly Problem[], sources: Sources, cause?: unknown): HarnessError {
  const shown = problems.slice(0, 5).map(({ pointer, message }) => {
    const { file, line } = traceSource(sources, pointer);
    return `${file}:${line} ${pointer || 'the document'} ${message}`;
  });
  if (problems.length > shown.length) shown.push(`and ${problems.length - shown.length} more`);
  const { file } = traceSource(sources, '');
  return new HarnessError('E_DOCUMENT_INVALID', `${file} is not a valid OpenAPI document:\n  ${shown.join('\n  ')}`, {
    hint: 'Correct the document; a linter such as Redocly or Spectral explains each rule.',
    ...(cause === undefined ? {} : { cause }),
  });
}

/** The types of swagger-parser want a finished document; that it is one is for swagger-parser to find out. */
function asDocument(value: unknown): OpenAPI.Document {
  return asObject(value) as unknown as OpenAPI.Document;
}
