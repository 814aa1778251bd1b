import type { Severity, TargetKind } from './case.ts';
import type { Json, SpecPlace } from './document.ts';
import type { HeaderPair, ReadingStopped, SentRequest, TransportFault, WireNote } from './exchange.ts';
import type { Throttled } from './target.ts';
import type { Coverage, Finding, CaseError, VerdictStatus } from './verdict.ts';

/** An exchange as `run.json` keeps it: the key is masked, the body is text or base64. Times are milliseconds. */
export interface ExchangeRecord {
  readonly step: string;
  readonly request: SentRequest;
  readonly response?: {
    readonly status: number;
    readonly reason: string;
    readonly httpVersion: string;
    readonly headers: readonly HeaderPair[];
    /** Text where the bytes are valid UTF-8, else base64. */
    readonly body: { readonly text: string } | { readonly base64: string };
    readonly bodyBytes: number;
    readonly stopped?: ReadingStopped;
  };
  readonly fault?: TransportFault;
  readonly notes: readonly WireNote[];
  readonly ms: number;
}

/** What one case promised and what came of it; an entry of `cases` in `run.json`. */
export interface CaseRecord {
  readonly id: string;
  readonly kind: 'declared' | 'probe' | 'sdk';
  readonly title: string;
  readonly requirement: string;
  readonly severity: Severity;
  /** The declared response's key, for declared cases. */
  readonly response?: string;
  /** What was promised, in words: `404, application/json, such as example backup-not-found`. */
  readonly promise: string;
  /** What each step promised, for cases of several: `name` is the `step` of findings. Absent in records of version 0.1. */
  readonly steps?: readonly { readonly name: string; readonly promise: string }[];
  readonly state: string;
  readonly at: SpecPlace;
  /** The lines of the document around `at`, the first being `excerptLine`. */
  readonly excerpt: readonly string[];
  readonly excerptLine: number;
  /** The promised body, where there is an example. */
  readonly example?: Json;
  /** A command line that sends the same request; each credential is its environment variable, such as `$PINECONE_API_KEY`. */
  readonly curl?: string;
  readonly status: VerdictStatus;
  readonly findings: readonly Finding[];
  readonly advice: readonly Finding[];
  readonly error?: CaseError;
  readonly reason?: string;
  /** Set with `skip`: the recipe says that this target cannot be made to give the response, and why. */
  readonly exempt?: string;
  /** Set with `skip`: such a target never runs such a case (recorded fixtures, a shared host), which is no shortfall of the run. */
  readonly byDesign?: true;
  /** The waiver that covers the failure. */
  readonly waived?: {
    readonly reason: string;
    readonly issue: string;
    readonly expires: string;
    /** `FILE:LINE` of the waiver. */
    readonly place?: string;
  };
  readonly exchanges: readonly ExchangeRecord[];
  /** Its place among all cases of the operation, 0-based, in a run that is a shard. */
  readonly place?: number;
  /** The seed of its shard, where that is not the seed of the run. */
  readonly seed?: number;
  /** For SDK cases: the input of the driver and its output. */
  readonly driver?: {
    readonly command: readonly string[];
    readonly input: Json;
    readonly output?: Json;
    readonly stderr: string;
    readonly exit: number | string;
  };
  readonly ms: number;
}

/** How many cases ended in which way. `fail` does not count waived failures; `advice` and `hazards` count findings, not cases. */
export interface Counts {
  readonly cases: number;
  readonly pass: number;
  readonly fail: number;
  readonly error: number;
  readonly skip: number;
  readonly waived: number;
  readonly advice: number;
  /** Findings of severity `hazard`, also waived ones; absent where there is none. */
  readonly hazards?: number;
}

/**
 * What red cases have in common: the same check, at the same place, with the same difference. An entry of `causes` in
 * `run.json`. A case with several differences is in several causes.
 */
export interface Cause {
  readonly status: 'fail' | 'error';
  /** The check, or the code of the error. */
  readonly check: string;
  /** Where in the exchange; empty for errors. */
  readonly where: string;
  /** What is wrong, as the first case says it. */
  readonly message: string;
  /** What most likely has to be corrected, where the findings leave little doubt. */
  readonly likely?: string;
  /** The ids of its cases; the first one is shown for all. */
  readonly cases: readonly string[];
  /** Which findings of the first case belong to it, 0-based. */
  readonly findings: readonly number[];
}

/** 0 held, 1 violated, 2 usage, 3 target or harness error, 4 not proved, 130 interrupted. */
export type ExitCode = 0 | 1 | 2 | 3 | 4 | 130;

/** The exit code of a run and the reasons for it. */
export interface Outcome {
  readonly exit: ExitCode;
  /** One sentence: why this exit code. */
  readonly because: string;
  /** What turned the run red beside the cases: stale waivers, leftovers. */
  readonly problems: readonly string[];
}

/** Everything one run found out; `reports/run.json` is this. */
export interface RunRecord {
  readonly schema: 'pinecone-contract/run@1';
  readonly tool: { readonly name: string; readonly version: string };
  readonly subject: { readonly kind: TargetKind | 'sdk'; readonly name: string; readonly version?: string };
  readonly operation: { readonly id: string; readonly method: string; readonly path: string };
  readonly document: {
    readonly source: string;
    readonly title: string;
    readonly version: string;
    readonly sha256: string;
  };
  readonly suite: { readonly name: string; readonly version: string };
  /** ISO 8601. */
  readonly started: string;
  readonly ms: number;
  readonly seed: number;
  readonly strict: boolean;
  /** How many of the cases that there are were to run. Absent in records of version 0.1. */
  readonly selection?: {
    readonly selected: number;
    readonly of: number;
    /** How many cases all shards together were to run, where a shard of `run --all` may have none of an operation. */
    readonly allShards?: number;
  };
  /** The options that a command needs to meet the same server in the same states again: `--states`, `FILE`. */
  readonly options?: readonly string[];
  /** Such as `1/3`, for one part of a run. */
  readonly shard?: string;
  /** Present where the server answered 429, or 503 with Retry-After, and so was asked more slowly. */
  readonly throttled?: Throttled;
  readonly cases: readonly CaseRecord[];
  readonly coverage: readonly Coverage[];
  readonly counts: Counts;
  /** Why cases are red, in the order in which corrections turn most of them green. Absent in records of version 0.1. */
  readonly causes?: readonly Cause[];
  readonly outcome: Outcome;
}
