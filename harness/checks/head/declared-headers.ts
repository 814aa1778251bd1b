import type { DeclaredHeader } from '../../model/document.ts';
import type { Check, Subject } from '../../model/target.ts';
import { follow, isObject, member } from '../../openapi/document/pointer.ts';
import { schemaIssues } from '../../openapi/schema/schema.ts';
import { valuesOf, wholeResponse } from '../reading/response.ts';
import { excerpt } from '../reading/excerpt.ts';

export const declaredHeadersCheck: Check = {
  name: 'declared-headers',
  requirement: 'Each header that the document requires is there, and each that it declares fits its schema.',
  severity: 'violation',
  appliesTo: (subject) => wholeResponse(subject) !== undefined && declared(subject).length > 0,
  *run(subject) {
    const answer = wholeResponse(subject);
    if (answer === undefined) return;
    for (const header of declared(subject)) {
      const name = header.name.toLowerCase();
      const values = valuesOf(answer, name);
      if (values.length === 0) {
        if (!header.required) continue;
        const expected = `a header ${header.name}`;
        yield {
          message: `the required header ${header.name} is missing`,
          where: `header ${name}`,
          expected,
          actual: 'absent',
          at: header.at,
        };
        continue;
      }
      const text = values.join(', ');
      for (const issue of issuesOf(subject, header, text)) {
        yield {
          message: `header ${header.name}: ${excerpt(subject, issue.message)}`,
          where: `header ${name}`,
          expected: issue.expected,
          actual: excerpt(subject, text),
          at: issue.at,
        };
      }
    }
  },
};

/** A header named Content-Type is ignored there: the media types declare it (OpenAPI, Response Object). */
function declared({ response }: Subject): readonly DeclaredHeader[] {
  return (response?.headers ?? []).filter(({ name }) => name.toLowerCase() !== 'content-type');
}

function issuesOf(
  { case: { operation } }: Subject,
  { schema }: DeclaredHeader,
  text: string,
): ReturnType<typeof schemaIssues> {
  if (schema === undefined) return [];
  const { document } = operation;
  const types = typesOf(follow(document.root, schema)?.value);
  const readings = types.flatMap((type) => readAs(type, text));
  const tried = (readings.length === 0 ? [text] : readings).map((value) => schemaIssues(document, schema, value));
  return tried.find((issues) => issues.length === 0) ?? tried[0] ?? [];
}

function typesOf(schema: unknown): readonly string[] {
  const type = isObject(schema) ? member(schema, 'type') : undefined;
  if (Array.isArray(type)) return type.filter((name): name is string => typeof name === 'string');
  return typeof type === 'string' ? [type] : ['string', 'integer', 'boolean'];
}

/** A header value in OpenAPI's `simple` style. */
function readAs(type: string, text: string): readonly unknown[] {
  switch (type) {
    case 'integer':
    case 'number':
      return /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/.test(text) ? [Number(text)] : [];
    case 'boolean':
      return text === 'true' || text === 'false' ? [text === 'true'] : [];
    case 'array':
      return [text.split(',').map((item) => item.trim())];
    case 'string':
      return [text];
    default:
      return [];
  }
}
