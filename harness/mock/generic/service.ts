import type { OasDocument } from '../../model/document.ts';
import type { ListedOperation } from '../../openapi/operation/operation.ts';
import type { Reply } from '../reply/reply.ts';
import { type Act, notThere, type State } from './resources/act.ts';
import { type Leaving, openRecords, type Parents } from './resources/records.ts';
import { refusal } from './answer/refusal.ts';
import { checkRequest, headerTexts, type IncomingCall } from './request/request.ts';
import { actOnCollection } from './resources/collection.ts';
import { actOnItem } from './resources/item.ts';
import { actOnPart } from './resources/part.ts';
import { findRecord } from './resources/find.ts';
import { structureOf } from './resources/structure.ts';

/** A server of all operations of one document: what was made is there until it is deleted. */
export interface Service {
  respond(listed: ListedOperation, call: IncomingCall): Reply;
}

export function openService(
  document: OasDocument,
  operations: readonly ListedOperation[],
  leaving: Leaving = { asyncDeleteMs: 0, now: Date.now },
): Service {
  const service: State = {
    document,
    operations,
    structure: structureOf(document, operations),
    records: openRecords(leaving),
  };
  return { respond: (listed, call) => respond(service, listed, call) };
}

function respond(service: State, listed: ListedOperation, call: IncomingCall): Reply {
  const operation = listed.operation();
  const checked = checkRequest(operation, call);
  if (checked.kind === 'problem')
    return refusal(operation, checked.problem.statuses, checked.problem.detail, acceptOf(call));
  const lost = lostAncestor(service, listed, call);
  if (typeof lost === 'string') return refusal(operation, notThere, lost, acceptOf(call));
  const act: Act = {
    service,
    listed,
    operation,
    call,
    accept: acceptOf(call),
    ...(checked.body === undefined ? {} : { body: checked.body }),
    parents: lost,
  };
  const role = service.structure.roleOf(listed.path);
  switch (role.kind) {
    case 'item':
      return actOnItem(act, role.of, call.params.at(-1) ?? '');
    case 'collection':
      return actOnCollection(act, role.of);
    case 'part':
    case 'single':
      return actOnPart(act);
    default:
      return role satisfies never;
  }
}

function acceptOf({ rawHeaders }: IncomingCall): string | undefined {
  const texts = headerTexts(rawHeaders, 'accept');
  return texts.length === 0 ? undefined : texts.join(',');
}

/** The resources that a path leads through; or a sentence, where one of them does not exist. */
function lostAncestor(service: State, listed: ListedOperation, { params }: IncomingCall): Parents | string {
  const role = service.structure.roleOf(listed.path);
  const all = service.structure.ancestorsOf(listed.path);
  const parents = new Map<string, string>();
  for (const { collection, kind, index } of role.kind === 'item' ? all.slice(0, -1) : all) {
    const id = params[index] ?? '';
    if (kind !== undefined && findRecord(service, kind, { id, parents }) === undefined) {
      return `${collection} ${id} not found.`;
    }
    parents.set(collection, id);
  }
  return parents;
}
