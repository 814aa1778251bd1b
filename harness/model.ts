/**
 * The nouns of the harness: a case is a promise, an exchange is what happened, a verdict is the difference.
 * Types only; every property is readonly and every value is plain data, so that all of it can be printed,
 * compared and written to JSON.
 */

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: Json;
}

// The document ------------------------------------------------------------------------------------

/** A place in an OpenAPI document that a person can open: file, JSON pointer, 1-based line. */
export interface SpecPlace {
  readonly file: string;
  readonly pointer: string;
  readonly line: number;
}

/** An OpenAPI document that has been read, checked and bundled (no external `$ref` is left in `root`). */
export interface OasDocument {
  /** The path or URL as the user gave it. */
  readonly source: string;
  readonly title: string;
  readonly version: string;
  readonly openapi: string;
  readonly sha256: string;
  /** The bundled document. Internal `$ref`s stay, so that circular schemas stay finite. */
  readonly root: JsonObject;
  /** The lines of the source, for excerpts. */
  readonly lines: readonly string[];
  /** The server URLs of the document, in its order. */
  readonly servers: readonly string[];
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header' | 'cookie';
  readonly required: boolean;
  /** A value that the document itself offers: example, first named example, or schema default. */
  readonly example?: Json;
  /** The JSON pointer of the parameter's schema, where it has one. */
  readonly schema?: string;
  readonly at: SpecPlace;
}

/** One security scheme that an operation asks for. */
export interface Credential {
  readonly scheme: string;
  readonly type: 'apiKey' | 'http' | 'oauth2' | 'openIdConnect' | 'mutualTLS';
  /** For `apiKey`: where the key goes and under which name. For `http`: header `Authorization`. */
  readonly in: 'header' | 'query' | 'cookie';
  readonly name: string;
}

export interface NamedExample {
  readonly name: string;
  readonly value: Json;
  /** `sampled`: the document has no example, so a body was made from its schema. */
  readonly origin: 'document' | 'sampled';
  readonly at: SpecPlace;
}

export interface MediaType {
  /** As the document writes it, such as `application/json`. */
  readonly type: string;
  /** The JSON pointer of the schema in `OasDocument.root`, where the document has one. */
  readonly schema?: string;
  readonly examples: readonly NamedExample[];
  readonly at: SpecPlace;
}

export interface DeclaredHeader {
  readonly name: string;
  readonly required: boolean;
  readonly schema?: string;
  readonly at: SpecPlace;
}

/** A status key of `responses`: a number, a range such as `4XX`, or `default`. */
export interface DeclaredResponse {
  readonly key: string;
  readonly description: string;
  readonly media: readonly MediaType[];
  readonly headers: readonly DeclaredHeader[];
  readonly at: SpecPlace;
}

export interface Operation {
  readonly id: string;
  /** Upper case, such as `DELETE`. */
  readonly method: string;
  /** The path template, such as `/backups/{backup_id}`. */
  readonly path: string;
  readonly summary: string;
  readonly parameters: readonly Parameter[];
  /** The credentials of the first security alternative; empty where none is asked for. */
  readonly security: readonly Credential[];
  /** The request body that the document offers, where the operation takes one. */
  readonly requestBody?: { readonly type: string; readonly example: Json; readonly required: boolean };
  readonly responses: readonly DeclaredResponse[];
  /** The methods that the document declares on the same path, upper case. */
  readonly siblings: readonly string[];
  readonly document: OasDocument;
  readonly at: SpecPlace;
}

// The case ----------------------------------------------------------------------------------------

export type Severity = 'violation' | 'advice';

/** How the API key is shown in a request. Each variant but `valid` and `other-spelling` must be refused. */
export type CredentialVariant =
  | 'valid'
  | 'none'
  | 'empty'
  | 'wrong'
  | 'truncated'
  | 'extended'
  | 'other-case'
  | 'over-long'
  | 'in-query'
  | 'in-cookie'
  | 'as-bearer'
  | 'other-spelling';

/**
 * A request as a plan. `{name}` in path, query, headers and body stands for a value of an arranged state; in the path it
 * is percent-encoded, unless a disguise such as `{backup_id|upper}` says how it is written (see `cases/disguise.ts`).
 * The credential is filled in where the request leaves.
 */
