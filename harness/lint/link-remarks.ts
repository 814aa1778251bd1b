import { type LinkIssue, linkIssues } from '../openapi/links/issues.ts';
import { linksOf } from '../openapi/links/link.ts';
import { placeOf } from '../openapi/document/place.ts';
import type { LintRemark } from './finding.ts';
import type { LintSubject } from './subject.ts';

/** What is wrong with the links of the responses, of one sort. */
export function* linkRemarks(
  { operations, document }: LintSubject,
  about: LinkIssue['about'],
  remedy: string,
): Iterable<LintRemark> {
  for (const { operation } of operations) {
    for (const { key } of operation.responses) {
      for (const link of linksOf(operation, key)) {
        for (const issue of linkIssues(operation, link).filter((each) => each.about === about)) {
          yield {
            at: placeOf(document, issue.pointer),
            message: `the link ${link.name} ${issue.message}`,
            expected: issue.expected,
            actual: issue.actual,
            remedy,
            ...(issue.possible === true ? { severity: 'warning' } : {}),
            operations: [operation.id],
          };
        }
      }
    }
  }
}
