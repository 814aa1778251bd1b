import type { LintRule } from '../finding.ts';
import { linkRemarks } from '../link-remarks.ts';

export const linkExpressionRule: LintRule = {
  id: 'link-expression',
  title: 'Each runtime expression of a link is well-formed, and names a value that is there.',
  severity: 'error',
  find: (subject) =>
    linkRemarks(subject, 'expression', 'Name a part of the request or of the response that declares the link.'),
};
