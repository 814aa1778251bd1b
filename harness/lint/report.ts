import type { OasDocument } from '../model/document.ts';
import type { LintFinding } from './finding.ts';
import { lintDocument } from './lint.ts';

/** How many findings there are of each severity. */
export interface LintCounts {
  readonly error: number;
  readonly warning: number;
}

/** What was found in some documents; what `lint --json` prints. */
export interface LintReport {
  readonly schema: 'pinecone-contract/lint@1';
  readonly documents: readonly {
    readonly source: string;
    readonly title: string;
    readonly version: string;
    readonly sha256: string;
    readonly findings: readonly LintFinding[];
    readonly counts: LintCounts;
  }[];
  readonly counts: LintCounts;
}

/** Lints documents, or what one operation of each uses. */
export function lintReport(documents: readonly OasDocument[], only?: string): LintReport {
  const linted = documents.map((document) => {
    const findings = lintDocument(document, only);
    const { source, title, version, sha256 } = document;
    return { source, title, version, sha256, findings, counts: countsOf(findings) };
  });
  return {
    schema: 'pinecone-contract/lint@1',
    documents: linted,
    counts: countsOf(linted.flatMap(({ findings }) => findings)),
  };
}

function countsOf(findings: readonly LintFinding[]): LintCounts {
  const of = (severity: LintFinding['severity']): number =>
    findings.filter((finding) => finding.severity === severity).length;
  return { error: of('error'), warning: of('warning') };
}
