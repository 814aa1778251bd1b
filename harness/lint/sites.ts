import type { OasDocument, Operation } from '../model/document.ts';
import { below, follow, isObject, member } from '../openapi/document/pointer.ts';
import type { Direction } from '../openapi/schema/dialect/omitted-names.ts';

/** An operation with its pointer, as the document's `paths` lead to it. */
export interface LintedOperation {
  readonly operation: Operation;
  readonly pointer: string;
}

/** A place that has a schema and examples for it. */
export interface ValueSite {
  readonly pointer: string;
  readonly direction: Direction;
  /** Such as `the parameter limit`. */
  readonly name: string;
  /** The pointer of its schema, where it has one. */
  readonly schema?: string;
  /** The operations that use it. */
  readonly operations: readonly string[];
}

/** A media type of a request or a response. */
export interface MediaSite extends ValueSite {
  readonly type: string;
  /** The key of the response that it stands under. */
  readonly status?: string;
}

/** Every media type of the requests and responses of some operations, each once for each status. */
export function mediaSites(document: OasDocument, operations: readonly LintedOperation[]): readonly MediaSite[] {
  const found = operations.flatMap(({ operation, pointer }) =>
    [
      ...mediaAt(document, below(pointer, 'requestBody'), { direction: 'request', name: 'the request body' }),
      ...operation.responses.flatMap(({ key }) =>
        mediaAt(document, below(pointer, 'responses', key), {
          direction: 'response',
          name: `the response ${key}`,
          status: key,
        }),
      ),
    ].map((site) => ({ ...site, operations: [operation.id] })),
  );
  return shared(found, ({ pointer, status = '' }) => `${pointer} ${status}`);
}

function mediaAt(
  document: OasDocument,
  holder: string,
  about: Pick<MediaSite, 'direction' | 'name' | 'status'>,
): readonly Omit<MediaSite, 'operations'>[] {
  const content = follow(document.root, below(holder, 'content'));
  if (content === undefined || !isObject(content.value)) return [];
  return Object.keys(content.value).map((type) => {
    const pointer = below(content.pointer, type);
    return { ...about, type, pointer, ...schemaBelow(document, pointer) };
  });
}

/** The parameters and the response headers of some operations, each once. */
export function valueSites(document: OasDocument, operations: readonly LintedOperation[]): readonly ValueSite[] {
  const found = operations.flatMap(({ operation, pointer }) => {
    const item = pointer.replace(/(\/additionalOperations)?\/[^/]*$/, '');
    const lists = [below(item, 'parameters'), below(pointer, 'parameters')];
    const parameters = lists.flatMap((list) => childrenOf(document, list));
    const headers = operation.responses.flatMap(({ key }) =>
      childrenOf(document, below(pointer, 'responses', key, 'headers')),
    );
    return [
      ...parameters.map((at) => siteAt(document, at, { direction: 'request', operation: operation.id })),
      ...headers.map((at) => siteAt(document, at, { direction: 'response', operation: operation.id })),
    ];
  });
  return shared(found, (site) => site.pointer);
}

function siteAt(
  document: OasDocument,
  pointer: string,
  about: { readonly direction: Direction; readonly operation: string },
): ValueSite {
  const found = follow(document.root, pointer);
  const at = found?.pointer ?? pointer;
  const content = member(found?.value, 'content');
  const [type] = isObject(content) ? Object.keys(content) : [];
  const own = member(found?.value, 'name');
  const name =
    typeof own === 'string' ? `the parameter ${own}` : `the header ${pointer.slice(pointer.lastIndexOf('/') + 1)}`;
  return {
    pointer: at,
    name,
    direction: about.direction,
    ...schemaBelow(document, type === undefined ? at : below(at, 'content', type)),
    operations: [about.operation],
  };
}

/** The pointers of the members of an object or an array. */
function childrenOf(document: OasDocument, pointer: string): readonly string[] {
  const found = follow(document.root, pointer);
  if (found === undefined || typeof found.value !== 'object' || found.value === null) return [];
  return Object.keys(found.value).map((key) => below(found.pointer, key));
}

/** Of a sequence, the schema of its items, where there is one (OpenAPI 3.2). */
function schemaBelow(document: OasDocument, pointer: string): { readonly schema?: string } {
  const found = ['schema', 'itemSchema'].map((name) => below(pointer, name));
  const schema = found.find((each) => follow(document.root, each) !== undefined);
  return schema === undefined ? {} : { schema };
}

/** Sites that several operations share are one site. */
function shared<T extends ValueSite>(sites: readonly T[], key: (site: T) => string): readonly T[] {
  const known = new Map<string, T>();
  for (const site of sites) {
    const before = known.get(key(site));
    const operations = [...new Set([...(before?.operations ?? []), ...site.operations])];
    known.set(key(site), { ...site, operations });
  }
  return [...known.values()];
}
