import { HarnessError } from '../../core/errors.ts';
import type {
  DeclaredHeader,
  DeclaredResponse,
  Json,
  JsonObject,
  MediaType,
  OasDocument,
  Operation,
} from '../../model/document.ts';
import { unlikeness } from '../closest.ts';
import { isJson } from '../media-type.ts';
import { refuseBrokenReference } from './broken.ts';
import { mediaOf } from './media.ts';
import { parametersOf } from './parameters.ts';
import { placeOf } from '../document/place.ts';
import { below, follow, isObject, member } from '../document/pointer.ts';
import { securityOf } from './security.ts';

/** An operation as it is listed: enough to choose one without flattening all. */
interface Listed {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** The pointer of the path item and of the operation, as the document's `paths` lead to them. */
  readonly item: string;
  readonly pointer: string;
  readonly siblings: readonly string[];
}

const methods = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace', 'query'];

/** Every operation of a document, in its order. */
export function operationsOf(document: OasDocument): readonly Operation[] {
  return list(document).map((listed) => flatten(document, listed));
}

/** An operation that is not flattened before somebody asks for it. */
export interface ListedOperation {
  readonly id: string;
  readonly method: string;
  readonly path: string;
  /** The pointer of the operation, as the document's `paths` lead to it. */
  readonly pointer: string;
  /** The operation with everything about it; made once. */
  readonly operation: () => Operation;
}

/** Every operation of a document in its order, by name and route only. */
export function listOperations(document: OasDocument): readonly ListedOperation[] {
  return list(document).map((listed) => {
    let made: Operation | undefined;
    const { id, method, path, pointer } = listed;
    return { id, method, path, pointer, operation: () => (made ??= flatten(document, listed)) };
  });
}

/** The operation of that operationId, or of `DELETE /path`. Throws `E_OPERATION`, with the names that are near. */
export function findOperation(document: OasDocument, name: string): Operation {
  const all = list(document);
  const wanted = name.trim().replace(/\s+/, ' ');
  const found = all.filter(({ id, method, path }) => id === wanted || sameRoute(wanted, method, path));
  const [first, second] = found;
  if (first !== undefined && second === undefined) return flatten(document, first);
  if (first !== undefined) {
    throw new HarnessError('E_OPERATION', `${document.source} has ${found.length} operations named ${wanted}`, {
      hint: `Name one by method and path: ${found.map(routeOf).join(', ')}.`,
    });
  }
  throw new HarnessError('E_OPERATION', `${document.source} has no operation ${wanted}`, {
    hint: suggestion(all, wanted),
  });
}

function sameRoute(wanted: string, method: string, path: string): boolean {
  const [verb = '', route] = wanted.split(' ');
  return route === path && verb.toUpperCase() === method;
}

function routeOf({ method, path }: Listed): string {
  return `${method} ${path}`;
}

function suggestion(all: readonly Listed[], wanted: string): string {
  if (all.length === 0) return 'The document declares no operations.';
  const words = (/\/.*/.exec(wanted)?.[0] ?? wanted).toLowerCase();
  const near = all
    .map((listed) => {
      const names = [listed.id.toLowerCase(), listed.path.toLowerCase()];
      const part = words.length > 2 && names.some((name) => name.includes(words) || words.includes(name));
      return { listed, away: part ? 0 : Math.min(...names.map((name) => unlikeness(name, words))) };
    })
    .filter(({ away }) => away <= 0.4)
    .sort((a, b) => a.away - b.away || (a.listed.id < b.listed.id ? -1 : 1))
    .slice(0, 5)
    .map(({ listed }) => listed.id);
  if (near.length > 0) return `Close to it: ${near.join(', ')}.`;
  const ids = all.map(({ id }) => id).sort();
  return `It declares ${ids.slice(0, 8).join(', ')}${ids.length > 8 ? ` and ${ids.length - 8} more` : ''}.`;
}

function list(document: OasDocument): readonly Listed[] {
  const paths = member(document.root, 'paths');
  if (!isObject(paths)) return [];
  const taken = new Set<string>();
  return Object.keys(paths)
    .filter((path) => path.startsWith('/'))
    .flatMap((path) => {
      const item = below('', 'paths', path);
      const declared = follow(document.root, item)?.value;
      if (!isObject(declared)) return [];
      const own = operationsIn(document, declared);
      const siblings = own.map(({ method }) => method);
      return own.map(({ method, keys, value }) => {
        const operationId = member(value, 'operationId');
        const id = typeof operationId === 'string' && operationId !== '' ? operationId : freshId(taken, method, path);
        return { id, method, path, item, pointer: below(item, ...keys), siblings };
      });
    });
}

/** The operations of a path item: OpenAPI 3.2 has the method `query`, and any other by its own name. */
function operationsIn(
  { openapi }: OasDocument,
  item: JsonObject,
): readonly { readonly method: string; readonly keys: readonly string[]; readonly value: Json }[] {
  const since32 = !/^3\.[01]\./.test(openapi);
  const fixed = methods
    .filter((method) => isObject(item[method]) && (method !== 'query' || since32))
    .map((method) => ({ method: method.toUpperCase(), keys: [method], value: item[method] ?? null }));
  const others = since32 ? item['additionalOperations'] : undefined;
  const named = Object.entries(isObject(others) ? others : {})
    .filter(([, value]) => isObject(value))
    .map(([method, value]) => ({ method, keys: ['additionalOperations', method], value }));
  return [...fixed, ...named];
}

