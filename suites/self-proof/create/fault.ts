import type { On, ReplyTamper, WireTamper } from '../fault.ts';
import type { Behaviour } from './index-server.ts';

/** How a server of create_index differs from the one that conforms: in what it does, or in what it says. */
export interface Otherwise {
  readonly behaviour?: Behaviour;
  /** Which answers `tamper` changes: those to POST where no other method is named. */
  readonly on?: Pick<On, 'method' | 'status' | 'path' | 'header'>;
  readonly tamper?: ReplyTamper | WireTamper | readonly (ReplyTamper | WireTamper)[];
}

/** A server that departs from the document in one way, and what must say so. */
export interface CreateFault extends Otherwise {
  readonly name: string;
  /** One sentence that a person understands at once. */
  readonly says: string;
  /** The finding that must be there, or the response that must stay unproved, for nothing of it can be wrong by itself. */
  readonly caughtBy:
    { readonly check: string; readonly case: string; readonly as?: 'advice' } | { readonly unproved: string };
}
