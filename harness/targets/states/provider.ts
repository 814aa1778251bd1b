import type { Arrangement } from '../../model/case.ts';
import type { Arranged } from '../../model/target.ts';

/** What a provider is given with the name of a state. */
export interface ArrangeOptions {
  /** The case may use the state up, such as a backup that it deletes. */
  readonly consumes: boolean;
  /** The case that needs the state. */
  readonly caseId?: string;
  /** Values that name nothing, by the name of their path parameter. */
  readonly unknown?: Readonly<Record<string, string>>;
  /** The run ends, and waits no longer. */
  readonly signal?: AbortSignal;
  /** How operations of the document arrange the state. */
  readonly arrangement?: Arrangement;
}

/** The code of the error when a provider declines a state: the cases that need it are skipped. */
export const stateUnsupported = 'E_STATE_UNSUPPORTED';

/** Brings a server into the states that cases need. */
export interface StateProvider {
  /** For messages: the file, the URL, or `pinecone`. */
  readonly name: string;
  /** Whether the state can be arranged, or why not; nothing is sent for it. */
  can(state: string, arrangement?: Arrangement): true | { readonly reason: string };
  /**
   * Throws `E_STATE_EXHAUSTED` when the state is known but nothing is left of it, and `E_STATE_UNSUPPORTED` when it turns
   * out only now that the state cannot be arranged: `can` says so from then on.
   */
  arrange(state: string, options: ArrangeOptions): Promise<Arranged>;
  /** Clean up; returns what could not be cleaned, one line each. */
  close(): Promise<readonly string[]>;
}
