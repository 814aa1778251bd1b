import type { Expectation } from '../../model/case.ts';
import type { DeclaredResponse, MediaType, Operation } from '../../model/document.ts';
import type { ReceivedResponse } from '../../model/exchange.ts';
import type { Subject } from '../../model/target.ts';
import { bodyOf, type Body } from './body.ts';
import { isJson, parseMediaType, satisfies } from './media-type-syntax.ts';

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
  const { response } = subject;
  if (answer === undefined || response === undefined || subject.exchange.request.method === 'HEAD') return undefined;
  return { answer, response, media: mediaOf(subject, response, answer) };
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

/** What the document declares for a status: its own key before its range, its range before `default`. */
export function declaredFor({ responses }: Operation, status: number): DeclaredResponse | undefined {
  const range = `${Math.floor(status / 100)}XX`;
  return (
    responses.find(({ key }) => key === String(status)) ??
    responses.find(({ key }) => key.toUpperCase() === range) ??
    responses.find(({ key }) => key === 'default')
  );
}

/** The declared responses that keep a promise; empty where it is about the class of the status only. */
export function promisedResponses(expectation: Expectation): readonly DeclaredResponse[] {
  switch (expectation.kind) {
    case 'declared':
      return [expectation.response];
    case 'one-of':
    case 'one-of-or-4xx':
      return expectation.responses;
    case 'rejected':
    case 'not-5xx':
      return [];
    default:
      return expectation satisfies never;
  }
}

/** The promised media type; where only a response is promised, the one that the label fits, or else the first. */
function mediaOf({ step }: Subject, response: DeclaredResponse, answer: ReceivedResponse): MediaType | undefined {
  const { expectation } = step;
  if (expectation.kind === 'declared' && expectation.media !== undefined) return expectation.media;
  const [label] = valuesOf(answer, 'content-type');
  const given = label === undefined ? undefined : parseMediaType(label);
  return response.media.find(({ type }) => given !== undefined && satisfies(given, type)) ?? response.media[0];
}
