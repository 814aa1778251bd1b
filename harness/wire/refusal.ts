import type { Exchange } from '../model/exchange.ts';

type Answer = NonNullable<Exchange['response']>;

/** Whether a server asks to be asked later: 429, or 503 that says when (RFC 6585 §4, RFC 9110 §15.6.4). */
export function isRefusal(response: Answer): boolean {
  return response.status === 429 || (response.status === 503 && retryAfterMs(response) !== undefined);
}

/** What Retry-After asks for, in milliseconds: a number of seconds or a date (RFC 9110 §10.2.3). */
export function retryAfterMs({ headers }: Answer, now = Date.now()): number | undefined {
  const text = headers.find(([name]) => name.toLowerCase() === 'retry-after')?.[1].trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // `Date.parse` takes much for a date that is none in HTTP.
  const date = /^[A-Z][a-z]+, .*GMT$/.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
