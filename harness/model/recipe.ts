import type { CredentialVariant, TargetKind } from './case.ts';
import type { Json } from './document.ts';

/** What a request of a suite says; the rest is as in the plain request. `{name}` stands for a value of the state. */
export interface RecipeRequest {
  /** Values of parameters by name; null leaves a parameter out. */
  readonly path?: Readonly<Record<string, Json>>;
  readonly query?: Readonly<Record<string, Json>>;
  /** As they are sent; null leaves a header out. */
  readonly headers?: Readonly<Record<string, string | number | boolean | null>>;
  /** The body as a value, which is written in its media type; null sends none. */
  readonly body?: Json;
  /** The body as the text that is sent, such as broken JSON. */
  readonly text?: string;
  /** The media type of the body; the first that the operation takes if left out. */
  readonly mediaType?: string;
  readonly credential?: CredentialVariant;
}

/** One call of a state in a suite: an operation of the document, what it is sent, and what is used of its answer. */
export interface StateStep {
  readonly operation?: string;
  /** In the place of `operation`: the name of a link that an operation before it declares for its success. */
  readonly follow?: string;
  readonly request?: RecipeRequest;
  /** The names of values → JSON pointers into the body that is answered. */
  readonly take?: Readonly<Record<string, string>>;
  /** It is called again until its answer has this status, and these values at JSON pointers into its body. */
  readonly until?: {
    readonly status?: number;
    readonly body?: Readonly<Record<string, Json>>;
    readonly withinMs?: number;
  };
  /** The call at the end that takes away what this one made. */
  readonly undo?: { readonly operation: string; readonly request?: RecipeRequest };
}

/** How a declared response is provoked. `exempt`: why it cannot be, on the targets named. */
export interface Recipe {
  /** Absent where the request alone provokes it. */
  readonly state?: string;
  readonly request?: RecipeRequest;
  readonly credential: CredentialVariant;
  readonly consumes: boolean;
  /** The API versions that it is for, such as `>=2026-07`; all where it is absent. */
  readonly api?: string;
  readonly exempt?: { readonly on: readonly TargetKind[]; readonly reason: string };
}
