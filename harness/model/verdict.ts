import type { Case, Severity } from './case.ts';
import type { SpecPlace } from './document.ts';
import type { Exchange } from './exchange.ts';

/** One violation or advice, with its place in the exchange and its line in the document. */
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
export interface CaseError {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
}

/** An exchange and the name of the step that made it. */
export interface Seen {
  readonly step: string;
  readonly exchange: Exchange;
}

/** What happened in a case, without what follows from it. */
export interface CaseRun {
  readonly case: Case;
  readonly ms: number;
  readonly exchanges: readonly Seen[];
  /** The values of the arranged states, by the names that the steps use. */
  readonly values: Readonly<Record<string, string>>;
  /** Findings of severity `advice`: shown and counted, red only when strict. */
  readonly advice: readonly Finding[];
}

/** The result of a case. `fail`: the subject is wrong. `error`: the result is unknown. */
export type Verdict = CaseRun &
  (
    | { readonly status: 'pass' }
    | { readonly status: 'fail'; readonly findings: readonly [Finding, ...Finding[]] }
    | { readonly status: 'error'; readonly error: CaseError }
    | { readonly status: 'skip'; readonly reason: string; readonly exempt?: string; readonly byDesign?: true }
  );

/** `pass`, `fail` (the subject is wrong), `error` (the result is unknown) or `skip` (with a reason). */
export type VerdictStatus = Verdict['status'];

/** What is known about a declared response after a run. */
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
