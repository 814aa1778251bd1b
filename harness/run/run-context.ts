import type { Suite } from '../cases/suite.ts';
import type { Check, Target } from '../model/target.ts';

/** What every case of a run has around it. */
export interface RunContext {
  readonly target: Target;
  readonly suite: Suite;
  readonly checks: readonly Check[];
  readonly seed: number;
  /** Ends every wait and every exchange of the cases that still run. */
  readonly signal?: AbortSignal;
}
