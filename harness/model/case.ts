import type { DeclaredResponse, Json, MediaType, NamedExample, Operation, SpecPlace } from './document.ts';
import type { Exchange } from './exchange.ts';

/**
 * `violation`: the contract is broken. `hazard`: the user is led to believe what is not so, and may act on it; it fails a
 * run as a violation does. `advice`: worth knowing; it fails a run only when the run is strict.
 */
export type Severity = 'violation' | 'hazard' | 'advice';

/**
 * How the API key is shown in a request. Each variant but `valid` and `other-spelling` must be refused; `forbidden` is
 * another key, which is known and lacks the permission.
 */
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
  | 'other-spelling'
  | 'forbidden';

/**
 * A request as a plan. `{name}` in path, query, headers and body stands for a value of an arranged state; in the path it
 * is percent-encoded, unless a variant such as `{backup_id|upper}` says how it is written (see `cases/id-variants.ts`).
 * The credential is filled in where the request leaves.
 */
export interface RequestPlan {
  readonly method: string;
  /** With `{backup_id}` and the like. */
  readonly path: string;
  readonly query?: readonly (readonly [string, string])[];
  /** What comes first in the query, percent-encoded already, such as `color=blue,black`. */
  readonly encodedQuery?: readonly string[];
  readonly headers: readonly (readonly [string, string])[];
  readonly body?: string;
  /** The names in its placeholders that must have a value, for without one the request would not be what its writer meant. */
  readonly placeholders?: readonly string[];
  readonly credential: CredentialVariant;
}

/** Which answers keep the promise. */
export type Expectation =
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
      readonly kind: 'one-of-or-4xx';
      readonly responses: readonly DeclaredResponse[];
      /** A 4xx in another media type comes from what stands in front of the operation, even if its status is declared. */
      readonly byFrontEnd?: true;
    }
  /** Neither 2xx nor 5xx: it must not work, and must not break anything. */
  | { readonly kind: 'rejected' }
  /** Anything but a server fault: the answer is not the point of the step. */
  | { readonly kind: 'not-5xx' };

/** A step that sends one request and judges its response. */
export interface Send {
  readonly kind: 'send';
  readonly name: string;
  readonly request: RequestPlan;
  readonly expectation: Expectation;
  /** `shared`: on the same connection as the case's other shared sends. */
  readonly connection?: 'shared';
  /** The name of an earlier step whose answer must say the same, but for the ids. */
  readonly sameAnswerAs?: string;
  /** Sent again while it is answered with one of these, for as long as the suite allows a deletion to take. */
  readonly retryWhile?: readonly DeclaredResponse[];
  readonly cleanUp?: CleanUp;
}

/** What takes away what a request made on a server that is not the mock. */
export type CleanUp = Pick<ArrangeStep, 'take' | 'created'> & Required<Pick<ArrangeStep, 'undo'>>;

/** A property over generated ids; a counter-example is shrunk to the smallest one. */
export interface Property {
  readonly kind: 'property';
  readonly name: string;
  /** The name under which the generated id is put into `request`. */
  readonly generates: string;
  readonly runs: number;
  readonly request: RequestPlan;
  readonly expectation: Expectation;
}

/** A step that tries several ways to provoke one declared response; it ends with the first one that does. */
export interface Provoke {
  readonly kind: 'provoke';
  readonly name: string;
  readonly wanted: Expectation & { readonly kind: 'declared' };
  readonly attempts: readonly Attempt[];
  /** What to write, and where, if none of the attempts provokes the response: one sentence. */
  readonly remedy: string;
  readonly cleanUp?: CleanUp;
}

/**
 * A step that asks for a new resource. Where it is made, what is said of it must be what was asked for, and reading it must
 * show it; where it must be `refused`, reading must show nothing.
 */
export interface Make {
  readonly kind: 'make';
  readonly name: string;
  readonly request: RequestPlan;
  readonly expectation: Expectation;
  readonly refused?: true;
  /** What names the new resource, see `ArrangeStep`. */
  readonly take: ArrangeStep['take'];
  readonly created?: ArrangeStep['created'];
  /** Reads it, the path filled with what `take` gives. */
  readonly read?: { readonly operation: Operation; readonly request: RequestPlan };
  readonly cleanUp?: CleanUp;
}

/** One way that may provoke a declared response. */
export interface Attempt {
  /** In words: `without the required property name`. */
  readonly name: string;
  /** Requests that are sent before it, whose answers may be any that the document declares. */
  readonly before?: readonly RequestPlan[];
  readonly request: RequestPlan;
  /** What the answer may be where it is not the wanted one. */
  readonly or: Expectation;
  /** The only targets that it is sent to; all of them if left out. */
  readonly on?: readonly TargetKind[];
  /** It needs none of the states of the case. */
  readonly stateless?: true;
}

/** How a state is arranged by operations of the same document: they are called in this order. */
export interface Arrangement {
  readonly steps: readonly ArrangeStep[];
  /** Values that the document itself gives, for what no operation arranges. */
  readonly examples?: Readonly<Record<string, string>>;
  /** What the case is to make under an id of its own. */
  readonly chooses?: ChosenValue;
}

/** A value of a path parameter that the run chooses: new, and as the schema of the parameter of that operation asks. */
export interface ChosenValue {
  readonly name: string;
  readonly of: Operation;
  /** What that operation calls the parameter. */
  readonly parameter: string;
}

/** One call that arranges a state. */
export interface ArrangeStep {
  readonly operation: Operation;
  readonly request: RequestPlan;
  /**
   * The names of the state's values → JSON pointers into the body that is answered, or runtime expressions such as
   * `$response.header.X-Id`; the first that leads to one counts.
   */
  readonly take: Readonly<Record<string, readonly string[]>>;
  /** Only a 201 says that it made something: any other answer may be about what was there before. */
  readonly created?: true;
  /** What is chosen before the call, which makes something under that id. */
  readonly chooses?: ChosenValue;
  /** The operation whose path parameters the values are for, where the document says so. */
  readonly reader?: Operation;
  /** The pointers are the words of a suite: each must lead to a value, of whatever type, and nothing stands in for it. */
  readonly exact?: true;
  /** It is sent again until its answer has this status (any 2xx if left out), and these values at JSON pointers into its body. */
  readonly until?: {
    readonly status?: number;
    readonly body?: Readonly<Record<string, Json>>;
    readonly withinMs: number;
  };
  /** What only `undo` needs of the same answer. */
  readonly takeForUndo?: Readonly<Record<string, readonly string[]>>;
  /** The call that takes away what this one made. */
  readonly undo?: { readonly operation: Operation; readonly request: RequestPlan };
  /** It follows a link of an earlier answer, which says what is sent in the place of `request`. */
  readonly follow?: FollowedLink;
}

/** A link of the answer to an earlier step. */
export interface FollowedLink {
  /** The place of that step. */
  readonly from: number;
  /** What the link says of an answer; the values are those of the placeholders `{link_1}` and so on. */
  request(
    exchange: Exchange,
  ):
    { readonly request: RequestPlan; readonly values: Readonly<Record<string, string>> } | { readonly lacking: string };
}

/** One step of a case. */
export type Step =
  | Send
  | Property
  | Provoke
  | Make
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
  /** How the operations of the document arrange it, where the target does not know the state. */
  readonly arrangement?: Arrangement;
}

/** The embedded mock, recorded fixtures, or a server at a URL. */
export type TargetKind = 'mock' | 'fixtures' | 'live';

/** One promise of the document: what must be arranged, what is sent, and which responses keep the promise. */
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
