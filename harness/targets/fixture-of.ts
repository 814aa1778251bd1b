import { HarnessError } from '../errors.ts';
import type { Case, Exchange, JsonObject, ReceivedResponse } from '../model.ts';
import type { Fixture, NockDefinition } from './fixture-file.ts';
import { promiseOf } from './fixture-promise.ts';
import { lastingHeaders, scrubText, shownCredentials, tellingHeaders } from './fixture-scrub.ts';

/** A fixture from one exchange of a live run, without keys, cookies and volatile headers. */
export function fixtureOf(options: {
  readonly case: Case;
  readonly exchange: Exchange;
  /** The values that the request was filled with, by the names that the steps use. */
  readonly values: Readonly<Record<string, string>>;
  /** The target's name: its origin, and its path prefix where it has one. */
  readonly recordedFrom: string;
  /** ISO 8601. */
  readonly when: string;
  readonly suiteVersion: string;
  /** Strings that must not be in the file: the key. */
  readonly secrets: readonly string[];
}): Fixture {
  const { case: its, exchange, values, recordedFrom, when, suiteVersion, secrets } = options;
  const promise = promiseOf(its);
  if (promise === undefined)
    throw unrecordable(its, 'only a case of one request and one declared response is recorded');
  if (exchange.response === undefined || exchange.fault !== undefined) {
    throw unrecordable(its, exchange.fault?.message ?? 'no answer came');
  }
  return {
    case: its.id,
    recorded: { from: recordedFrom, at: when, suite: suiteVersion },
    promise,
    states: its.needs.map((need) => ({
      state: need.state,
      values: Object.fromEntries(
        Object.entries(need.as).flatMap(([own, used]) => {
          const value = values[used];
          return value === undefined ? [] : [[own, value]];
        }),
      ),
    })),
    credentials: shownCredentials(exchange.request.headers, its.operation.security),
    nock: [definitionOf(its, exchange, exchange.response, recordedFrom, secrets)],
  };
}

function definitionOf(
  its: Case,
  exchange: Exchange,
  response: ReceivedResponse,
  recordedFrom: string,
  secrets: readonly string[],
): NockDefinition {
  const { request } = exchange;
  const base = recordedFrom.replace(/\/$/, '');
  const body = bodyOf(response, secrets);
  return {
    scope: new URL(base).origin,
    method: request.method,
    path: scrubText(request.url.startsWith(base) ? request.url.slice(base.length) : pathOf(request.url), secrets),
    reqheaders: tellingHeaders(request.headers, its.operation.security),
    ...(request.body === undefined ? {} : { body: scrubText(request.body, secrets) }),
    status: response.status,
    ...body.shown,
    rawHeaders: lastingHeaders(response.headers, secrets)
      .filter(([name, value]) => name.toLowerCase() !== 'content-length' || Number(value) === body.bytes)
      .flat(),
  };
}

/** The body as an object where that gives the same bytes again, else as text, else as hex. */
function bodyOf(
  response: ReceivedResponse,
  secrets: readonly string[],
): { readonly bytes: number; readonly shown: Pick<NockDefinition, 'response' | 'responseIsBinary'> } {
  if (response.body.length === 0) return { bytes: 0, shown: {} };
  const latin = scrubText(Buffer.from(response.body).toString('latin1'), secrets);
  const bytes = Buffer.from(latin, 'latin1');
  const text = bytes.toString('utf8');
  const sameAgain = Buffer.from(text, 'utf8').equals(bytes);
  const parsed = sameAgain ? jsonObject(text) : undefined;
  if (parsed !== undefined && JSON.stringify(parsed) === text)
    return { bytes: bytes.length, shown: { response: parsed } };
  // nock parses any text that is JSON and writes it anew, so JSON in another layout is kept as hex.
  if (sameAgain && !isJson(text)) return { bytes: bytes.length, shown: { response: text } };
  return { bytes: bytes.length, shown: { response: bytes.toString('hex'), responseIsBinary: true } };
}

function jsonObject(text: string): JsonObject | undefined {
  if (!isJson(text)) return undefined;
  const value: unknown = JSON.parse(text);
  return isObject(value) ? value : undefined;
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function pathOf(url: string): string {
  return url.replace(/^[a-z]+:\/\/[^/?]*/i, '');
}

function unrecordable(its: Case, why: string): HarnessError {
  return new HarnessError('E_FIXTURE_UNRECORDABLE', `${its.id} was not recorded: ${why}`, {
    kind: 'target',
    hint: 'Run the case alone against the same target to see what it answers.',
  });
}
