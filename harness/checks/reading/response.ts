import type { DeclaredResponse, MediaType } from '../../model/document.ts';
import type { ReceivedResponse } from '../../model/exchange.ts';
import type { Subject } from '../../model/target.ts';

/** The answer, where it came whole. Rules about its parts say nothing of an answer that broke off. */
export function wholeResponse({ exchange }: Subject): ReceivedResponse | undefined {
  return exchange.fault === undefined ? exchange.response : undefined;
}

/** An answer that may have a body, and the declared response that it is judged by. */
interface MatchedResponse {
  readonly answer: ReceivedResponse;
  readonly response: DeclaredResponse;
  /** What the document declares for the body; absent where it declares no content. */
  readonly media: MediaType | undefined;
}

const known = new WeakMap<Subject, { readonly matched: MatchedResponse | undefined }>();

/** Nearly every check asks for it, most of them twice. */
export function matchedResponse(subject: Subject): MatchedResponse | undefined {
  const { matched } = known.get(subject) ?? { matched: findMatched(subject) };
  known.set(subject, { matched });
  return matched;
}

function findMatched(subject: Subject): MatchedResponse | undefined {
  const answer = wholeResponse(subject);
  const { response, media } = subject;
  if (answer === undefined || response === undefined || subject.exchange.request.method === 'HEAD') return undefined;
  return { answer, response, media };
}

/** The values of all headers of that name, in order. */
export function valuesOf(answer: Pick<ReceivedResponse, 'headers'>, name: string): readonly string[] {
  return answer.headers.filter(([given]) => given.toLowerCase() === name).map(([, value]) => value);
}
