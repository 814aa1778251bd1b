import type { Arrangement, Case, Property, Send, Severity, TargetKind } from './case.ts';
import type { DeclaredResponse, MediaType, SpecPlace } from './document.ts';
import type { Exchange, WireRequest } from './exchange.ts';
import type { Finding } from './verdict.ts';

/** What a check looks at: one exchange of one case. */
export interface Subject {
  readonly case: Case;
  readonly step: Send | Property;
  readonly exchange: Exchange;
  /** The declared response that the answer is matched to; absent when the status is not declared or not expected. */
  readonly response?: DeclaredResponse;
  /** The media type of `response` that the body is judged by; absent where `response` declares no content. */
  readonly media?: MediaType;
  /** The state values that the request was filled with. */
  readonly values: Readonly<Record<string, string>>;
  /** Strings that must appear nowhere in an answer: the key and all other credentials. Never printed. */
  readonly secrets: readonly string[];
}

/** A finding as a check makes it; the runner adds the check's name, the step and the exchange. */
export type Violation = Omit<Finding, 'check' | 'step' | 'exchange' | 'severity' | 'at'> & {
  readonly severity?: Severity;
  /** Defaults to the place of the declared response, or of the operation. */
  readonly at?: SpecPlace;
};

/** One rule over an exchange. The rules that ship, each with its requirement, are `checks`. */
export interface Check {
  /** Stable: waivers name it. */
  readonly name: string;
  /** The sentence that must hold, printed in reports. */
  readonly requirement: string;
  readonly severity: Severity;
  /** What to do about a finding that has no hint of its own: one sentence. */
  readonly remedy?: string;
  /** Whether the rule says anything about this exchange. */
  appliesTo(subject: Subject): boolean;
  /** The violations found in this exchange; none if the rule holds. */
  run(subject: Subject): Iterable<Violation>;
}

/** A state that has been arranged. */
export interface Arranged {
  readonly values: Readonly<Record<string, string>>;
  /** Those of the values that nothing but this run can have named: an id that it has drawn. */
  readonly unique?: readonly string[];
  /** The values may name what somebody else made: nothing may change it. */
  readonly foreign?: true;
  /** Give it back. `untouched`: the case left it as it was, so that another case may have it. */
  release(options: { readonly untouched: boolean }): Promise<void>;
}

/** How often a server had too much, and what was done about it: `throttled` in `run.json`. */
export interface Throttled {
  /** Requests that were answered 429, or 503 with Retry-After. */
  readonly refused: number;
  /** How often a case ran again, because one of its requests was refused. */
  readonly ranAgain: number;
  /** How long nothing was sent, in milliseconds. */
  readonly waitedMs: number;
  /** The fewest requests a second to which the run slowed down. */
  readonly slowest?: number;
}

/** The pace at which a server is asked: after 429, or 503 with Retry-After, it is asked more slowly. */
export interface Pace {
  /** How many answers were no such refusal. */
  answered(): number;
  /** Why the server is not waited for any longer; undefined while it is. */
  givenUp(): string | undefined;
  /** A case runs again, because one of its requests was refused. */
  noteAgain(): void;
  /** What was refused was not refused because of the pace: the run is as fast as before. */
  forget(): void;
  /** Undefined where nothing was refused. */
  throttled(): Throttled | undefined;
}

/** Something that a request is about to make, or has made, in the ledger of the run. */
export interface Making {
  /** It made nothing. */
  refused(): void;
  /** It is there; `by`: the request that deletes it. */
  made(by?: string): void;
  /** It is there, and `why` it may be somebody's: nothing deletes it but people. `by`: the request that would. */
  doubtful(why: string, by?: string): void;
  /** It has been deleted. */
  gone(): void;
}

/** Who answers. */
export interface Target {
  readonly kind: TargetKind;
  /** `mock`, `fixtures` or the origin of the URL. */
  readonly name: string;
  /** Whether requests beyond recorded ones can be sent, so that probes make sense. */
  readonly answersAnything: boolean;
  /** Whether it may hold other people's resources: true for every host that is not loopback. */
  readonly shared: boolean;
  /** Whether this target can arrange a state, or the reason why not. Asked before a case starts. */
  can(state: string, arrangement?: Arrangement): true | { readonly reason: string };
  /**
   * `consumes`: the case may use the state up. `caseId`: whose need it is; recorded fixtures know their values by it.
   * `unknown`: values that name nothing, for states of what does not exist. `arrangement`: how operations of the document
   * arrange a state that the target does not know. `signal`: the run ends, and waits no longer.
   */
  arrange(
    state: string,
    options: {
      readonly consumes: boolean;
      readonly caseId?: string;
      readonly unknown?: Readonly<Record<string, string>>;
      readonly signal?: AbortSignal;
      readonly arrangement?: Arrangement;
    },
  ): Promise<Arranged>;
  /** Why requests may make nothing here; absent where they may. */
  readonly notToCreate?: string;
  /** What a request made, where this target writes that down. */
  madeBy?(exchange: Exchange): Making | undefined;
  /** Says that values name what the run made, at a path of the document, so that requests may change it there. */
  own?(values: Readonly<Record<string, string>>, path: string): void;
  /** A valid key: the value of the main credential. */
  readonly key: string;
  /** A key that is known and lacks the permission for the operation; absent where there is none. */
  readonly forbiddenKey?: string;
  /** The values of all credentials by security scheme, where the key does not stand for each. */
  readonly credentials?: Readonly<Record<string, string>>;
  /**
   * Sends one request as it is. Never rejects because of the server: a fault is part of the exchange. `signal`: the run
   * ends, and what is not answered by then may end in a fault of the kind `blocked`, or reject. `unpaced`: a refusal of
   * this request (429, 503) is known not to be about the pace. `unique`: the values that were made for this request alone.
   */
  send(
    request: WireRequest,
    options: {
      readonly caseId: string;
      readonly signal?: AbortSignal;
      readonly unpaced?: boolean;
      readonly unique?: readonly string[];
    },
  ): Promise<Exchange>;
  /** Present where a case whose requests are refused (429, 503 with Retry-After) is to run again. */
  readonly pace?: Pace;
  /** Clean up; returns what could not be cleaned, one line each. */
  close(): Promise<readonly string[]>;
}
