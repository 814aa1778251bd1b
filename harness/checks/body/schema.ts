import type { Check, Subject } from '../../model/target.ts';
import { schemaIssues, type SchemaIssue } from '../../openapi/schema/schema.ts';
import { matchedJson } from '../reading/response.ts';
import { excerpt } from '../reading/excerpt.ts';

export const schemaCheck: Check = {
  name: 'schema',
  requirement: 'A body fits the schema that the document declares for it, its listed values included.',
  severity: 'violation',
  appliesTo: (subject) => matchedJson(subject)?.schema !== undefined,
  *run(subject) {
    for (const issue of issuesOf(subject)) {
      yield {
        message: excerpt(subject, `the body departs from its schema: ${issue.message}`),
        where: `body ${excerpt(subject, issue.path)}`.trimEnd(),
        expected: issue.expected,
        actual: excerpt(subject, issue.actual),
        at: issue.at,
      };
    }
  },
};

/** How the body departs from its schema. */
export function issuesOf(subject: Subject): readonly SchemaIssue[] {
  const held = matchedJson(subject);
  if (held?.schema === undefined) return [];
  return schemaIssues(subject.case.operation.document, held.schema, held.value);
}
