import type { ListedOperation } from '../../../openapi/operation/operation.ts';
import { usableOperation } from '../../../openapi/operation/usable.ts';
import type { Json, JsonObject, Operation } from '../../../model/document.ts';
import { isObject } from '../../reply/reply.ts';
import { baseBody } from '../answer/base-body.ts';
import { documentIds, idIn, idProperty, namesOf } from './identity.ts';
import type { Parents, ResourceRecord } from './records.ts';
import { keywordAt, propertiesAt } from '../../../openapi/schema/schema-parts.ts';
import { scalarOf } from '../request/parameter-value.ts';
import { notThere, type State } from './act.ts';
import { isDeclared } from '../answer/refusal.ts';
import type { ResourceKind } from './structure.ts';

interface Wanted {
  readonly id: string;
  readonly parents: Parents;
}

/**
 * A resource that exists: somebody made it, or the document names it, in the example of its parameter or, where no
 * operation makes such resources, in the example of a list. What the document names can be deleted once.
 */
export function findRecord(state: State, kind: ResourceKind, { id, parents }: Wanted): ResourceRecord | undefined {
  const { records } = state;
  const found = records.find(kind, id, parents);
  if (found !== undefined || records.isRemoved(kind, id)) return found;
  if (!kind.creatable) {
    plantListed(state, kind, parents);
    const listed = records.find(kind, id, parents);
    if (listed !== undefined) return listed;
  }
  if (!knownIds(state, kind).includes(id) && !existsByExample(state, kind)) return undefined;
  const planted: ResourceRecord = {
    kind,
    id,
    parents,
    ...withId(state, kind, id),
    writable: new Set(),
    origin: 'document',
  };
  records.put(planted);
  return planted;
}

const byExample = new WeakMap<ResourceKind, boolean>();

/**
 * Whether a kind has every id: no operation makes such resources or lists them, and none on them declares a response for
 * one that is not there. What exists, the document cannot say then, and each of them is answered by example.
 */
function existsByExample({ operations, structure }: State, kind: ResourceKind): boolean {
  const before = byExample.get(kind);
  if (before !== undefined) return before;
  const isList = ({ method, path }: ListedOperation): boolean => {
    const role = structure.roleOf(path);
    return method === 'GET' && role.kind === 'collection' && role.of === kind;
  };
  const own = operations.filter(({ path }) => path === kind.itemPath).flatMap((each) => usableOperation(each) ?? []);
  const refuses = own.some((operation) => notThere.some((status) => isDeclared(operation, status) !== undefined));
  const made = !kind.creatable && !operations.some(isList) && !refuses;
  byExample.set(kind, made);
  return made;
}

const idsOf = new WeakMap<ResourceKind, readonly string[]>();

/** The ids of a kind that the document names in the parameter of its path. */
export function knownIds({ operations }: State, kind: ResourceKind): readonly string[] {
  const before = idsOf.get(kind);
  if (before !== undefined) return before;
  const own = operations.filter(({ path }) => path === kind.itemPath).flatMap((each) => usableOperation(each) ?? []);
  const ids = own.flatMap((operation) => documentIds(operation, { parameter: kind.idParameter }));
  idsOf.set(kind, ids);
  return ids;
}

function withId(
  { document }: State,
  kind: ResourceKind,
  id: string,
): Pick<ResourceRecord, 'value'> & Partial<Pick<ResourceRecord, 'idProperty'>> {
  const property = kind.schema === undefined ? undefined : idProperty(kind, namesOf(document, [kind.schema]));
  if (kind.schema === undefined || property === undefined) return { value: {} };
  const schema = propertiesAt(document, kind.schema).get(property);
  return { value: { [property]: scalarOf(document, schema, id) }, idProperty: property };
}

const listed = new WeakMap<ResourceKind, boolean>();

/** What the example of a list shows, where no operation makes such resources: else the list would be empty for ever. */
export function plantListed(state: State, kind: ResourceKind, parents: Parents): void {
  if (listed.get(kind) === true) return;
  listed.set(kind, true);
  const { document, structure, operations, records } = state;
  const list = operations.find(({ method, path }) => {
    const role = structure.roleOf(path);
    return method === 'GET' && role.kind === 'collection' && role.of === kind;
  });
  const usable = list === undefined ? undefined : usableOperation(list);
  const items = usable === undefined ? [] : exampleItems(usable);
  const names = namesOf(document, [kind.schema]);
  const property = idProperty(kind, new Set([...names, ...items.flatMap((item) => Object.keys(item))]));
  const planted = {
    kind,
    parents,
    writable: new Set<string>(),
    origin: 'document' as const,
    ...(property === undefined ? {} : { idProperty: property }),
  };
  for (const item of items) {
    const id = idIn(item, property);
    if (id !== undefined) records.put({ ...planted, id, value: item });
  }
}

/** The objects of the list that the first success of an operation has as its example. */
function exampleItems(operation: Operation): readonly JsonObject[] {
  const media = operation.responses.find(({ key }) => key.startsWith('2'))?.media[0];
  if (media === undefined) return [];
  const { value } = baseBody(operation.document, media);
  const lists: readonly Json[] = Array.isArray(value) ? [value] : isObject(value) ? Object.values(value) : [];
  const list: readonly Json[] = lists.find((each): each is readonly Json[] => Array.isArray(each)) ?? [];
  return list.filter(isObject);
}

/** Whether a property is one that only the server sets. */
export function isReadOnly({ document }: State, schema: string): boolean {
  return keywordAt(document, schema, 'readOnly') === true;
}
