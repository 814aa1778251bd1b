import type { Json } from '../../model/document.ts';
import { dataIssues } from '../../openapi/data.ts';

/** The value of a parameter: text, bytes of text, any JSON value, or UTF-16 code units that are no text. */
export type DriverInput =
  string | { readonly b64: string } | { readonly json: Json } | { readonly utf16: readonly number[] };

/** The line that a driver reads. */
export interface DriverRequest {
  readonly v: 1;
  readonly run: string;
  readonly case: string;
  readonly nonce: string;
  readonly operation: string;
  readonly base_url: string;
  readonly api_key: string;
  readonly input: Readonly<Record<string, DriverInput>>;
  readonly client: {
    readonly timeout_ms?: number;
    /** Headers that the user adds to those of the SDK. */
    readonly headers?: Readonly<Record<string, string>>;
    /** The call is made that often, one after the other, by one client. */
    readonly repeat?: 2;
    /** Another client makes its call at the same time. */
    readonly second_client?: { readonly api_key: string; readonly input: DriverRequest['input'] };
    /** The call is cancelled so long after it began. */
    readonly cancel_after_ms?: number;
  };
  readonly deadline_ms: number;
}

/** The line that `--describe` prints. */
export interface DriverDescription {
  readonly protocol: readonly number[];
  readonly driver: string;
  readonly language: string;
  readonly runtime: string;
  readonly sdk: { readonly name: string; readonly version: string; readonly source: string };
  readonly operations: readonly string[];
  readonly options: readonly string[];
  readonly exposes: readonly string[];
  /** Why an option is not known: what the SDK or its language has no such thing for. */
  readonly without?: Readonly<Record<string, string>>;
}

/** What the user of the SDK can read, and through which public name; `via` null: the SDK has no such thing. */
export interface Exposed {
  readonly value: Json;
  readonly via: string | null;
}

export interface Raised {
  readonly class: string;
  readonly lineage: readonly string[];
  readonly display: string;
  readonly status: Exposed;
  readonly code: Exposed;
  readonly message: Exposed;
  readonly body: Exposed;
  /** The errors behind it; `status`: the HTTP status, where it can be read from that error. */
  readonly cause: readonly { readonly class: string; readonly message: string; readonly status?: number }[];
}

/** How one call ended. */
export type CallOutcome =
  | { readonly outcome: 'returned'; readonly returned: { readonly type: string; readonly json?: Json } }
  | { readonly outcome: 'raised'; readonly raised: Raised }
  /** The call had neither returned nor raised when the deadline came. */
  | { readonly outcome: 'unsettled' };

/** The line that a driver writes. */
export type DriverResult = {
  readonly v: 1;
  readonly case: string;
  readonly nonce: string;
  readonly sdk: { readonly name: string; readonly version: string };
  readonly elapsed_ms: number;
  /** How the other calls ended: those before the last of `repeat`, or that of `second_client`. */
  readonly also?: readonly CallOutcome[];
} & (
  | CallOutcome
  | { readonly outcome: 'unsupported' }
  /** The driver itself could not do its part; the SDK is not to blame. */
  | { readonly outcome: 'driver_error'; readonly driver_error: string }
);

type Read<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly why: string };

export function readResult(line: string): Read<DriverResult> {
  return read<DriverResult>(line, 'result');
}

export function readDescription(line: string): Read<DriverDescription> {
  return read<DriverDescription>(line, 'describe');
}

/** What is wrong with a request of ours: the harness holds itself to the protocol too. */
export function requestIssues(request: DriverRequest): readonly string[] {
  return issuesOf('request', request);
}

function read<T>(line: string, name: 'result' | 'describe'): Read<T> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { ok: false, why: `not JSON: ${JSON.stringify(line.slice(0, 120))}` };
  }
  const issues = issuesOf(name, value);
  // The schema says what T says; a test holds the two together.
  return issues.length === 0 ? { ok: true, value: value as T } : { ok: false, why: issues.slice(0, 3).join('; ') };
}

function issuesOf(name: 'request' | 'result' | 'describe', value: unknown): readonly string[] {
  return dataIssues(`driver-${name}`, value).map(
    ({ path, message }) => `${path === '' ? 'the line' : path} ${message}`,
  );
}
