import type { Json, OasDocument, Operation } from '../../../model/document.ts';
import type { ListedOperation } from '../../../openapi/operation/operation.ts';
import type { Parents, Records } from './records.ts';
import type { IncomingCall } from '../request/request.ts';
import type { Structure } from './structure.ts';

/** What an operation acts on, and with. */
export interface Act {
  readonly service: State;
  readonly listed: ListedOperation;
  readonly operation: Operation;
  readonly call: IncomingCall;
  readonly accept: string | undefined;
  /** The body that conforms; absent where there was none, or none that has a value. */
  readonly body?: Json;
  /** The resources that the path leads through, without the one that it names. */
  readonly parents: Parents;
}

/** What the operations share. */
export interface State {
  readonly document: OasDocument;
  readonly operations: readonly ListedOperation[];
  readonly structure: Structure;
  readonly records: Records;
}

/** The statuses that say that something is not there, the best first. */
export const notThere: readonly number[] = [404, 410, 400, 422];
