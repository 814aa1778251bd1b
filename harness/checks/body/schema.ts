import type { Check, Subject } from '../../model/target.ts';
import { issuesOfJson, type SchemaIssue } from '../../openapi/schema/schema.ts';
import { bodyFormat, matchedJson } from '../reading/body/declared-body.ts';
import { excerpt } from '../reading/excerpt.ts';
import { matchedResponse } from '../reading/response.ts';
import { issuesOfText } from '../reading/body/simple-style.ts';

export const schemaCheck: Check = {
  name: 'schema',
  requirement: 'A body fits the schema that the document declares for it, its listed values included.',
  severity: 'violation',
  remedy: 'Correct the response, or the schema in the document.',
  appliesTo: (subject) => judgedSchema(subject) !== undefined,
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

/** The schema that the body is judged by, where it can be read. */
export function judgedSchema(subject: Subject): string | undefined {
  const json = matchedJson(subject);
  if (json !== undefined) return json.schema;
  return bodyFormat(subject)?.kind === 'text' ? matchedResponse(subject)?.media?.schema : undefined;
}

/** How the body departs from its schema. */
export function issuesOf(subject: Subject): readonly SchemaIssue[] {
  const schema = judgedSchema(subject);
  if (schema === undefined) return [];
  const { document } = subject.case.operation;
  const json = matchedJson(subject);
  if (json !== undefined) return issuesOfJson({ document, pointer: schema, value: json.value, digits: json.digits });
  const format = bodyFormat(subject);
  return format?.kind === 'text' ? issuesOfText(document, schema, format.text) : [];
}
