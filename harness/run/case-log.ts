import type { Finding, Seen } from '../model/verdict.ts';

/** What the steps of a case showed, before it becomes a verdict. */
export interface StepResult {
  readonly seen: readonly Seen[];
  readonly findings: readonly Finding[];
  readonly advice: readonly Finding[];
  /** What could not be looked at: without findings, this makes the case a skip. */
  readonly unseen: readonly string[];
}

/** The growing record of an attempt. */
export interface CaseLog extends StepResult {
  readonly seen: Seen[];
  readonly findings: Finding[];
  readonly advice: Finding[];
  readonly unseen: string[];
  /** An observer that has shown resources before did not show one of this case. */
  observerStopped: boolean;
  /** Nothing provoked the response of the case, or too little of it came. */
  unproved: boolean;
}

export function emptyCaseLog(): CaseLog {
  return { seen: [], findings: [], advice: [], unseen: [], observerStopped: false, unproved: false };
}

/** Advice of a probe that is advice as a whole must not fail its case. */
export function addFinding(log: CaseLog, finding: Finding): void {
  (finding.severity === 'advice' ? log.advice : log.findings).push(finding);
}
