import { isObject, type Reply } from '../../reply/reply.ts';
import { type Act, notThere } from './act.ts';
import { create } from './create.ts';
import { findRecord, plantListed } from './find.ts';
import { idIn, idProperty, namesOf } from './identity.ts';
import { change } from './item.ts';
import { isDeclared, refusal } from '../answer/refusal.ts';
import { listing } from './representation.ts';
import { pageOf } from '../paging/page.ts';
import type { ResourceKind } from './structure.ts';
import { successOf, successReply } from '../answer/success.ts';

/** An operation on a collection: it is listed, or gets a new resource. */
export function actOnCollection(act: Act, kind: ResourceKind): Reply {
  switch (act.operation.method) {
    case 'GET':
    case 'HEAD':
      return list(act, kind);
    case 'POST':
      return create(act, kind);
    case 'PUT':
    case 'PATCH':
      return put(act, kind);
    case 'DELETE':
      return clear(act, kind);
    default:
      return example(act);
  }
}

function list(act: Act, kind: ResourceKind): Reply {
  const { operation, service, parents } = act;
  const success = successOf(operation, [200], act.accept);
  if (success === 'unacceptable') return refusal(operation, [406], 'None of the media types is accepted.');
  if (success === undefined) return refusal(operation, [501], 'The document declares no success.');
  if (!kind.creatable) plantListed(service, kind, parents);
  const { media } = success;
  const page = pageOf(operation, act.call, service.records.all(kind, parents));
  if (page.unknown !== undefined && [400, 422].some((status) => isDeclared(operation, status) === 'exactly')) {
    return refusal(operation, [400, 422], `The token ${page.unknown} leads to no page.`, act.accept);
  }
  const body = media === undefined ? undefined : listing(service.document, media, { kind, page });
  return successReply(success, body === undefined ? { byExample: media !== undefined } : { body });
}

/** A resource that its body names is changed, or made where there is none; `PUT /pet` is one of these. */
function put(act: Act, kind: ResourceKind): Reply {
  const { operation, service, parents, body } = act;
  if (body === undefined || !isObject(body)) return example(act);
  const schema = operation.requestBody?.content[0]?.schema;
  const id = idIn(body, idProperty(kind, namesOf(service.document, [schema, kind.schema])));
  if (id === undefined) return example(act);
  const record = findRecord(service, kind, { id, parents });
  if (record !== undefined) return change(act, record, operation.method === 'PUT' ? 'replaced' : 'merged');
  const missing = isDeclared(operation, 404) === 'exactly' || operation.method === 'PATCH';
  return missing ? refusal(operation, notThere, `${kind.collection} ${id} not found.`, act.accept) : create(act, kind);
}

function clear(act: Act, kind: ResourceKind): Reply {
  const { service, parents } = act;
  for (const record of service.records.all(kind, parents)) service.records.remove(record);
  return example(act, false);
}

/** The example of the document, as the answer to what the document does not say the effect of. */
export function example(act: Act, byExample = true): Reply {
  const { operation } = act;
  const success = successOf(operation, [], act.accept);
  if (success === 'unacceptable') return refusal(operation, [406], 'None of the media types is accepted.');
  if (success === undefined) return refusal(operation, [501], 'The document declares no success.');
  return successReply(success, { byExample });
}
