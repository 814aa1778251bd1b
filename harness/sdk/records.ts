import { HarnessError, toCaseError } from '../core/errors.ts';
import type { Json } from '../model/document.ts';
import type { HeaderPair } from '../model/exchange.ts';
import type { CaseRecord, ExchangeRecord } from '../model/record.ts';
import type { Finding, CaseError } from '../model/verdict.ts';
import { excerptOf } from '../openapi/document/place.ts';
import { redactDeep } from '../wire/secrets/redact-deep.ts';
import type { Driver } from './driver/driver.ts';
import type { CaseEnd } from './run-case.ts';
import { replyInWords } from './server/script.ts';
import type { ReceivedRequest, Reply } from './server/script.ts';
import type { SdkCase } from './cases/sdk-case.ts';

/** The record of a case that ran. The key is in none of it, in no form. */
export function recordOf(options: {
  readonly one: SdkCase;
  readonly end: CaseEnd;
  readonly driver: Driver;
  readonly key: string;
  readonly findings: readonly Finding[];
  readonly advice: readonly Finding[];
}): CaseRecord {
  const { one, end, driver, key, findings, advice } = options;
  const trouble = end.result instanceof HarnessError ? toCaseError(end.result) : undefined;
  const status = findings.length > 0 ? 'fail' : trouble === undefined ? 'pass' : 'error';
  const output = end.result instanceof HarnessError ? undefined : end.result;
  const record: CaseRecord = {
    ...frameOf(one),
    status,
    findings,
    advice,
    ...(trouble === undefined ? {} : { error: trouble }),
    exchanges: [
      ...end.requests.map((request, index) => exchangeOf(`send ${index + 1}`, end.origin, one, request)),
      ...end.beside.map((request, index) => exchangeOf(`second client ${index + 1}`, end.origin, one, request)),
      ...end.elsewhere.map((request, index) =>
        exchangeOf(`elsewhere ${index + 1}`, 'http://other.origin', one, request),
      ),
    ],
    driver: {
      command: driver.command,
      input: asJson(end.request),
      ...(output === undefined ? { output: end.process.stdout.slice(0, 2000) } : { output: asJson(output) }),
      stderr: end.process.stderr,
      exit: end.process.exit,
    },
    ms: end.process.ms,
  };
  return redactDeep(record, [key]);
}

/** The record of a case that could not be run: the driver was refused, or there is no toolchain. */
export function unrunRecord(
  one: SdkCase,
  why: { readonly reason: string; readonly byDesign?: true } | { readonly error: CaseError },
): CaseRecord {
  return {
    ...frameOf(one),
    ...('reason' in why ? { status: 'skip', ...why } : { status: 'error', error: why.error }),
    findings: [],
    advice: [],
    exchanges: [],
    ms: 0,
  };
}

function frameOf(one: SdkCase): Omit<CaseRecord, 'status' | 'findings' | 'advice' | 'exchanges' | 'ms'> {
  const excerpt = excerptOf(one.operation.document, one.at);
  return {
    id: one.id,
    kind: 'sdk',
    title: one.title,
    requirement: one.requirement,
    severity: 'violation',
    ...(one.response === undefined ? {} : { response: one.response.key }),
    promise: promiseOf(one),
    state: `a scripted server that answers ${promiseOf(one)}`,
    at: one.at,
    excerpt: excerpt.lines,
    excerptLine: excerpt.firstLine,
    ...(one.example === undefined ? {} : { example: one.example.value }),
  };
}

/** What the server will do, in words: `500 application/json ×6`. */
export function promiseOf({ replies }: SdkCase): string {
  const words = replies.map(replyInWords);
  const [first = 'nothing is to be sent'] = words;
  if (words.every((one) => one === first)) return words.length > 1 ? `${first} ×${words.length}` : first;
  return words.join(', then ');
}

function exchangeOf(step: string, origin: string, one: SdkCase, request: ReceivedRequest): ExchangeRecord {
  const reply = request.reply === undefined ? undefined : one.replies[request.reply];
  const headers: readonly HeaderPair[] = request.headers;
  return {
    step,
    request: {
      method: request.method === '' ? '?' : request.method,
      url: `${origin}${request.target}`,
      headers,
      ...(request.body === '' ? {} : { body: request.body }),
    },
    ...answered(reply, request),
    notes: [],
    ms: 0,
  };
}

function answered(reply: Reply | undefined, request: ReceivedRequest): Pick<ExchangeRecord, 'response' | 'fault'> {
  if (reply === undefined) {
    return { response: responseOf(request.unreadable === undefined ? 418 : 400, [], request.unreadable ?? '') };
  }
  switch (reply.kind) {
    case 'answer':
      return { response: responseOf(reply.status, reply.headers, reply.body.slice(0, reply.cut?.after)) };
    case 'raw':
      return { fault: { kind: 'malformed', message: replyInWords(reply) } };
    case 'reset':
      return { fault: { kind: 'reset', message: replyInWords(reply) } };
    case 'silence':
      return { fault: { kind: 'no-answer', message: replyInWords(reply) } };
    default:
      return reply satisfies never;
  }
}

function responseOf(
  status: number,
  headers: readonly HeaderPair[],
  body: string,
): NonNullable<ExchangeRecord['response']> {
  const shown = body.length > 4096 ? `${body.slice(0, 4096)}...` : body;
  return { status, reason: '', httpVersion: '1.1', headers, body: { text: shown }, bodyBytes: Buffer.byteLength(body) };
}

function asJson(value: unknown): Json {
  // What is JSON already, since it was read from or is written to a line of JSON.
  return JSON.parse(JSON.stringify(value)) as Json;
}
