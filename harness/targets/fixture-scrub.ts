import type { Credential, HeaderPair } from '../model.ts';
import { redactText } from '../wire/redact.ts';

/** Names of response headers that differ from answer to answer, or that belong to the connection. */
const volatile = new Set([
  'age',
  'alt-svc',
  'connection',
  'date',
  'etag',
  'expires',
  'keep-alive',
  'last-modified',
  'nel',
  'report-to',
  'server-timing',
  'set-cookie',
  'set-cookie2',
  'traceparent',
  'tracestate',
  'transfer-encoding',
  'via',
  'x-cache',
  'x-cache-hits',
  'x-cloud-trace-context',
  'x-correlation-id',
  'x-request-id',
  'x-response-time',
  'x-served-by',
  'x-timer',
]);
const volatileStarts = ['cf-', 'x-amz', 'x-amzn', 'x-b3-', 'x-envoy-', 'x-ratelimit-', 'x-pinecone-request-'];

/** Names of request headers that say nothing about the case. */
const ownRequestHeaders = new Set(['accept-encoding', 'connection', 'content-length', 'host', 'user-agent']);
const credentialHeaders = new Set(['api-key', 'authorization', 'cookie', 'proxy-authorization', 'x-api-key']);

/** The response headers worth keeping, in their order and letter case. */
export function lastingHeaders(headers: readonly HeaderPair[], secrets: readonly string[]): readonly HeaderPair[] {
  return headers
    .filter(([name]) => !isVolatile(name.toLowerCase()))
    .map(([name, value]) => [name, scrubText(value, secrets)]);
}

/** The request headers that a replay must send again, by lower-case name; credentials are not among them. */
export function tellingHeaders(
  headers: readonly HeaderPair[],
  security: readonly Credential[],
): Readonly<Record<string, string>> {
  const telling: Record<string, string> = {};
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    if (ownRequestHeaders.has(key) || isCredential(key, security)) continue;
    const earlier = telling[key];
    telling[key] = earlier === undefined ? value : `${earlier}, ${value}`;
  }
  return Object.fromEntries(Object.entries(telling).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Which credentials a request showed: `api-key: <api-key>`, `authorization: something else`. The key itself is masked
 * already; what is no key, such as one cut short, may still be most of one, so nothing of it is kept.
 */
export function shownCredentials(headers: readonly HeaderPair[], security: readonly Credential[]): readonly string[] {
  return headers
    .map(([name, value]) => [name.toLowerCase(), value] as const)
    .filter(([name]) => isCredential(name, security))
    .map(
      ([name, value]) =>
        `${name}: ${value === '' ? 'empty' : /^(Bearer )?<api-key>$/.test(value) ? value : 'something else'}`,
    )
    .sort();
}

/** Text without the key, and without anything that looks like a Pinecone key. */
export function scrubText(text: string, secrets: readonly string[]): string {
  return redactText(text, secrets).replace(/pcsk_[A-Za-z0-9_-]{8,}/g, '<api-key>');
}

function isVolatile(name: string): boolean {
  return (
    volatile.has(name) || volatileStarts.some((start) => name.startsWith(start)) || /-(request|trace)-?id$/.test(name)
  );
}

function isCredential(name: string, security: readonly Credential[]): boolean {
  return (
    credentialHeaders.has(name) || security.some((each) => each.in === 'header' && each.name.toLowerCase() === name)
  );
}
