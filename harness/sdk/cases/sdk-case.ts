import type { DriverInput } from '../driver/protocol.ts';
import type { DriverOption } from '../driver/driver-options.ts';
import type { ClientUse } from './client-use.ts';
import type { DeclaredResponse, NamedExample, Operation, SpecPlace } from '../../model/document.ts';
import type { Sends, Situation } from '../releases/manifest.ts';
import type { Reply } from '../server/script.ts';

/** What a case does for every release. How often each reply is sent, the release says. */
export interface SdkPlan {
  /** Never changes once released: `sdk/delete_backup/id/slash`. */
  readonly id: string;
  readonly group: 'declared' | 'id' | 'reply' | 'retry' | 'client';
  readonly title: string;
  /** The sentence that must hold. */
  readonly requirement: string;
  /** The value of the operation's path parameter, as text; of what has no spelling as text, the empty text. */
  readonly value: string;
  /** What the client is given in place of the text. */
  readonly input?: DriverInput;
  /** What the driver must know beyond protocol 1: one that does not is not given the case. */
  readonly needs?: readonly DriverOption[];
  /** How the client is made and used, where that is not the ordinary way. */
  readonly use?: ClientUse;
  /** What a DELETE gets at the origin that redirects lead to; 418 where absent. */
  readonly elsewhere?: Reply;
  /** The first reply, and what comes when the client tries again; the first once more where that is absent. */
  readonly reply: Reply;
  readonly afterwards?: Reply;
  /** Which habit of the client decides the number of sends; exactly one where absent. */
  readonly situation?: Situation;
  /** May the client refuse the value by itself, or must it? */
  readonly refusal: 'forbidden' | 'allowed' | 'required';
  /** The client's own time-out, where it has one. */
  readonly timeoutMs?: number;
  readonly deadlineMs: number;
  /** The client is given a key that is known and lacks the permission. */
  readonly credential?: 'forbidden';
  readonly response?: DeclaredResponse;
  readonly example?: NamedExample;
  readonly at: SpecPlace;
}

/** A plan, settled for one release. */
export interface SdkCase extends SdkPlan {
  readonly operation: Operation;
  /** The path of the operation, below the path of the base URL. */
  readonly path: string;
  /** Why this release cannot be put through it. */
  readonly skip?: string;
  readonly replies: readonly Reply[];
  readonly sends: Sends;
}

/** `{other}` in a reply's header stands for the origin of a second server, which must never see the key. */
export const otherOrigin = '{other}';

export const usualDeadlineMs = 25_000;