export interface RequestPlan {
  readonly method: string;
  /** With `{backup_id}` and the like. */
  readonly path: string;
  readonly query?: readonly (readonly [string, string])[];
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string;
  readonly credential: CredentialVariant;
}

/** Which answers keep the promise. */
export type Promised =
  /** Exactly this declared response, in this media type, such as this example. */
  | {
      readonly kind: 'declared';
      readonly response: DeclaredResponse;
      readonly media?: MediaType;
      readonly example?: NamedExample;
    }
  /** One of these declared responses; the answer must conform to the one whose status it has. */
  | { readonly kind: 'one-of'; readonly responses: readonly DeclaredResponse[] }
  /** One of these declared responses, or any 4xx that the document does not declare: the contract is silent here. */
  | {
      readonly kind: 'tolerated';
      readonly responses: readonly DeclaredResponse[];
      /** A 4xx in another media type comes from what stands in front of the operation, even if its status is declared. */
      readonly byFrontEnd?: true;
    }
  /** Neither 2xx nor 5xx: it must not work, and must not break anything. */
  | { readonly kind: 'refused' }
  /** Anything but a server fault: the answer is not the point of the step. */
  | { readonly kind: 'harmless' };

export interface Send {
  readonly kind: 'send';
  readonly name: string;
  readonly request: RequestPlan;
  readonly promised: Promised;
  /** `shared`: on the same connection as the case's other shared sends. */
  readonly connection?: 'shared';
  /** The name of an earlier step whose answer must say the same, but for the ids. */
  readonly alike?: string;
  /** Sent again while it is answered with one of these, for as long as the suite allows a deletion to take. */
  readonly meanwhile?: readonly DeclaredResponse[];
}

/** A property over generated ids; a counter-example is shrunk to the smallest one. */
export interface Property {
  readonly kind: 'property';
  readonly name: string;
  /** The name under which the generated id is put into `request`. */
  readonly generates: string;
  readonly runs: number;
  readonly request: RequestPlan;
  readonly promised: Promised;
}

/** One step of a case. */
export type Step =
  | Send
  | Property
  /** Requests that are sent at once; `atLeastOne` names the status key that one of them must get. */
  | {
      readonly kind: 'together';
      readonly name: string;
      readonly sends: readonly Send[];
      readonly atLeastOne: string;
    }
  /**
   * Look, through an observer of the suite, whether the resource that a value names is there. `gone` polls until it is;
   * `spared` goes on looking for a while if something in the case was accepted, for a deletion may take its time.
   */
  | {
      readonly kind: 'observe';
      readonly name: string;
      readonly through: 'one' | 'list';
      readonly what: string;
      readonly is: 'present' | 'gone' | 'spared';
      /** Looks once, and not before this time has passed (five times that on a live target): what had gone must not be back. */
      readonly afterMs?: number;
    };

/** One provider state that a case needs, and the name under which the steps use its value. */
export interface Need {
  /** The name of the state, such as "a backup that can be deleted". */
  readonly state: string;
  /** The state's value names → the names the steps use: `{ backup_id: 'backup_id' }`, `{ backup_id: 'neighbour_id' }`. */
  readonly as: Readonly<Record<string, string>>;
  /** Whether the case may use the state up (a backup that it deletes). */
  readonly consumes: boolean;
}

/** How a declared response is provoked. `exempt`: why it cannot be, on the targets named. */
export interface Recipe {
  readonly state: string;
  readonly credential: CredentialVariant;
  readonly consumes: boolean;
  readonly exempt?: { readonly on: readonly TargetKind[]; readonly reason: string };
}

export type TargetKind = 'mock' | 'fixtures' | 'live';

export interface Case {
  /** Never changes once released: `delete_backup/404/application-json/backup-not-found`. */
  readonly id: string;
  readonly kind: 'declared' | 'probe';
  readonly title: string;
  /** The sentence that must hold. */
  readonly requirement: string;
  readonly severity: Severity;
  readonly operation: Operation;
  /** For a declared case, the response whose coverage it decides. */
  readonly response?: DeclaredResponse;
  readonly needs: readonly Need[];
  /** Present when nothing provokes the response: the case cannot run, and its response stays unproved. */
  readonly unprovoked?: string;
  readonly exempt?: { readonly on: readonly TargetKind[]; readonly reason: string };
  /** Why a badly faulty server could harm others' resources here: the case never runs on a shared target. */
  readonly hazard?: string;
  readonly steps: readonly Step[];
  readonly at: SpecPlace;
}

