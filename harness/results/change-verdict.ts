import type { Case } from '../model/case.ts';
import type { CaseError, CaseRun, Finding, Verdict } from '../model/verdict.ts';

/** The verdict of a case of which nothing was run, because of this error. */
export function notRun(one: Case, error: CaseError): Verdict {
  return { case: one, ms: 0, exchanges: [], values: {}, advice: [], status: 'error', error };
}

/** The same run of the case, with an error instead of what it ended in. */
export function asError(verdict: Verdict, error: CaseError): Verdict {
  return { ...caseRunOf(verdict), status: 'error', error };
}

/** The same run of the case, failed by this finding instead of what it ended in. */
export function asFailure(verdict: Verdict, finding: Finding): Verdict {
  return { ...caseRunOf(verdict), status: 'fail', findings: [finding] };
}

function caseRunOf({ case: one, ms, exchanges, values, advice }: Verdict): CaseRun {
  return { case: one, ms, exchanges, values, advice };
}
