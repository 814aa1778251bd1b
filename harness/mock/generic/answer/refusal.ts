import { STATUS_CODES } from 'node:http';
import type { DeclaredResponse, Json, JsonObject, MediaType, OasDocument, Operation } from '../../../model/document.ts';
import { isJson } from '../../../openapi/media-type.ts';
import { responseFor } from '../../../openapi/match-response.ts';
import { isObject, type Reply } from '../../reply/reply.ts';
import { baseBody, conforms } from './base-body.ts';
import { contradiction } from './marks.ts';
import { acceptable } from './negotiation.ts';
import { headersFor, withHeader } from './response-headers.ts';
import { encoded } from './success.ts';

/** Statuses of requests that are refused for something else than what they ask for. */
const forOtherReasons = new Set(['401', '403', '405', '406', '407', '408', '415', '429']);

/**
 * The first of the statuses that the document declares for an operation; else, where 400 is one of them, the nearest that
 * it declares for a wrong request; else the first as it is, for HTTP has it whatever a document says.
 */
export function declaredStatus(operation: Operation, wanted: readonly number[]): number {
  const { responses } = operation;
  const exact = wanted.find((status) => isDeclared(operation, status) === 'exactly');
  const [first = 400] = wanted;
  if (exact !== undefined) return exact;
  if (responseFor(responses, first) !== undefined) return first;
  if (!wanted.includes(400)) return first;
  const other = responses.find(({ key }) => /^4\d\d$/.test(key) && !forOtherReasons.has(key));
  return other === undefined ? first : Number(other.key);
}

/** Whether a status has a key of its own or of its range, or falls under `default`. */
export function isDeclared({ responses }: Operation, status: number): 'exactly' | 'by default' | undefined {
  const response = responseFor(responses, status);
  if (response === undefined) return undefined;
  return response.key === 'default' ? 'by default' : 'exactly';
}

/** An error as the document declares it, with the detail in the place of its message. */
export function refusal(
  operation: Operation | undefined,
  wanted: readonly number[],
  detail: string,
  accept?: string,
): Reply {
  const status = operation === undefined ? (wanted[0] ?? 400) : declaredStatus(operation, wanted);
  const response = operation === undefined ? undefined : responseFor(operation.responses, status);
  if (operation === undefined || response === undefined) return plainProblem(status, detail);
  return declaredRefusal(operation, response, { status, detail, accept });
}

function declaredRefusal(
  operation: Operation,
  response: DeclaredResponse,
  { status, detail, accept }: { readonly status: number; readonly detail: string; readonly accept: string | undefined },
): Reply {
  const headers = headersFor(operation.document, response);
  const usual = response.media.find(({ type }) => isJson(type)) ?? response.media[0];
  // A refusal in another form than the accepted ones says more than none (RFC 9110, section 12.5.1).
  const media = accept === undefined ? usual : (acceptable(response.media, accept) ?? usual);
  if (media === undefined) return { status, headers };
  const { value } = baseBody(operation.document, media);
  const body = toldError(operation.document, media, { value, status, detail });
  const content = encoded(operation, media, body ?? value);
  if (body !== undefined) return { status, ...content, headers };
  return { status, ...content, headers: withHeader(headers, ...contradiction), unchecked: true };
}

/** A body of an error with its status and detail in their places, or as it is, whichever conforms to what is declared. */
export function toldError(
  document: OasDocument,
  media: MediaType,
  { value, status, detail }: { readonly value: Json; readonly status: number; readonly detail: string },
): Json | undefined {
  const bodies = typeof value === 'string' && !isJson(media.type) ? [detail] : [worded(value, status, detail), value];
  return bodies.find((each) => conforms(document, media, each));
}

/** RFC 9457, for what the document has no response for. */
export function plainProblem(status: number, detail: string): Reply {
  const title = STATUS_CODES[status] ?? 'Error';
  const body = { type: 'about:blank', title, status, detail };
  return { status, type: 'application/problem+json', body, unchecked: true };
}

const messages = ['detail', 'message', 'error_description', 'errorMessage', 'msg', 'description', 'reason', 'error'];
const statuses = ['status', 'statusCode', 'status_code'];

/** A number in a property that holds the status; a `code` may be another code. */
function isStatus(name: string, value: Json): boolean {
  if (typeof value !== 'number') return false;
  return statuses.includes(name) || (name === 'code' && value >= 100 && value < 600);
}

/** The example of an error with its message and status replaced, wherever it has them. */
function worded(value: Json, status: number, detail: string): Json {
  if (!isObject(value)) return value;
  const name = messages.find((each) => typeof value[each] === 'string');
  const own: JsonObject = Object.fromEntries(
    Object.entries(value).map(([key, each]): [string, Json] => {
      if (key === name) return [key, detail];
      if (isStatus(key, each)) return [key, status];
      return [key, isObject(each) && name === undefined ? worded(each, status, detail) : each];
    }),
  );
  return own;
}
