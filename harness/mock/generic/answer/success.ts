import type { DeclaredResponse, Json, MediaType, Operation } from '../../../model/document.ts';
import { isJson } from '../../../openapi/media-type.ts';
import { responseFor, statusKeyMatches } from '../../../openapi/match-response.ts';
import { bodyText } from '../../../openapi/request/body.ts';
import { sequenceFormatOf } from '../../../openapi/sequences/format.ts';
import { contentTypeFor } from '../../reply/answers.ts';
import type { Reply } from '../../reply/reply.ts';
import { baseBody } from './base-body.ts';
import { byExample, contradiction } from './marks.ts';
import { acceptable } from './negotiation.ts';
import { sequenceBody } from './sequence.ts';
import { headersFor, withHeader } from './response-headers.ts';

/** A success that the document declares, in the media type that the client accepts. */
export interface Success {
  readonly operation: Operation;
  readonly response: DeclaredResponse;
  readonly status: number;
  /** Absent where the response has no content. */
  readonly media?: MediaType;
}

/**
 * The declared success of an operation: the first of the wanted statuses, else the first 2xx, else `default` as 200, else
 * the first 3xx, else what there is, for the document says that a request may be answered so. `unacceptable` where the client accepts none of its media types and the document declares a 406.
 */
export function successOf(
  operation: Operation,
  wanted: readonly number[],
  accept: string | undefined,
): Success | 'unacceptable' | undefined {
  const { responses } = operation;
  const chosen = wanted.find((status) => responses.some(({ key }) => key === String(status)));
  const status = chosen ?? firstSuccess(responses);
  const response = status === undefined ? undefined : responseFor(responses, status);
  if (status === undefined || response === undefined) return undefined;
  const media = acceptable(response.media, accept);
  if (media !== undefined || response.media.length === 0) {
    return { operation, response, status, ...(media === undefined ? {} : { media }) };
  }
  // RFC 9110, section 12.5.1: a server may also send what it has, as if there were no Accept.
  const refuses = responses.some(({ key }) => key !== 'default' && statusKeyMatches(key, 406));
  const [first] = response.media;
  return refuses || first === undefined ? 'unacceptable' : { operation, response, status, media: first };
}

function firstSuccess(responses: readonly DeclaredResponse[]): number | undefined {
  for (const digit of ['2', '3']) {
    const key = responses.find((response) => response.key.startsWith(digit))?.key;
    if (key !== undefined) return /^\d+$/.test(key) ? Number(key) : Number(digit) * 100;
    if (digit === '2' && responses.some((response) => response.key === 'default')) return 200;
  }
  const other = responses.find(({ key }) => /^[45]/.test(key))?.key;
  return other === undefined ? undefined : Number(other.replaceAll(/x/gi, '0'));
}

/** The reply with a body of state, or of the document's example where there is none. */
export function successReply(
  success: Success,
  given: { readonly body?: Json; readonly location?: string; readonly byExample?: boolean } = {},
): Reply {
  const { operation, response, status, media } = success;
  const declared = headersFor(operation.document, response);
  const named = response.headers.some(({ name }) => name.toLowerCase() === 'location');
  const headers =
    given.location === undefined || !(named || status === 201)
      ? declared
      : withHeader(declared, 'Location', given.location);
  const marked = given.byExample === true ? withHeader(headers, ...byExample) : headers;
  if (media === undefined) return { status, headers: marked };
  const base = given.body === undefined ? baseBody(operation.document, media) : { value: given.body, conforms: true };
  const content = encoded(operation, media, base.value);
  if (base.conforms) return { status, ...content, headers: marked };
  return { status, ...content, headers: withHeader(headers, ...contradiction), unchecked: true };
}

/** A value in a media type: JSON as a value, all else as the text that it is sent as. */
export function encoded(operation: Operation, media: MediaType, value: Json): Pick<Reply, 'body' | 'type'> {
  const type = contentTypeFor(media);
  if (isJson(type)) return { body: value, type };
  const format = sequenceFormatOf(type);
  if (format !== undefined) return { body: sequenceBody(operation.document, { ...media, type }, format, value), type };
  if (typeof value === 'string') return { body: value, type };
  const { text, contentType } = bodyText(operation.document, { ...media, type }, value);
  return { body: text, type: contentType };
}