// The exchange ------------------------------------------------------------------------------------

export type HeaderPair = readonly [name: string, value: string];

/** A request, ready for the wire. The key is in it: it never goes into a report, see {@link SentRequest}. */
export interface WireRequest {
  readonly method: string;
  /** Raw path and query, percent-encoded already, sent byte for byte. */
  readonly path: string;
  readonly headers: readonly HeaderPair[];
  readonly body?: string;
  /** Requests with the same name share one connection; without a name each gets its own. */
  readonly connection?: string;
}

/** What was sent, with the key replaced by `<api-key>`: safe to print. */
export interface SentRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: readonly HeaderPair[];
  readonly body?: string;
}

export interface ReceivedResponse {
  readonly status: number;
  readonly reason: string;
  /** Such as `1.1`. */
  readonly httpVersion: string;
  /** In order, with repeats and letter case as they came. */
  readonly headers: readonly HeaderPair[];
  /** The body after transfer decoding, before content decoding; at most the size cap. */
  readonly body: Uint8Array;
}

/**
 * Why an exchange did not end in a whole response. `refused`, `dns`, `tls`, `proxy` and `blocked` say nothing about
 * the contract (error); the others are the server's doing (fail).
 */
export type FaultKind =
  | 'refused'
  | 'dns'
  | 'tls'
  | 'proxy'
  | 'blocked'
  | 'reset'
  | 'closed-early'
  | 'no-answer'
  | 'too-slow'
  | 'malformed'
  | 'body-too-large'
  | 'headers-too-large';

export interface TransportFault {
  readonly kind: FaultKind;
  /** One sentence for people. */
  readonly message: string;
}

/** What the raw bytes of the socket show that a client hides; each is a departure from RFC 9110/9112. */
export interface WireNote {
  readonly kind:
    | 'bytes-after-response'
    | 'length-and-chunked'
    | 'conflicting-lengths'
    | 'bad-header-line'
    | 'close-delimited'
    | 'unfinished-chunks'
    | 'transfer-coding'
    | 'forbidden-trailer'
    | 'short-body'
    | 'body-where-none-allowed'
    | 'bad-status-line';
  readonly message: string;
}

export interface Exchange {
  readonly request: SentRequest;
  /** Absent when the head never came whole. With `fault`, the response is what had come until then. */
  readonly response?: ReceivedResponse;
  readonly fault?: TransportFault;
  readonly notes: readonly WireNote[];
  /** Milliseconds from the first byte sent to the last byte received. */
  readonly ms: number;
}

// The verdict -------------------------------------------------------------------------------------

export interface Finding {
  /** The name of the check or, for an effect, of the probe's rule. */
  readonly check: string;
  readonly severity: Severity;
  /** One sentence: what is wrong. */
  readonly message: string;
  /** Where in the exchange: `status`, `header content-type`, `body /error/code`, `wire`. */
  readonly where: string;
  readonly expected: string;
  readonly actual: string;
  readonly hint?: string;
  readonly at: SpecPlace;
  /** The step it was seen in, and which of the verdict's exchanges shows it (0-based). */
  readonly step: string;
  readonly exchange?: number;
}

