import type { Reply } from '../../reply/reply.ts';
import { type Act, notThere } from './act.ts';
import { example } from './collection.ts';
import { create } from './create.ts';
import { findRecord } from './find.ts';
import { show } from './item.ts';
import { isDeclared, refusal } from '../answer/refusal.ts';
import { conforms } from '../answer/base-body.ts';
import { madeBy } from './structure.ts';
import { successOf, successReply } from '../answer/success.ts';

/** An operation on a path that is no resource of a kind: settings, an avatar, `/orders/{id}/cancel`, `/search`. */
export function actOnPart(act: Act): Reply {
  const { method } = act.operation;
  switch (method) {
    case 'PUT':
    case 'PATCH':
      return store(act);
    case 'GET':
    case 'HEAD':
      return read(act);
    case 'DELETE':
      return remove(act);
    default:
      return call(act);
  }
}

/** The only thing of its sort under a path: what was put there is there, else the example of the document. */
function read(act: Act): Reply {
  const { operation, service } = act;
  const key = pathOf(act);
  const known = service.records.single(key);
  const gone = known === removed && isDeclared(operation, 404) === 'exactly';
  if (gone) return refusal(operation, notThere, `${key} not found.`, act.accept);
  const success = successOf(operation, [200], act.accept);
  if (known === undefined || known === removed || typeof success !== 'object' || success.media === undefined) {
    return example(act);
  }
  return conforms(service.document, success.media, known) ? successReply(success, { body: known }) : example(act);
}

/** What stands for a thing that was deleted. */
const removed = '\u0000removed';

function store(act: Act): Reply {
  const { operation, service, body } = act;
  if (body === undefined) return example(act);
  service.records.putSingle(pathOf(act), body);
  const success = successOf(operation, [200, 201, 204], act.accept);
  if (typeof success !== 'object' || success.media === undefined) return example(act, false);
  return conforms(service.document, success.media, body) ? successReply(success, { body }) : example(act);
}

function remove(act: Act): Reply {
  const { operation, service } = act;
  const key = pathOf(act);
  if (service.records.single(key) === removed && isDeclared(operation, 404) === 'exactly') {
    return refusal(operation, notThere, `${key} not found.`, act.accept);
  }
  service.records.putSingle(key, removed);
  return example(act, false);
}

/** A call: it makes a resource where it answers with one, and shows the resource that it acts on where it answers with that. */
function call(act: Act): Reply {
  const { service, listed, parents } = act;
  const kind = madeBy(listed, service.structure);
  if (kind === undefined) return example(act);
  const id = parents.get(kind.collection);
  if (id === undefined) return create(act, kind);
  const record = findRecord(service, kind, {
    id,
    parents: new Map([...parents].filter(([name]) => name !== kind.collection)),
  });
  return record === undefined ? example(act) : show(act, record, { byExample: true });
}

function pathOf({ listed, call: { params } }: Act): string {
  let at = 0;
  return listed.path.replaceAll(/\{[^{}]+\}/g, () => encodeURIComponent(params[at++] ?? ''));
}
