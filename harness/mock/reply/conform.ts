import type { MediaType, Operation } from '../../model/document.ts';
import { schemaIssues } from '../../openapi/schema/schema.ts';
import { mediaTypeFor, responseFor } from '../../openapi/match-response.ts';
import { isJson } from '../../openapi/media-type.ts';
import { typesAt } from '../../openapi/schema/schema-parts.ts';
import { isObject } from './reply.ts';
import type { Reply } from './reply.ts';

/** Whether the schema of a body of plain text is that of the text itself: some documents declare JSON values for it. */
function isText({ document }: Operation, { schema }: MediaType, type: string): boolean {
  return /^text\/plain\b/i.test(type) && schema !== undefined && typesAt(document, schema).has('string');
}

/** What keeps a reply from being one that the document declares, or nothing. */
export function departureOf(operation: Operation, reply: Reply): string | undefined {
  const declared = responseFor(operation.responses, reply.status);
  if (declared === undefined) return `status ${reply.status} is not declared`;
  if (reply.body === undefined) {
    return declared.media.length === 0 ? undefined : `status ${reply.status} is declared with content, none is sent`;
  }
  const type = reply.type ?? 'application/json';
  const media = mediaTypeFor(declared.media, type);
  if (media === undefined) return `${type} is not declared for status ${reply.status}`;
  // A text of XML, of a form or of lines was made from a value that was held against the schema before.
  if (typeof reply.body === 'string' && !isJson(type) && !isText(operation, media, type)) return undefined;
  const stated = isObject(reply.body) && isObject(reply.body.error) ? reply.body.status : undefined;
  if (stated !== undefined && stated !== reply.status)
    return `the body says status ${JSON.stringify(stated)}, not ${reply.status}`;
  const [issue] = media.schema === undefined ? [] : schemaIssues(operation.document, media.schema, reply.body);
  return issue === undefined ? undefined : `the body departs from its schema: ${issue.message}`;
}
