import type { LintRule } from '../finding.ts';
import { linkRemarks } from '../link-remarks.ts';

export const linkParameterRule: LintRule = {
  id: 'link-parameter',
  title: 'A link gives values of what its operation takes.',
  severity: 'error',
  find: (subject) =>
    linkRemarks(subject, 'parameter', 'Write a parameter of that operation, such as id or path.id, or take it out.'),
};
