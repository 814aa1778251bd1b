import type { Json } from '../../harness/model/document.ts';

/** One way in which a server departs from the contract, as data, and who must catch it. */
export interface Fault {
  /** `group/what`, such as `meaning/404-with-the-code-of-412`. */
  readonly name: string;
  /** One sentence that a person understands at once. */
  readonly says: string;
  /** Which requests, or the replies to them, it touches. */
  readonly on: On;
  readonly tamper: Tamper | readonly Tamper[];
  readonly caughtBy: Claim;
  /** The declared responses that it breaks; without it, those that `on` names, if a check of declared answers claims it. */
  readonly violates: readonly string[];
  /** Ids come from the mock's own state provider (UUIDs) and not from a states file (`ready-1`). */
  readonly states?: 'http';
  /** It has no way to look at a backup: each GET is answered with this status. */
  readonly blind?: 404 | 405 | 501;
  /** It is held against the document of this API version and not against the delivered one. */
  readonly api?: '2026-07';
  /** It is held against a document of `documents/` and not against the shipped one. */
  readonly document?: string;
  /** Only a run of all cases tells it. */
  readonly whole?: true;
  /** For servers that never come to an end. */
  readonly timeoutMs?: number;
}

/** The finding that must be there: in a declared case that the glob matches, or in a probe. */
export type Claim = (
  { readonly check: string; readonly case: string } | { readonly check: string; readonly probe: string }
) & {
  readonly as?: 'advice';
  /** The check that may name it instead, where the operating system decides what the client gets to see. */
  readonly or?: string;
};

/** All of what is given must hold. */
export interface On {
  /** `DELETE` below `/backups` where nothing else is said. */
  readonly method?: string | RegExp;
  /** The status that the mock answers. */
  readonly status?: readonly number[];
  /** The raw path and query. */
  readonly path?: RegExp;
  /** The values of one header, joined with a comma; absent counts as empty. */
  readonly header?: readonly [name: string, value: RegExp];
  /** The header is there, in another letter case than this. */
  readonly spelledUnlike?: string;
  /** The request has a body. */
  readonly body?: true;
  /** The id has been accepted for deletion before. */
  readonly again?: true;
  /** Another request for the same id is being answered. */
  readonly together?: true;
  /** Only each third request that is otherwise hit. */
  readonly every?: number;
}

/** Texts may hold `{key}`, `{id}`, `{status}`, `{origin}`, `{asked}` (the Origin of the request), `{n}`, `{length}`, `{length+5}`. */
export type Tamper = RequestTamper | StateTamper | ReplyTamper | WireTamper;

/** How the request is understood. */
export type RequestTamper =
  | { readonly do: 'read-id'; readonly as: IdReading }
  | { readonly do: 'read-path'; readonly as: PathReading }
  | { readonly do: 'read-method'; readonly as: string }
  /** A request whose key is shown like this passes as if it had a valid one. */
  | { readonly do: 'accept-key'; readonly when: KeyReading }
  | { readonly do: 'refuse-key' }
  /** Nothing is done for the request. */
  | { readonly do: 'refuse-request' }
  /** Lists have at most so many entries on a page. */
  | { readonly do: 'small-pages'; readonly size: number }
  /** With these statuses, a request without a valid key is answered as if it had one, and nothing is done. */
  | { readonly do: 'look-before-key'; readonly tells: readonly number[] };

export type IdReading =
  | 'lower-case'
  | 'trimmed'
  | 'cut-at-nul'
  | 'cut-at-semicolon'
  | 'first-of-list'
  | 'decoded-twice'
  | 'unquoted'
  | 'compatibility-form'
  | 'without-dots'
  | 'beginning-of-another'
  | 'with-something-before'
  | 'with-something-after'
  | 'last-segment'
  | 'without-slashes'
  | 'cut-at-question-mark'
  | 'cut-at-number-sign'
  | 'without-broken-escapes'
  | 'every-id'
  | 'from-body'
  | 'from-query'
  | 'from-header'
  /** What the pattern finds in an id is dropped from it. */
  | { readonly drops: RegExp }
  /** This character stands for any other. */
  | { readonly anyOne: string };

export type PathReading =
  'without-trailing-slash' | 'without-empty-segments' | 'without-dot-segments' | 'lower-case' | 'first-two-segments';

export type KeyReading =
  | 'nothing-is-shown'
  | 'it-is-empty'
  | 'it-is-unknown'
  | 'it-is-cut-short'
  | 'it-begins-well'
  | 'it-is-in-another-case'
  | 'it-is-very-long'
  | 'it-is-in-the-query'
  | 'it-is-in-a-cookie'
  | 'it-is-a-bearer-token'
  | 'it-ends-otherwise'
  | 'it-has-the-same-half'
  | 'it-is-percent-encoded'
  | 'it-is-a-user-name'
  | 'it-is-in-the-body'
  | 'the-connection-has-shown-one-and-any-is-shown'
  /** This header holds this text, in which `{key}` is the key. */
  | { readonly header: string; readonly is: string }
  | 'the-connection-has-shown-one';

/** What happens behind the answer. */
export type StateTamper =
  | { readonly do: 'delete'; readonly which: 'the-asked-one' | 'others' | 'everything'; readonly afterMs?: number }
  /** The deletion that was answered does not take place. */
  | { readonly do: 'keep'; readonly afterMs?: number }
  | { readonly do: 'list'; readonly how: 'keeps-the-deleted' | 'drops-the-others' };

/** What the answer says. */
export type ReplyTamper =
  | { readonly do: 'status'; readonly status: number; readonly reason?: string }
  | { readonly do: 'header'; readonly name: string; readonly value: string }
  | { readonly do: 'second-header'; readonly name: string; readonly value: string }
  | { readonly do: 'no-header'; readonly name: string }
  | { readonly do: 'body'; readonly text: string }
  | { readonly do: 'bytes'; readonly hex: string }
  | { readonly do: 'around'; readonly before?: string; readonly after?: string }
  | { readonly do: 'replace'; readonly text: string; readonly by: string }
  | { readonly do: 'json'; readonly at: string; readonly to: Json }
  | { readonly do: 'without'; readonly at: string }
  | { readonly do: 'encode'; readonly as: Encoding }
  /** A whole other answer: JSON where `json` is given. */
  | { readonly do: 'answer'; readonly status: number; readonly json?: Json };

export type Encoding =
  'utf-16le' | 'utf-16be' | 'latin1' | 'gzip' | 'deflate' | 'br' | 'json-string' | 'pretty' | 'ascii' | 'reversed';

/** What the bytes on the connection are. */
export type WireTamper =
  | { readonly do: 'status-line'; readonly text: string }
  /** `none`: neither length nor chunks. */
  | { readonly do: 'frame'; readonly as: 'length' | 'chunked' | 'none' }
  /** How the names of headers are written, or in which order the headers come. */
  | { readonly do: 'header-names'; readonly as: 'lower-case' | 'upper-case' | 'reversed' }
  /** The connection closes after the answer, and the answer says so. */
  | { readonly do: 'close' }
  /** Raw lines in the head, after all others. */
  | { readonly do: 'lines'; readonly lines: readonly string[] }
  | { readonly do: 'play'; readonly acts: readonly Act[] };

/** One thing that is done on the connection. Texts may also hold `{head}`, `{body}`, `{plain}`, `{half}`, `{rest}`, `{hex}`. */
export type Act =
  | { readonly send: string }
  | { readonly wait: number }
  | { readonly drip: string; readonly pauseMs: number }
  | { readonly flood: string; readonly bytes: number }
  | { readonly then: 'end' | 'reset' | 'hang' };