/** The harness, the target or the set-up could not do its part. */
export interface Trouble {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

/** An exchange and the name of the step that made it. */
export interface Seen {
  readonly step: string;
  readonly exchange: Exchange;
}

/** What came of a case. `fail`: the subject is wrong. `error`: we could not tell. */
export type Verdict = {
  readonly case: Case;
  readonly ms: number;
  readonly exchanges: readonly Seen[];
  /** The values of the arranged states, by the names that the steps use. */
  readonly values: Readonly<Record<string, string>>;
  /** Findings of severity `advice`: shown and counted, red only when strict. */
  readonly advice: readonly Finding[];
} & (
  | { readonly status: 'pass' }
  | { readonly status: 'fail'; readonly findings: readonly [Finding, ...Finding[]] }
  | { readonly status: 'error'; readonly error: Trouble }
  | { readonly status: 'skip'; readonly reason: string; readonly exempt?: string }
);

export type VerdictStatus = Verdict['status'];

export type CoverageStatus = 'proved' | 'violated' | 'unproved' | 'exempt' | 'waived';

/** What the run knows about one declared response. */
export interface Coverage {
  readonly response: string;
  readonly description: string;
  readonly status: CoverageStatus;
  /** How it was provoked, or why not. */
  readonly how: string;
  readonly at: SpecPlace;
}

// Checks and targets ------------------------------------------------------------------------------

/** What a check looks at: one exchange of one case. */
export interface Subject {
  readonly case: Case;
  readonly step: Send | Property;
  readonly exchange: Exchange;
  /** The declared response that the answer is held against; absent when the status is not declared or not promised. */
  readonly response?: DeclaredResponse;
  /** The media type of `response` that the answer is held against. */
  readonly media?: MediaType;
  /** The state values that the request was filled with. */
  readonly values: Readonly<Record<string, string>>;
  /** Strings that must appear nowhere in an answer: the key. Never printed. */
  readonly secrets: readonly string[];
}

/** A finding as a check makes it; the runner adds the check's name, the step and the exchange. */
export type Departure = Omit<Finding, 'check' | 'step' | 'exchange' | 'severity' | 'at'> & {
  readonly severity?: Severity;
  /** Defaults to the place of the declared response, or of the operation. */
  readonly at?: SpecPlace;
};

/** One rule over an exchange. */
export interface Check {
  readonly name: string;
  /** The sentence that must hold, printed in reports. */
  readonly requirement: string;
  readonly severity: Severity;
  appliesTo(subject: Subject): boolean;
  run(subject: Subject): Iterable<Departure>;
}

/** A state that has been arranged. */
export interface Arranged {
  readonly values: Readonly<Record<string, string>>;
  /** Give it back. `untouched`: the case left it as it was, so that another case may have it. */
  release(options: { readonly untouched: boolean }): Promise<void>;
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
  can(state: string): true | { readonly reason: string };
  /** `consumes`: the case may use the state up. `caseId`: whose need it is; recorded fixtures know their values by it. */
  arrange(state: string, options: { readonly consumes: boolean; readonly caseId?: string }): Promise<Arranged>;
  /** A valid key. */
  readonly key: string;
  send(request: WireRequest, options: { readonly caseId: string }): Promise<Exchange>;
  /** Clean up; returns what could not be cleaned, one line each. */
  close(): Promise<readonly string[]>;
}

// The record: what is written to run.json and what every report is made from -----------------------

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
  };
  readonly fault?: TransportFault;
  readonly notes: readonly WireNote[];
  readonly ms: number;
}

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
  readonly state: string;
  readonly at: SpecPlace;
  /** The lines of the document around `at`, the first being `excerptLine`. */
  readonly excerpt: readonly string[];
  readonly excerptLine: number;
  /** The promised body, where there is an example. */
  readonly example?: Json;
  /** A command line that sends the same request; the key is `$PINECONE_API_KEY`. */
  readonly curl?: string;
  readonly status: VerdictStatus;
  readonly findings: readonly Finding[];
  readonly advice: readonly Finding[];
  readonly error?: Trouble;
  readonly reason?: string;
  /** Set with `skip`: the recipe says that this target cannot be made to give the response, and why. */
  readonly exempt?: string;
  /** The waiver that covers the failure. */
  readonly waived?: { readonly reason: string; readonly issue: string; readonly expires: string };
  readonly exchanges: readonly ExchangeRecord[];
  /** The seed of its shard, where that is not the seed of the run. */
  readonly seed?: number;
  /** For SDK cases: what the driver was told and what it told. */
  readonly driver?: {
    readonly command: readonly string[];
    readonly input: Json;
    readonly output?: Json;
    readonly stderr: string;
    readonly exit: number | string;
  };
  readonly ms: number;
}

export interface Counts {
  readonly cases: number;
  readonly pass: number;
  readonly fail: number;
  readonly error: number;
  readonly skip: number;
  readonly waived: number;
  readonly advice: number;
}

export type ExitCode = 0 | 1 | 2 | 3 | 4 | 130;

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
  /** The options that a command needs to meet the same server in the same states again: `--states`, `FILE`. */
  readonly options?: readonly string[];
  /** Such as `1/3`, for one part of a run. */
  readonly shard?: string;
  readonly cases: readonly CaseRecord[];
  readonly coverage: readonly Coverage[];
  readonly counts: Counts;
  readonly outcome: Outcome;
}
