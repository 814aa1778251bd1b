import type { DeclaredResponse, NamedExample, Operation, SpecPlace } from '../../model/document.ts';
import type { Sends, Situation } from '../releases/manifest.ts';
import type { Reply } from '../server/script.ts';

/** What a case does for every release. How often each reply is sent, the release says. */
export interface SdkPlan {
  /** Never changes once released: `sdk/delete_backup/id/slash`. */
  readonly id: string;
  readonly group: 'declared' | 'id' | 'reply' | 'retry';
  readonly title: string;
  /** The sentence that must hold. */
  readonly requirement: string;
  /** The value of the operation's path parameter. */
  readonly value: string;
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
  readonly replies: readonly Reply[];
  readonly sends: Sends;
}

/** `{other}` in a reply's header stands for the origin of a second server, which must never see the key. */
export const otherOrigin = '{other}';

export const usualDeadlineMs = 25_000;
