import { HarnessError } from '../../core/errors.ts';
import { shownUrl } from '../../core/text/shown-url.ts';
import type { JsonObject, OasDocument } from '../../model/document.ts';
import { deferProblems } from './deferred-problems.ts';
import { rememberSources } from './place.ts';
import { asObject, isObject, member, textAt } from './pointer.ts';
import { loadReferences } from './references.ts';
import { isUrl, readText, urlOf } from './source-text.ts';
import type { SourceFile } from './sources.ts';
import { bundle } from './swagger-parser.ts';
import { documentProblems, invalidDocument } from './validate-document.ts';
import { parseYaml } from './yaml.ts';

/** Reads, checks and bundles an OpenAPI 3.0, 3.1 or 3.2 document from a file or a URL. The document is untrusted input. */
export async function readDocument(
  from: string,
  options: {
    readonly allowExternalRefs?: boolean;
    /** Leave mistakes to `validateOperation`, which knows the operation; by default any mistake is refused. */
    readonly onlyOperation?: boolean;
  } = {},
): Promise<OasDocument> {
  const { allowExternalRefs = false } = options;
  const { location, text, sha256 } = await readText(from, { redirects: true });
  const source = isUrl(from) ? shownUrl(from) : from;
  // Parsing takes about a second a megabyte: what cannot be a document is not worth minutes.
  if (text.length > 1_000_000 && !/\b(openapi|swagger)["']?\s*:/.test(text))
    throw notOpenapi(source, 'has no key `openapi`');
  const main: SourceFile = { location, yaml: parseYaml(text, source) };
  const openapi = versionOf(main);
  const { sources, broken } = await loadReferences({ main, allowExternalRefs });
  const [first] = broken;
  if (first !== undefined && options.onlyOperation !== true) throw first.error;
  const { root, placed } =
    sources.size === 1
      ? {
          root: asObject(main.yaml.value),
          placed: broken.map(({ reference, error }) => ({ error, pointers: [reference.pointer] })),
        }
      : await bundle(sources, main, broken);
  const gaps = new Set(placed.flatMap(({ pointers }) => pointers));
  // Where a broken reference stood, the meta-schema misses what it should have led to.
  const problems = documentProblems(root).filter(({ pointer }) => !gaps.has(pointer));
  if (problems.length > 0 && options.onlyOperation !== true) throw invalidDocument(problems, sources);
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
  if (problems.length > 0 || broken.length > 0) deferProblems(document, { problems, broken: placed, sources });
  return document;
}

function versionOf({ yaml: { value, file } }: SourceFile): string {
  if (!isObject(value)) {
    const what = Array.isArray(value) ? 'a list' : value === null ? 'nothing but comments' : `a ${typeof value}`;
    throw notOpenapi(file, `holds ${what}`);
  }
  if (Object.hasOwn(value, 'swagger')) {
    const version = JSON.stringify(value['swagger']);
    throw new HarnessError(
      'E_SPEC_VERSION',
      `${file} is a Swagger ${version} document; OpenAPI 3.0, 3.1 and 3.2 are read`,
      {
        hint: 'Convert it to OpenAPI 3.0 first.',
      },
    );
  }
  const version = member(value, 'openapi');
  if (version === undefined) {
    const keys = Object.keys(value).slice(0, 5);
    const others = keys.map((key) => key.slice(0, 40)).join(', ');
    throw notOpenapi(file, keys.length === 0 ? 'has no keys' : `has no key \`openapi\`, but ${others}`);
  }
  if (typeof version !== 'string' || !/^3\.[012]\.\d+$/.test(version)) {
    throw new HarnessError(
      'E_SPEC_VERSION',
      `${file} declares OpenAPI ${JSON.stringify(version)}; 3.0, 3.1 and 3.2 are read`,
      {
        hint: 'Write the version as a string of three numbers, such as 3.0.3, 3.1.1 or 3.2.0.',
      },
    );
  }
  return version;
}

function notOpenapi(file: string, why: string): HarnessError {
  return new HarnessError('E_NOT_OPENAPI', `${file} is not an OpenAPI document: it ${why}`, {
    hint: 'Give an OpenAPI 3.0, 3.1 or 3.2 document in YAML or JSON; it begins with a key such as `openapi: 3.0.3`.',
  });
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
