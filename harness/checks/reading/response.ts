import type { DeclaredResponse, MediaType } from '../../model/document.ts';
import type { ReceivedResponse } from '../../model/exchange.ts';
import type { Subject } from '../../model/target.ts';
import { bodyOf, type Body } from './body.ts';
import { isJson, parseMediaType } from '../../openapi/media-type.ts';

/** The answer, where it came whole. Rules about its parts say nothing of an answer that broke off. */
export function wholeResponse({ exchange }: Subject): ReceivedResponse | undefined {
  return exchange.fault === undefined ? exchange.response : undefined;
}

/** An answer that may have a body, and the declared response that it is held against. */
interface MatchedResponse {
  readonly answer: ReceivedResponse;
  readonly response: DeclaredResponse;
  /** What the document declares for the body; absent where it declares no content. */
  readonly media: MediaType | undefined;
}

const known = new WeakMap<Subject, { readonly held: MatchedResponse | undefined }>();

/** Nearly every check asks for it, most of them twice. */
export function matchedResponse(subject: Subject): MatchedResponse | undefined {
  const { held } = known.get(subject) ?? { held: findHeld(subject) };
  known.set(subject, { held });
  return held;
}

function findHeld(subject: Subject): MatchedResponse | undefined {
  const answer = wholeResponse(subject);
  const { response, media } = subject;
  if (answer === undefined || response === undefined || subject.exchange.request.method === 'HEAD') return undefined;
  return { answer, response, media };
}

/** The body of an answer that is held against a JSON schema, where it can be read as JSON. */
export interface HeldJson {
  readonly value: unknown;
  readonly schema: string | undefined;
  readonly media: MediaType;
  readonly status: number;
  readonly response: DeclaredResponse;
}

export function matchedJson(subject: Subject): HeldJson | undefined {
  const held = matchedResponse(subject);
  if (held?.media === undefined || !isJson(held.media.type)) return undefined;
  const body = bodyOf(held.answer);
  if (body.kind !== 'json' || body.nested !== undefined) return undefined;
  const { media, response, answer } = held;
  return { value: body.value, schema: media.schema, media, status: answer.status, response };
}

/** The body as bytes that should be JSON: where JSON is declared and the answer does not say that it is something else. */
export function expectedJson(subject: Subject): Body | undefined {
  const held = matchedResponse(subject);
  if (held?.media === undefined || !isJson(held.media.type)) return undefined;
  const [label] = valuesOf(held.answer, 'content-type');
  const type = label === undefined ? undefined : parseMediaType(label)?.type;
  return type === undefined || isJson(type) ? bodyOf(held.answer) : undefined;
}

/** The values of all headers of that name, in order. */
export function valuesOf(answer: Pick<ReceivedResponse, 'headers'>, name: string): readonly string[] {
  return answer.headers.filter(([given]) => given.toLowerCase() === name).map(([, value]) => value);
}
