import type { OpenAPI } from 'openapi-types';
import { HarnessError, messageOf } from '../errors.ts';
import type { Json, JsonObject, OasDocument, SpecPlace } from '../model.ts';
import { rememberSources } from './place.ts';
import { isObject, member } from './pointer.ts';
import { loadReferences, type SourceFile, type Sources, traceSource } from './references.ts';
import { isUrl, readText, urlOf } from './source-text.ts';
import { parseYaml } from './yaml.ts';

/**
 * The document that ships with the package, which a test checks in full. It is the same bytes each time, so that
 * checking it again at every start (150 ms, a quarter of a whole run) could find nothing. Any other byte, and it is checked.
 */
export const shippedSha256 = 'ec81717729f6b97120f9284b8fbf4e9c1b14169ffeb54490c0fecd08bf92ecd1';

/** Reads, checks and bundles an OpenAPI 3.0 or 3.1 document from a file or a URL. The document is untrusted input. */
export async function readDocument(
  source: string,
  options: { readonly allowExternalRefs?: boolean } = {},
): Promise<OasDocument> {
  const { allowExternalRefs = false } = options;
  const { location, text, sha256 } = await readText(source, { redirects: true });
  const main: SourceFile = { location, yaml: parseYaml(text, source) };
  const openapi = versionOf(main);
  const sources = await loadReferences(main, { allowExternalRefs });
  const root = sources.size === 1 ? jsonOf(main.yaml.value) : await bundle(sources, main);
  if (sha256 !== shippedSha256) await validate(root, sources);
  const info = member(root, 'info');
  const document: OasDocument = {
    source,
    title: textAt(info, 'title'),
    version: textAt(info, 'version'),
    openapi,
    sha256,
    root,
    lines: main.yaml.lines(),
    servers: serversOf(root, location),
  };
  rememberSources(document, sources);
  return document;
}

function versionOf({ yaml: { value, file } }: SourceFile): string {
  const hint = 'Give an OpenAPI 3.0 or 3.1 document in YAML or JSON; it begins with a key such as `openapi: 3.0.3`.';
  if (!isObject(value)) {
    const what = Array.isArray(value) ? 'a list' : value === null ? 'nothing but comments' : `a ${typeof value}`;
    throw new HarnessError('E_NOT_OPENAPI', `${file} is not an OpenAPI document: it holds ${what}`, { hint });
  }
  if (Object.hasOwn(value, 'swagger')) {
    throw new HarnessError(
      'E_SPEC_VERSION',
      `${file} is a Swagger ${String(value['swagger'])} document; OpenAPI 3.0 and 3.1 are read`,
      {
        hint: 'Convert it to OpenAPI 3.0 first.',
      },
    );
  }
  const version = member(value, 'openapi');
  if (version === undefined) {
    const keys = Object.keys(value)
      .slice(0, 5)
      .map((key) => key.slice(0, 40));
    const has = keys.length === 0 ? 'has no keys' : `has no key \`openapi\`, but ${keys.join(', ')}`;
    throw new HarnessError('E_NOT_OPENAPI', `${file} is not an OpenAPI document: it ${has}`, { hint });
  }
  if (typeof version !== 'string' || !/^3\.[01]\.\d+$/.test(version)) {
    throw new HarnessError(
      'E_SPEC_VERSION',
      `${file} declares OpenAPI ${JSON.stringify(version)}; 3.0 and 3.1 are read`,
      {
        hint: 'Write the version as a string of three numbers, such as 3.0.3 or 3.1.1.',
      },
    );
  }
  return version;
}

function serversOf(root: JsonObject, location: string): readonly string[] {
  const servers = member(root, 'servers');
  if (!Array.isArray(servers)) return [];
  return servers.filter(isObject).map((server) => {
    const url = textAt(server, 'url').replace(/\{([^{}]+)\}/g, (whole, name: string) => {
      const variable = member(member(server, 'variables'), name);
      return textAt(variable, 'default') || whole;
    });
    return isUrl(location) ? (urlOf(url, location)?.href ?? url) : url;
  });
}

function textAt(value: Json | undefined, name: string): string {
  const text = member(value, name);
  return typeof text === 'string' ? text : '';
}

function jsonOf(value: unknown): JsonObject {
  if (!isObject(value)) throw new TypeError('the document is not an object');
  return value;
}

// swagger-parser is loaded only when there is something for it to do: it costs 40 ms. -----------------

/** Puts what other files hold into the document, once each; further uses become internal `$ref`s. */
async function bundle(sources: Sources, main: SourceFile): Promise<JsonObject> {
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
    return jsonOf(bundled);
  } catch (cause) {
    throw new HarnessError('E_REF', `${main.yaml.file} cannot be put together: ${messageOf(cause)}`, {
      hint: 'Bundle the document into one file first.',
      cause,
    });
  }
}

/** Checks a bundled document against the meta-schema of its OpenAPI version. */
async function validate(root: JsonObject, sources: Sources): Promise<void> {
  const { default: SwaggerParser } = await import('@apidevtools/swagger-parser');
  const place = (pointer: string): SpecPlace => traceSource(sources, pointer);
  try {
    await SwaggerParser.validate(place('').file, asDocument(structuredClone(root)), {
      resolve: { external: false },
      // The meta-schema knows `$ref`; unfolding them first would cost time and, in a hostile document, all memory.
      dereference: { excludedPathMatcher: () => true },
    });
  } catch (cause) {
    const problems = problemsOf(cause);
    const shown = problems.slice(0, 5).map(({ pointer, message }) => {
      const { file, line } = place(pointer);
      return `${file}:${line} ${pointer || '/'} ${message}`;
    });
    const more = problems.length > shown.length ? `\n  and ${problems.length - shown.length} more` : '';
    const text = shown.length > 0 ? `\n  ${shown.join('\n  ')}${more}` : ` ${messageOf(cause)}`;
    throw new HarnessError('E_DOCUMENT_INVALID', `${place('').file} is not a valid OpenAPI document:${text}`, {
      hint: 'Correct the document; a linter such as Redocly or Spectral explains each rule.',
      cause,
    });
  }
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
  const problems: Problem[] = [];
  for (const detail of Array.isArray(details) ? details : []) {
    if (!isObject(detail)) continue;
    const [pointer, keyword, params] = [detail['instancePath'], detail['keyword'], detail['params']];
    if (typeof pointer !== 'string' || ['oneOf', 'anyOf', 'not', 'if'].includes(String(keyword))) continue;
    if (member(params, 'missingProperty') === '$ref') continue;
    const extra = member(params, 'additionalProperty') ?? member(params, 'unevaluatedProperty');
    const message = `${textAt(detail, 'message')}${typeof extra === 'string' ? `: ${extra}` : ''}`;
    if (problems.some((known) => known.pointer === pointer && known.message === message)) continue;
    problems.push({ pointer, message });
  }
  return problems.filter(({ pointer }) => !problems.some((other) => other.pointer.startsWith(`${pointer}/`)));
}

/** The types of swagger-parser want a finished document; that it is one is for swagger-parser to find out. */
function asDocument(value: unknown): OpenAPI.Document {
  return jsonOf(value) as unknown as OpenAPI.Document;
}
