import type { LintRule } from '../finding.ts';
import { linkRemarks } from '../link-remarks.ts';

export const linkTargetRule: LintRule = {
  id: 'link-target',
  title: 'Each link leads to an operation.',
  severity: 'error',
  find: (subject) =>
    linkRemarks(subject, 'target', 'Write the operationId of an operation of the document, or an operationRef to it.'),
};
