import { usableOperation } from '../../../openapi/operation/usable.ts';
import type { Json, JsonObject } from '../../../model/document.ts';
import { requestIssues } from '../../../openapi/schema/schema.ts';
import { isObject, type Reply } from '../../reply/reply.ts';
import type { Act, State } from './act.ts';
import { resourceSent } from './wrapper.ts';
import { isReadOnly, knownIds } from './find.ts';
import { idIn, idProperty, namesOf, newId } from './identity.ts';
import { isDeclared, refusal } from '../answer/refusal.ts';
import { representation } from './representation.ts';
import type { ResourceRecord } from './records.ts';
import { scalarOf } from '../request/parameter-value.ts';
import { propertiesAt } from '../../../openapi/schema/schema-parts.ts';
import type { ResourceKind } from './structure.ts';
import { type Success, successOf, successReply } from '../answer/success.ts';

/** Makes a resource of the body of a request, or refuses to make it a second time. `id`: the one that the path gives. */
export function create(act: Act, kind: ResourceKind, id?: string): Reply {
  const { operation, service, parents } = act;
  const success = successOf(operation, [201, 200, 202], act.accept);
  if (success === 'unacceptable') return refusal(operation, [406], 'None of the media types is accepted.');
  if (success === undefined) return refusal(operation, [501], 'The document declares no success.');
  const sent = resourceSent(operation, act.body);
  const given = sent.body ?? {};
  // A list of resources, or a text: how many things that makes, the document cannot say.
  if (!isObject(given)) return successReply(success, { byExample: true });
  const record = newRecord(act, kind, { ...sent, body: given, success, ...(id === undefined ? {} : { id }) });
  const before = service.records.find(kind, record.id, parents);
  if (before?.origin === 'request' && isDeclared(operation, 409) === 'exactly') {
    return refusal(operation, [409], `${kind.collection} ${record.id} already exists.`, act.accept);
  }
  return keep(act, record, success);
}

/** Keeps a record and answers with it: what the answer says about it besides is from then on known of it. */
export function keep(act: Act, record: ResourceRecord, success: Success): Reply {
  const { service, listed } = act;
  const { media } = success;
  const shown = media === undefined ? undefined : representation(service.document, media, record);
  const kept = shown === undefined ? record : { ...record, value: { ...shown.said, ...record.value } };
  service.records.put(kept);
  const location = itemUrl(act, record);
  return successReply(success, {
    ...(shown === undefined ? {} : { body: shown.body }),
    ...(listed.method === 'POST' && location !== undefined ? { location } : {}),
    byExample: media !== undefined && shown === undefined,
  });
}

/** The path of a resource, where its parents are known. */
function itemUrl({ service }: Act, { kind, id, parents }: ResourceRecord): string | undefined {
  const ancestors = service.structure.ancestorsOf(kind.itemPath);
  const values = ancestors.map(({ collection }, at) => (at === ancestors.length - 1 ? id : parents.get(collection)));
  if (values.includes(undefined)) return undefined;
  let at = 0;
  return kind.itemPath.replaceAll(/\{[^{}]+\}/g, () => encodeURIComponent(values[at++] ?? ''));
}

function newRecord(
  act: Act,
  kind: ResourceKind,
  given: { readonly body: JsonObject; readonly schema?: string; readonly success: Success; readonly id?: string },
): ResourceRecord {
  const { service, parents } = act;
  const { document, records } = service;
  const { schema: requestSchema } = given;
  const sent = requestSchema === undefined ? new Map<string, string>() : propertiesAt(document, requestSchema);
  const settable = [...sent].filter(([, schema]) => !isReadOnly(service, schema)).map(([name]) => name);
  const value = Object.fromEntries(
    Object.entries(given.body).filter(([name]) => !sent.has(name) || settable.includes(name)),
  );
  const names = namesOf(document, [kind.schema, given.success.media?.schema, requestSchema]);
  const property = idProperty(kind, names);
  const schemas = idSchemas(service, kind, property);
  const chosen = given.id ?? fitting(service, schemas, idIn(value, property));
  const taken = (made: Json): boolean =>
    knownIds(service, kind).includes(asText(made)) || records.find(kind, asText(made), parents) !== undefined;
  const made = chosen ?? newId(document, schemas, { next: () => records.count(kind), taken });
  const schema = property === undefined ? undefined : schemas[0];
  return {
    kind,
    id: asText(made),
    ...(property === undefined ? {} : { idProperty: property }),
    parents,
    value:
      property === undefined || (chosen !== undefined && property in value)
        ? value
        : { ...value, [property]: typed(service, schema, made) },
    writable: new Set(settable),
    origin: 'request',
  };
}

/** The id that a body gives, where its path could have it. */
function fitting({ document }: State, schemas: readonly string[], id: string | undefined): string | undefined {
  const fits = (schema: string): boolean =>
    [id ?? '', scalarOf(document, schema, id ?? '')].some((each) => requestIssues(document, schema, each).length === 0);
  return id !== undefined && schemas.every(fits) ? id : undefined;
}

function typed({ document }: State, schema: string | undefined, id: Json): Json {
  return typeof id === 'string' ? scalarOf(document, schema, id) : id;
}

function asText(id: Json): string {
  return typeof id === 'string' ? id : JSON.stringify(id);
}

/** The schemas that an id must fit: that of its property and that of its parameter. */
function idSchemas(
  { document, operations }: State,
  kind: ResourceKind,
  property: string | undefined,
): readonly string[] {
  const own =
    kind.schema === undefined || property === undefined ? undefined : propertiesAt(document, kind.schema).get(property);
  const listed = operations.find(({ path }) => path === kind.itemPath);
  const item = listed === undefined ? undefined : usableOperation(listed);
  const parameter = item?.parameters.find(
    ({ name, in: place }) => place === 'path' && name === kind.idParameter,
  )?.schema;
  return [own, parameter].filter((schema) => schema !== undefined);
}
