import type { Case } from '../../model/case.ts';
import type { CaseLog } from '../case-log.ts';
import type { RunContext } from '../run-context.ts';

/** What every step of a case is taken with. */
export interface StepContext {
  readonly case: Case;
  /** What the states of the case gave. */
  readonly values: Readonly<Record<string, string>>;
  /** Those of them that nothing but this run can have named. */
  readonly unique?: readonly string[];
  readonly run: RunContext;
  readonly log: CaseLog;
  /** Why the states of the case could not be arranged: then only attempts that need none are made. */
  readonly withoutState?: string;
}
