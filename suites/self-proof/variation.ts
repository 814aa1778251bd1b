import type { MockOptions } from '../../harness/index.ts';
import type { Otherwise } from './server/faulty-server.ts';

/** A way in which servers may differ without departing from the contract: nothing may fail. */
export interface Variation extends Otherwise {
  readonly name: string;
  /** Why it is legal, in one sentence. */
  readonly says: string;
  readonly mock?: Partial<Omit<MockOptions, 'document' | 'key'>>;
  readonly states?: 'http';
  /** It is held against the document of this API version and not against the delivered one. */
  readonly api?: '2026-07';
  /** It is held against a document of `documents/` and not against the shipped one. */
  readonly document?: string;
}
