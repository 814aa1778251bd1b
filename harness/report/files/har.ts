import type { Content, Cookie, Entry, Har, Header, PostData } from 'har-format';
import type { HeaderPair } from '../../model/exchange.ts';
import type { CaseRecord, ExchangeRecord, RunRecord } from '../../model/record.ts';
import { subjectWords } from '../labels.ts';
import { latestRuns } from '../matrix.ts';
import { printableJson } from '../../core/text/printable.ts';

/**
 * All exchanges as HAR 1.2, which the network panel of a browser imports: a page for each case. The record keeps how
 * long an exchange took but not when it began or how its time was spent: every entry begins with its run, in order,
 * and its whole time is waiting.
 */
export function harLog(given: readonly RunRecord[]): string {
  const runs = latestRuns(given);
  const cases = runs.flatMap((run, place) =>
    run.cases
      .filter((record) => record.exchanges.length > 0)
      .map((record) => ({ run, record, page: `${place}:${record.id}` })),
  );
  const har: Har = {
    log: {
      version: '1.2',
      creator: { name: 'pinecone-contract', version: runs[0]?.tool.version ?? '' },
      pages: cases.map(({ run, record, page }) => ({
        startedDateTime: run.started,
        id: page,
        title: `${record.id} (${subjectWords(run)}, ${record.status})`,
        pageTimings: {},
      })),
      entries: cases.flatMap(({ run, record, page }) =>
        record.exchanges.map((exchange) => entry({ run, record, page, exchange })),
      ),
    },
  };
  return `${printableJson(JSON.stringify(har))}\n`;
}

function entry(of: {
  readonly run: RunRecord;
  readonly record: CaseRecord;
  readonly page: string;
  readonly exchange: ExchangeRecord;
}): Entry {
  const { run, record, page, exchange } = of;
  const { request, response, fault } = exchange;
  const version = `HTTP/${response?.httpVersion ?? '1.1'}`;
  return {
    pageref: page,
    startedDateTime: run.started,
    time: exchange.ms,
    request: {
      method: request.method,
      url: uri(request.url),
      httpVersion: version,
      cookies: request.headers.filter(named('cookie')).flatMap(([, value]) => value.split(';').map(cookie)),
      headers: request.headers.map(header),
      queryString: [...new URLSearchParams(queryOf(request.url))].map(([name, value]) => ({ name, value })),
      ...(request.body === undefined ? {} : { postData: postData(request.headers, request.body) }),
      headersSize: -1,
      bodySize: Buffer.byteLength(request.body ?? ''),
    },
    response: {
      status: response?.status ?? 0,
      statusText: response?.reason ?? '',
      httpVersion: response === undefined ? '' : version,
      cookies: response?.headers.filter(named('set-cookie')).map(([, value]) => cookie(value)) ?? [],
      headers: response?.headers.map(header) ?? [],
      content: content(response),
      redirectURL: response?.headers.find(named('location'))?.[1] ?? '',
      headersSize: -1,
      bodySize: response?.bodyBytes ?? -1,
      ...(response?.stopped === undefined ? {} : { comment: response.stopped.message }),
      ...(fault === undefined ? {} : { _error: `${fault.kind}: ${fault.message}` }),
    },
    cache: {},
    timings: { send: 0, wait: exchange.ms, receive: 0 },
    comment: `${record.id}, step ${exchange.step}${uri(request.url) === request.url ? '' : `, sent as ${request.url}`}`,
  };
}

/** What the format calls a URL must be one, and probes send what is none: then the comment has what was sent. */
function uri(sent: string): string {
  const path = sent.indexOf('/', sent.indexOf('://') + 3);
  if (path < 0) return sent;
  return (
    sent.slice(0, path) +
    sent
      .slice(path)
      .replace(/%(?![\da-f]{2})/gi, '%25')
      .replace(/[^\x21-\x7e]|["<>\\^`{}|[\]#]/gu, (character) => [...Buffer.from(character)].map(escapeOf).join(''))
  );
}

function escapeOf(byte: number): string {
  return `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}

function content(response: ExchangeRecord['response']): Content {
  const mimeType = response?.headers.find(named('content-type'))?.[1] ?? 'x-unknown';
  if (response === undefined) return { size: 0, mimeType };
  const { body, bodyBytes } = response;
  return 'text' in body
    ? { size: bodyBytes, mimeType, text: body.text }
    : { size: bodyBytes, mimeType, text: body.base64, encoding: 'base64' };
}

function postData(headers: readonly HeaderPair[], text: string): PostData {
  return { mimeType: headers.find(named('content-type'))?.[1] ?? '', text };
}

function header([name, value]: HeaderPair): Header {
  return { name, value };
}

function named(name: string): (pair: HeaderPair) => boolean {
  return ([own]) => own.toLowerCase() === name;
}

/** The name and value of a cookie; what else a `Set-Cookie` says is in the headers. */
function cookie(text: string): Cookie {
  const [pair = ''] = text.split(';');
  const at = pair.indexOf('=');
  return { name: pair.slice(0, Math.max(at, 0)).trim(), value: pair.slice(at + 1).trim() };
}

function queryOf(url: string): string {
  const at = url.indexOf('?');
  return at < 0 ? '' : url.slice(at + 1);
}
