import type { SpecPlace } from '../model/document.ts';
import type { LintSubject } from './subject.ts';

/** `error`: the document contradicts itself or cannot be applied. `warning`: it says less than its readers will take from it. */
type LintSeverity = 'error' | 'warning';

/** What a rule says of one place of the document. */
export interface LintRemark {
  readonly at: SpecPlace;
  /** One sentence: what is wrong. */
  readonly message: string;
  readonly expected: string;
  readonly actual: string;
  readonly remedy: string;
  /** Where it is another one than that of the rule. */
  readonly severity?: LintSeverity;
  /** The operations that it is about; none where it is about a part that no operation asked for. */
  readonly operations?: readonly string[];
}

/** A remark with the rule that it comes from; what `lint --json` prints. */
export interface LintFinding extends Required<LintRemark> {
  readonly rule: string;
}

/** One rule about documents. */
export interface LintRule {
  readonly id: string;
  /** The sentence that must hold. */
  readonly title: string;
  readonly severity: LintSeverity;
  readonly find: (subject: LintSubject) => Iterable<LintRemark>;
}
