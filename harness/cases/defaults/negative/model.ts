import type { Draft } from '../draft.ts';

/** A request that the document does not allow. */
export interface WrongRequest {
  /** The part of a case id. */
  readonly id: string;
  /** What is wrong with it, in words: `without the query parameter limit, which is required`. */
  readonly what: string;
  readonly draft: Draft;
  readonly kind: 'body' | 'parameter' | 'path';
}
