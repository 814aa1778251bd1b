import type { OpenAPI } from 'openapi-types';
import { HarnessError, messageOf } from '../errors.ts';
import type { JsonObject } from '../model.ts';
import { asObject, isObject, member, textAt } from './pointer.ts';
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
    const problems = problemsOf(cause);
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

interface Problem {
  readonly pointer: string;
  readonly message: string;
}

/**
 * The meta-schema says of most places "this, or a reference", so that one mistake is reported at every level above it
 * as well. What is left here are the deepest places, without the remark that they are not references either.
 */
function problemsOf(thrown: unknown): readonly Problem[] {
  const details: unknown = thrown instanceof Error && 'details' in thrown ? thrown.details : undefined;
  const found = new Map<string, Problem & { readonly named: readonly string[] }>();
  for (const detail of Array.isArray(details) ? details : []) {
    const { pointer, keyword, message, named } = detailOf(detail);
    if (['oneOf', 'anyOf', 'not', 'if'].includes(keyword) || named.includes('$ref')) continue;
    const key = `${pointer} ${message}`;
    found.set(key, { pointer, message, named: [...(found.get(key)?.named ?? []), ...named] });
  }
  const problems = [...found.values()].map(({ pointer, message, named }) => {
    return { pointer, message: named.length === 0 ? message : `${message}: ${[...new Set(named)].join(', ')}` };
  });
  return problems.filter(({ pointer }) => !problems.some((other) => other.pointer.startsWith(`${pointer}/`)));
}

/** What ajv says of one place; `named` are the values or properties that it names beside the sentence. */
function detailOf(detail: unknown): Problem & { readonly keyword: string; readonly named: readonly string[] } {
  const params = member(detail, 'params');
  const names = ['missingProperty', 'additionalProperty', 'unevaluatedProperty'].map((key) => member(params, key));
  const allowed = member(params, 'allowedValues');
  const named = [...names, ...(Array.isArray(allowed) ? (allowed as readonly unknown[]) : [])];
  return {
    pointer: textAt(detail, 'instancePath'),
    keyword: textAt(detail, 'keyword'),
    message: textAt(detail, 'message').replace(/ '.*'$/, ''),
    named: named.filter((name) => typeof name === 'string'),
  };
}

/** The types of swagger-parser want a finished document; that it is one is for swagger-parser to find out. */
function asDocument(value: unknown): OpenAPI.Document {
  return asObject(value) as unknown as OpenAPI.Document;
}
