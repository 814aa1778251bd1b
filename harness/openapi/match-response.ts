import type { Expectation } from '../model/case.ts';
import type { DeclaredResponse, MediaType } from '../model/document.ts';
import type { Exchange, HeaderPair } from '../model/exchange.ts';
import { parseMediaType, satisfies, specificity } from './media-type.ts';

/** The declared response and the media type of it that a received response is judged by. */
interface MatchedResponse {
  /** Absent where the status is not declared, or not expected. */
  readonly response?: DeclaredResponse;
  /** Absent where `response` declares no content. */
  readonly media?: MediaType;
}

/** What the document declares for a received response, as far as the expectation allows that response. */
export function matchResponse(expectation: Expectation, exchange: Exchange): MatchedResponse {
  const received = exchange.response;
  if (received === undefined) return {};
  const response = responseFor(expectedResponses(expectation), received.status);
  const contentType = contentTypeOf(received.headers);
  if (response === undefined || isFromFrontEnd(expectation, response, received.status, contentType)) return {};
  const expected = expectation.kind === 'declared' ? expectation.media : undefined;
  const media = expected ?? mediaTypeFor(response.media, contentType) ?? response.media[0];
  return { response, ...(media === undefined ? {} : { media }) };
}

/** The declared responses that meet an expectation; empty where it is about the class of the status only. */
export function expectedResponses(expectation: Expectation): readonly DeclaredResponse[] {
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

/** Whether a status key of the document stands for a status: `404`, `4XX`, `default`. */
export function statusKeyMatches(key: string, status: number): boolean {
  if (key === 'default') return true;
  return /^\dXX$/i.test(key) ? Number(key[0]) === Math.floor(status / 100) : key === String(status);
}

/** What is declared for a status. The most exact key wins: a number before its range before `default`. */
export function responseFor(responses: readonly DeclaredResponse[], status: number): DeclaredResponse | undefined {
  const covering = responses.filter((response) => statusKeyMatches(response.key, status));
  return (
    covering.find((response) => response.key === String(status)) ??
    covering.find((response) => response.key !== 'default') ??
    covering[0]
  );
}

/**
 * The declared media type that a Content-Type falls under; undefined where it falls under none. Where it falls under
 * several, the most specific one counts, as RFC 9110 §12.5.1 ranks them: more parameters, then a type, `type/*`, and
 * the range of everything.
 */
export function mediaTypeFor(declared: readonly MediaType[], contentType: string | undefined): MediaType | undefined {
  const given = contentType === undefined ? undefined : parseMediaType(contentType);
  if (given === undefined) return undefined;
  // Of two that are equally specific, the first that is declared counts.
  return declared
    .filter(({ type }) => satisfies(given, type))
    .reduce<MediaType | undefined>(
      (best, each) => (best === undefined || specificity(each.type) > specificity(best.type) ? each : best),
      undefined,
    );
}

/** Where the contract is silent, a refusal in another media type comes from what stands in front of the operation. */
function isFromFrontEnd(
  expectation: Expectation,
  { media }: DeclaredResponse,
  status: number,
  contentType: string | undefined,
): boolean {
  if (expectation.kind !== 'one-of-or-4xx' || expectation.byFrontEnd !== true || status < 400) return false;
  return mediaTypeFor(media, contentType) === undefined;
}

function contentTypeOf(headers: readonly HeaderPair[]): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
}
