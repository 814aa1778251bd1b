import { groupBy } from '../../../core/group-by.ts';
import type { OasDocument } from '../../../model/document.ts';
import { below, follow, isObject, partsOf } from '../../../openapi/document/pointer.ts';
import { linkedSources, linkingOperations } from '../../../openapi/links/sources.ts';
import type { ListedOperation } from '../../../openapi/operation/operation.ts';
import { isJson } from '../../../openapi/media-type.ts';
import { insideWrapper } from './wrapper.ts';

/** A sort of resource: what one or more paths that end in a parameter name, such as `/shops/{shop}/toys/{toy_id}`. */
export interface ResourceKind {
  /** The segment in front of the id, such as `toys`. */
  readonly collection: string;
  /** The path of one resource, and the parameter in it that holds the id. */
  readonly itemPath: string;
  readonly idParameter: string;
  /** The property that holds the id, where links of the document say so. */
  readonly linkedId?: string;
  /** The pointer of the schema of one resource, where an operation answers with it. */
  readonly schema?: string;
  /** Whether an operation of the document makes such resources. */
  creatable: boolean;
}

/** What a path is about. */
type PathRole =
  | { readonly kind: 'item'; readonly of: ResourceKind }
  | { readonly kind: 'collection'; readonly of: ResourceKind }
  /** A path below a resource that is no collection: an action, or the only thing of its sort there. */
  | { readonly kind: 'part'; readonly of: ResourceKind }
  /** A path without a resource: the only thing of its sort, or a call. */
  | { readonly kind: 'single' };

export interface Structure {
  readonly roleOf: (path: string) => PathRole;
  /** The sort of resource that an operation answers with, where its path is no collection of it. */
  readonly answersWith: (operation: ListedOperation) => ResourceKind | undefined;
  /** The resources that a path leads through, in their order, with the place of their id among the path's parameters. */
  readonly ancestorsOf: (path: string) => readonly Ancestor[];
}

export interface Ancestor {
  readonly collection: string;
  readonly parameter: string;
  /** The place among the parameters of the path. */
  readonly index: number;
  /** Absent where the document has no operation on such a resource by itself: then it is taken to exist. */
  readonly kind?: ResourceKind;
}

/** Reads from the paths and the schemas of a document what resources it has. */
export function structureOf(document: OasDocument, operations: readonly ListedOperation[]): Structure {
  const byPath = new Map<string, ResourceKind>();
  const kinds: ResourceKind[] = [];
  const operationsOn = groupBy(operations, ({ path }) => path);
  for (const [path, own] of operationsOn) {
    const segments = segmentsOf(path);
    const idParameter = parameterIn(segments.at(-1));
    const collection = collectionOf(segments);
    if (idParameter === undefined || collection === undefined) continue;
    const schema = itemSchema(document, own);
    const same = kinds.find((kind) => kind.collection === collection && kind.schema === schema && schema !== undefined);
    const kind = same ?? {
      collection,
      itemPath: path,
      idParameter,
      ...linkedIdOf(document, path),
      ...(schema === undefined ? {} : { schema }),
      creatable: false,
    };
    if (same === undefined) kinds.push(kind);
    byPath.set(path, kind);
  }
  const structure = {
    roleOf: roles(byPath, kinds),
    answersWith: answers(document, kinds),
    ancestorsOf: ancestors(byPath),
  };
  for (const operation of operations) {
    const made = madeBy(operation, structure);
    if (made !== undefined) made.creatable = true;
  }
  return structure;
}

/** The sort of resource that an operation makes. */
export function madeBy(operation: ListedOperation, { roleOf, answersWith }: Structure): ResourceKind | undefined {
  const role = roleOf(operation.path);
  switch (operation.method) {
    case 'PUT':
      return role.kind === 'item' || role.kind === 'collection' ? role.of : undefined;
    case 'POST':
      if (role.kind === 'collection') return role.of;
      return role.kind === 'item' ? undefined : answersWith(operation);
    default:
      return undefined;
  }
}

