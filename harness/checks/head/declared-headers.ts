import type { DeclaredHeader } from '../../model/document.ts';
import type { Check, Subject } from '../../model/target.ts';
import { isJson } from '../../openapi/media-type.ts';
import { schemaIssues, type SchemaIssue } from '../../openapi/schema/schema.ts';
import { valuesOf, wholeResponse } from '../reading/response.ts';
import { excerpt } from '../reading/excerpt.ts';
import { issuesOfText } from '../reading/body/simple-style.ts';

export const declaredHeadersCheck: Check = {
  name: 'declared-headers',
  requirement: 'Each header that the document requires is there, and each that it declares fits its schema.',
  severity: 'violation',
  remedy: 'Send the header as the document declares it, or correct the document.',
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
      for (const issue of departuresOf(subject, header, text)) {
        yield {
          message: `header ${header.name}: ${excerpt(subject, issue.message)}`,
          where: `header ${name}`,
          expected: issue.expected,
          actual: text === '' ? 'an empty value' : excerpt(subject, text),
          at: issue.at,
        };
      }
    }
  },
};

/** A header named Content-Type is ignored there: the media types declare it (OpenAPI, Response Object). */
export function declared({ response }: Subject): readonly DeclaredHeader[] {
  return (response?.headers ?? []).filter(({ name }) => name.toLowerCase() !== 'content-type');
}

/** What a header value breaks. */
function departuresOf(
  { case: { operation } }: Subject,
  header: DeclaredHeader,
  text: string,
): readonly Pick<SchemaIssue, 'message' | 'expected' | 'at'>[] {
  const { schema, mediaType } = header;
  if (mediaType !== undefined && isJson(mediaType)) {
    const json = parsed(text);
    if (json === undefined) {
      return [
        { message: `the value is not JSON, though ${mediaType} is declared`, expected: mediaType, at: header.at },
      ];
    }
    return schema === undefined ? [] : schemaIssues(operation.document, schema, json.value);
  }
  if (schema === undefined || (mediaType !== undefined && !isText(mediaType))) return [];
  return issuesOfText(operation.document, schema, text);
}

/** Why the value of a declared header cannot be judged by its schema. */
export function whyNotJudged({ schema, mediaType }: DeclaredHeader): string | undefined {
  if (schema === undefined || mediaType === undefined || isJson(mediaType) || isText(mediaType)) return undefined;
  return `it is declared as ${mediaType}, and schemas are applied to JSON and to plain text only`;
}

function isText(mediaType: string): boolean {
  return /^(text\/|\*\/\*)/i.test(mediaType);
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
