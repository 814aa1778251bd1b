import type { Expectation } from '../model/case.ts';
import type { DeclaredResponse, MediaType } from '../model/document.ts';
import type { Exchange, HeaderPair, ReceivedResponse } from '../model/exchange.ts';

/** The declared response, and the media type of it, that an answer is held against; none where the status is not promised. */
export function heldAgainst(
  expectation: Expectation,
  exchange: Exchange,
): { readonly response?: DeclaredResponse; readonly media?: MediaType } {
  const received = exchange.response;
  if (received === undefined) return {};
  switch (expectation.kind) {
    case 'declared': {
      if (!statusKeyMatches(expectation.response.key, received.status)) return {};
      const media = expectation.media ?? mediaOf(expectation.response, exchange);
      return { response: expectation.response, ...(media === undefined ? {} : { media }) };
    }
    case 'one-of':
    case 'one-of-or-4xx': {
      const response = closest(expectation.responses, received.status);
      if (response === undefined || isFrontEnds(expectation, response, received)) return {};
      const media = mediaOf(response, exchange);
      return { response, ...(media === undefined ? {} : { media }) };
    }
    case 'rejected':
    case 'not-5xx':
      return {};
    default:
      return expectation satisfies never;
  }
}

function isFrontEnds(
  expectation: Expectation,
  { media }: DeclaredResponse,
  { status, headers }: ReceivedResponse,
): boolean {
  if (expectation.kind !== 'one-of-or-4xx' || expectation.byFrontEnd !== true || status < 400) return false;
  const essence = essenceOf(headers);
  return !media.some(({ type }) => type.toLowerCase() === essence);
}

/** Whether a status key of the document stands for a status: `404`, `4XX`, `default`. */
export function statusKeyMatches(key: string, status: number): boolean {
  if (key === 'default') return true;
  return /^\dXX$/i.test(key) ? Number(key[0]) === Math.floor(status / 100) : key === String(status);
}

/** The most exact key wins: a number before its range before `default`. */
function closest(responses: readonly DeclaredResponse[], status: number): DeclaredResponse | undefined {
  const covering = responses.filter((response) => statusKeyMatches(response.key, status));
  return (
    covering.find((response) => response.key === String(status)) ??
    covering.find((response) => response.key !== 'default') ??
    covering[0]
  );
}

/** The media type that the answer claims to be in, or the first declared one. */
function mediaOf(response: DeclaredResponse, exchange: Exchange): MediaType | undefined {
  const essence = essenceOf(exchange.response?.headers ?? []);
  return response.media.find((media) => media.type.toLowerCase() === essence) ?? response.media[0];
}

function essenceOf(headers: readonly HeaderPair[]): string | undefined {
  const claimed = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  return claimed?.split(';')[0]?.trim().toLowerCase();
}