function roles(byPath: ReadonlyMap<string, ResourceKind>, kinds: readonly ResourceKind[]): Structure['roleOf'] {
  const byCollectionPath = new Map([...byPath].map(([path, kind]) => [above(path), kind]));
  const byName = groupBy(kinds, ({ collection }) => collection);
  return (path) => {
    const item = byPath.get(path);
    if (item !== undefined) return { kind: 'item', of: item };
    const last = segmentsOf(path).at(-1);
    const named = byName.get(last ?? '') ?? [];
    const of = byCollectionPath.get(path) ?? (named.length === 1 ? named[0] : undefined);
    if (of !== undefined && parameterIn(last) === undefined) return { kind: 'collection', of };
    for (let owner = above(path); owner !== ''; owner = above(owner)) {
      const kind = byPath.get(owner);
      if (kind !== undefined) return { kind: 'part', of: kind };
    }
    return { kind: 'single' };
  };
}

/** The path without the names of its parameters. */
function shapeOf(path: string): string {
  return path.replaceAll(/\{[^{}]*\}/g, '{}');
}

/** The path without its last segment. */
function above(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

function answers(document: OasDocument, kinds: readonly ResourceKind[]): Structure['answersWith'] {
  const bySchema = new Map(kinds.flatMap((kind) => (kind.schema === undefined ? [] : [[kind.schema, kind]])));
  return (operation) => {
    const schema = successSchema(document, operation);
    return schema === undefined ? undefined : bySchema.get(schema);
  };
}

function ancestors(byPath: ReadonlyMap<string, ResourceKind>): Structure['ancestorsOf'] {
  // One path may say {id} where another says {bucket_id}.
  const byShape = new Map([...byPath].map(([path, kind]) => [shapeOf(path), kind]));
  return (path) => {
    const segments = segmentsOf(path);
    const found: Ancestor[] = [];
    for (const [at, segment] of segments.entries()) {
      const parameter = parameterIn(segment);
      if (parameter === undefined) continue;
      const upTo = segments.slice(0, at + 1);
      const kind = byShape.get(shapeOf(`/${upTo.join('/')}`));
      found.push({
        collection: collectionOf(upTo) ?? '',
        parameter,
        index: found.length,
        ...(kind === undefined ? {} : { kind }),
      });
    }
    return found;
  };
}

function segmentsOf(path: string): readonly string[] {
  return path.slice(1).split('/');
}

/** The name of the parameter that a segment is, or undefined where it is more or less than one. */
function parameterIn(segment: string | undefined): string | undefined {
  return /^[.;]?\{([^{}]+)\}$/.exec(segment ?? '')?.[1];
}

/** The last segment that is no parameter. */
function collectionOf(segments: readonly string[]): string | undefined {
  return segments.findLast((segment) => !segment.includes('{'));
}

function itemSchema(document: OasDocument, own: readonly ListedOperation[]): string | undefined {
  const order = ['GET', 'PATCH', 'PUT'];
  return order
    .map((method) => own.find((operation) => operation.method === method))
    .map((operation) => (operation === undefined ? undefined : successSchema(document, operation)))
    .find((schema) => schema !== undefined);
}

/** The last part of where the link of a creation says that the id is: `ref` of `$response.body#/data/ref`. */
function linkedIdOf(document: OasDocument, itemPath: string): Pick<ResourceKind, 'linkedId'> {
  const pointers = linkingOperations(document).flatMap((operation) => linkedSources(operation, itemPath));
  const names = pointers.flatMap((pointer) => (pointer.startsWith('/') ? (partsOf(pointer).at(-1) ?? []) : []));
  const [name] = names.filter((each) => !/^\d+$/.test(each));
  return name === undefined ? {} : { linkedId: name };
}

/** The pointer of the schema of the first success that has content, with its references followed. */
function successSchema(document: OasDocument, { pointer }: ListedOperation): string | undefined {
  const responses = below(pointer, 'responses');
  const declared = follow(document.root, responses)?.value;
  const keys = isObject(declared) ? Object.keys(declared).filter((key) => /^2/.test(key)) : [];
  for (const key of keys) {
    const content = follow(document.root, below(responses, key, 'content'));
    const types = content !== undefined && isObject(content.value) ? Object.keys(content.value) : [];
    const type = types.find(isJson) ?? types[0];
    const schema =
      content === undefined || type === undefined
        ? undefined
        : follow(document.root, below(content.pointer, type, 'schema'));
    if (schema !== undefined) return insideWrapper(document, schema.pointer);
  }
  return undefined;
}