function freshId(taken: Set<string>, method: string, path: string): string {
  const words = `${method.toLowerCase()} ${path}`.match(/[A-Za-z0-9_]+/g) ?? [method];
  const name = words.join('_');
  let id = name;
  for (let n = 2; taken.has(id); n++) id = `${name}_${n}`;
  taken.add(id);
  return id;
}

function flatten(document: OasDocument, listed: Listed): Operation {
  const { id, method, path, item, pointer, siblings } = listed;
  refuseBrokenReference(document, listed);
  refuseLongNames(document, listed);
  const value = follow(document.root, pointer)?.value;
  const operation: JsonObject = isObject(value) ? value : {};
  const requestBody = requestBodyOf(document, below(pointer, 'requestBody'));
  return {
    id,
    method,
    path,
    summary: textOf(operation['summary']) || firstLine(textOf(operation['description'])),
    parameters: parametersOf(document, [below(item, 'parameters'), below(pointer, 'parameters')]),
    security: securityOf(document, pointer),
    ...(requestBody === undefined ? {} : { requestBody }),
    responses: responsesOf(document, below(pointer, 'responses')),
    siblings,
    document,
    at: placeOf(document, pointer),
  };
}

/** RFC 9110 §4.1 asks for 8,000 octets to be read; each case of a report would hold what is longer. */
const longestPath = 8000;

function refuseLongNames(document: OasDocument, { id, path, pointer }: Listed): void {
  const long = path.length > longestPath ? path : id.length > longestPath ? id : undefined;
  if (long === undefined) return;
  const { file, line } = placeOf(document, pointer);
  const what = long === path ? 'a path' : 'an operationId';
  throw new HarnessError('E_DOCUMENT_INVALID', `${file}:${line}: ${what} of ${long.length} characters`, {
    hint: `Paths and names of operations have ${longestPath} characters at most, which is as much as servers have to read.`,
  });
}

function requestBodyOf(document: OasDocument, pointer: string): Operation['requestBody'] {
  const body = follow(document.root, pointer);
  if (body === undefined) return undefined;
  const declared = mediaOf(document, below(body.pointer, 'content'), 'request');
  const media = declared.filter(({ notApplied = [] }) => notApplied.every((keyword) => keyword === 'schema'));
  if (declared.length > 0 && media.length === 0) throw unwritable(document, declared[0]);
  const chosen = media.find(({ type }) => /[/+]json\b/i.test(type)) ?? media[0];
  if (chosen === undefined) return undefined;
  // A media type without a schema and without an example takes anything.
  const example = chosen.examples[0]?.value ?? (isJson(chosen.type) ? {} : 'sample');
  return { type: chosen.type, example, required: member(body.value, 'required') === true, content: media };
}

/** A body that would be written otherwise than the document says proves nothing. */
function unwritable(document: OasDocument, media: MediaType | undefined): HarnessError {
  const { file, line } = media?.at ?? placeOf(document, '');
  const keywords = (media?.notApplied ?? []).join(' and ');
  return new HarnessError(
    'E_BODY_UNSUPPORTED',
    `${file}:${line}: a body of ${media?.type ?? 'this type'} cannot be written by ${keywords}`,
    {
      hint: 'Declare another media type beside it, or test this operation by other means.',
    },
  );
}

function responsesOf(document: OasDocument, pointer: string): readonly DeclaredResponse[] {
  const responses = follow(document.root, pointer)?.value;
  if (!isObject(responses)) return [];
  return Object.keys(responses)
    .filter((key) => /^([1-5]\d\d|[1-5]XX|default)$/.test(key))
    .map((key) => {
      const used = below(pointer, key);
      const response = follow(document.root, used);
      const real = response?.pointer ?? used;
      return {
        key,
        // OpenAPI 3.2 has a summary, too, and asks for neither.
        description: textOf(member(response?.value, 'description')) || textOf(member(response?.value, 'summary')),
        media: mediaOf(document, below(real, 'content')),
        headers: headersOf(document, below(real, 'headers')),
        at: placeOf(document, used),
      };
    });
}

function headersOf(document: OasDocument, pointer: string): readonly DeclaredHeader[] {
  const headers = follow(document.root, pointer)?.value;
  if (!isObject(headers)) return [];
  return (
    Object.keys(headers)
      // OpenAPI: a response header named Content-Type shall be ignored; `content` says it.
      .filter((name) => name.toLowerCase() !== 'content-type')
      .map((name) => {
        const header = follow(document.root, below(pointer, name));
        const content = member(header?.value, 'content');
        // A header is declared by a schema, or by `content` with exactly one media type.
        const [mediaType] = isObject(content) ? Object.keys(content) : [];
        const inside = mediaType === undefined ? ['schema'] : ['content', mediaType, 'schema'];
        const schema = header === undefined ? undefined : below(header.pointer, ...inside);
        return {
          name,
          required: member(header?.value, 'required') === true,
          ...(schema !== undefined && follow(document.root, schema) !== undefined ? { schema } : {}),
          ...(mediaType === undefined ? {} : { mediaType }),
          at: placeOf(document, header?.pointer ?? below(pointer, name)),
        };
      })
  );
}

function textOf(value: Json | undefined): string {
  return typeof value === 'string' ? value.trim() : '';
}

function firstLine(text: string): string {
  return text.split('\n', 1)[0] ?? '';
}
