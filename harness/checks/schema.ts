import type { Check, Subject } from '../model.ts';
import { schemaIssues, type SchemaIssue } from '../spec/schema.ts';
import { heldJson } from './answer.ts';
import { show } from './show.ts';

export const schemaCheck: Check = {
  name: 'schema',
  requirement: 'A body fits the schema that the document declares for it, its listed values included.',
  severity: 'violation',
  appliesTo: (subject) => heldJson(subject)?.schema !== undefined,
  *run(subject) {
    for (const issue of issuesOf(subject)) {
      yield {
        message: show(subject, `the body departs from its schema: ${issue.message}`),
        where: `body ${show(subject, issue.path)}`.trimEnd(),
        expected: issue.expected,
        actual: show(subject, issue.actual),
        at: issue.at,
      };
    }
  },
};

/** How the body departs from its schema. */
export function issuesOf(subject: Subject): readonly SchemaIssue[] {
  const held = heldJson(subject);
  if (held?.schema === undefined) return [];
  return schemaIssues(subject.case.operation.document, held.schema, held.value);
}
