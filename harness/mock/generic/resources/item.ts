import { isObject, type Reply } from '../../reply/reply.ts';
import { type Act, notThere } from './act.ts';
import { create, keep } from './create.ts';
import { findRecord } from './find.ts';
import { isDeclared, refusal } from '../answer/refusal.ts';
import { representation } from './representation.ts';
import type { ResourceRecord } from './records.ts';
import type { ResourceKind } from './structure.ts';
import { resourceSent } from './wrapper.ts';
import { successOf, successReply } from '../answer/success.ts';

/** An operation on one resource: it is read, changed, replaced or deleted. */
export function actOnItem(act: Act, kind: ResourceKind, id: string): Reply {
  const { operation, service, parents } = act;
  const record = findRecord(service, kind, { id, parents });
  if (record === undefined) {
    const makes = operation.method === 'PUT' && !(isDeclared(operation, 404) === 'exactly' && !declares201(act));
    return makes
      ? create(act, kind, id)
      : refusal(operation, notThere, `${kind.collection} ${id} not found.`, act.accept);
  }
  switch (operation.method) {
    case 'GET':
    case 'HEAD':
      return show(act, record);
    case 'DELETE':
      return remove(act, record);
    case 'PUT':
      return change(act, record, 'replaced');
    case 'PATCH':
      return change(act, record, 'merged');
    default:
      // What another method does to a resource, the document cannot say.
      return show(act, record, { byExample: true });
  }
}

function declares201({ operation }: Act): boolean {
  return operation.responses.some(({ key }) => key === '201');
}

/** Answers with a resource as it is. */
export function show(act: Act, record: ResourceRecord, how: { readonly byExample?: boolean } = {}): Reply {
  const { operation, service } = act;
  const success = successOf(operation, [200], act.accept);
  if (success === 'unacceptable') return refusal(operation, [406], 'None of the media types is accepted.');
  if (success === undefined) return refusal(operation, [501], 'The document declares no success.');
  const { media } = success;
  const shown = media === undefined ? undefined : representation(service.document, media, record);
  const byExample = how.byExample === true || (media !== undefined && shown === undefined);
  return successReply(success, { ...(shown === undefined ? {} : { body: shown.body }), byExample });
}

function remove(act: Act, record: ResourceRecord): Reply {
  const { operation, service } = act;
  const success = successOf(operation, [], act.accept);
  if (success === 'unacceptable') return refusal(operation, [406], 'None of the media types is accepted.');
  if (success === undefined) return refusal(operation, [501], 'The document declares no success.');
  service.records.remove(record);
  const { media } = success;
  const shown = media === undefined ? undefined : representation(service.document, media, record);
  return successReply(success, shown === undefined ? {} : { body: shown.body });
}

/** `merged`: by RFC 7396, the only patch that most documents mean by JSON; another kind of patch changes nothing. */
export function change(act: Act, record: ResourceRecord, how: 'merged' | 'replaced'): Reply {
  const { operation } = act;
  const success = successOf(operation, [200, 204], act.accept);
  if (success === 'unacceptable') return refusal(operation, [406], 'None of the media types is accepted.');
  if (success === undefined) return refusal(operation, [501], 'The document declares no success.');
  const { body } = resourceSent(operation, act.body);
  if (body === undefined || !isObject(body)) return show(act, record, { byExample: true });
  const names = new Set(Object.keys(body));
  const left = how === 'merged' ? record.value : withoutWritable(record, names);
  const value = Object.fromEntries(
    Object.entries({ ...left, ...body }).filter(
      ([name, each]) => how === 'replaced' || each !== null || !names.has(name),
    ),
  );
  // The id is what the path says, whatever the body has in its place.
  const { idProperty } = record;
  const own = idProperty === undefined ? value : { ...value, [idProperty]: record.value[idProperty] ?? null };
  return keep(act, { ...record, value: own, origin: 'request' }, success);
}

function withoutWritable({ value, writable }: ResourceRecord, sent: ReadonlySet<string>): ResourceRecord['value'] {
  return Object.fromEntries(Object.entries(value).filter(([name]) => !writable.has(name) || sent.has(name)));
}
