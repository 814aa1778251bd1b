import type { Subject } from '../../model/target.ts';
import { isObject } from '../../openapi/document/pointer.ts';
import { parseMediaType } from '../../openapi/media-type.ts';
import { type JsonBody, matchedJson } from './body/declared-body.ts';
import { matchedResponse, valuesOf } from './response.ts';

/** The media type of problem details in JSON (RFC 9457). */
const problemType = 'application/problem+json';

/** A body of problem details: its members mean what RFC 9457 says, whatever the schema calls them. */
export function problemOf(subject: Subject): (JsonBody & { readonly value: object }) | undefined {
  const matched = matchedResponse(subject);
  const body = matchedJson(subject);
  if (matched === undefined || body === undefined || !isObject(body.value)) return undefined;
  const [label = body.media.type] = valuesOf(matched.answer, 'content-type');
  return parseMediaType(label)?.type === problemType ? { ...body, value: body.value } : undefined;
}
