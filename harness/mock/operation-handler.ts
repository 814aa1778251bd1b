import type { Json } from '../model/document.ts';
import type { Answers } from './reply/answers.ts';
import type { ApiVersion } from './api-version.ts';
import type { Reply } from './reply/reply.ts';
import type { Store } from './state/store.ts';

/** A request that was admitted: authenticated, routed, read. */
export interface Call {
  readonly store: Store;
  readonly answers: Answers;
  /** The path's parameter, decoded; empty where the path has none. */
  readonly id: string;
  /** As it was sent; empty where there is none. */
  readonly query: string;
  /** The parsed JSON body; absent where there was none. */
  readonly body?: Json;
  readonly apiVersion: ApiVersion;
}

/** What one operation does. */
export interface OperationHandler {
  readonly method: string;
  readonly path: string;
  readonly respond: (call: Call) => Reply;
}

/** The answer to an accepted deletion: no content at all. */
export const accepted: Reply = { status: 202, constant: true };
