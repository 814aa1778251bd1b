import { credentialVariables } from '../cases/credential-variables.ts';
import { sendsOf } from '../cases/sends-of.ts';
import type { Step } from '../model/case.ts';
import type { Json } from '../model/document.ts';
import type { Exchange } from '../model/exchange.ts';
import type { CaseRecord, ExchangeRecord } from '../model/record.ts';
import type { Verdict } from '../model/verdict.ts';
import { excerptOf } from '../openapi/document/place.ts';
import { curlLine } from '../wire/curl.ts';
import { redactDeep } from '../wire/secrets/redact-deep.ts';
import { redactedBody } from '../wire/secrets/redact.ts';
import { promiseInWords, provokedBy, stepPromises } from './promise-words.ts';

/** What run.json holds of one case. No secret is in it, in whatever form. */
export function recordCase(verdict: Verdict, secrets: readonly string[]): CaseRecord {
  const { case: one } = verdict;
  const judged = one.steps.find((step) => step.kind !== 'together' && step.kind !== 'observe');
  const expectation = judged?.kind === 'provoke' ? judged.wanted : judged?.expectation;
  const excerpt = excerptOf(one.operation.document, one.at);
  const example: Json | undefined = expectation?.kind === 'declared' ? expectation.example?.value : undefined;
  const shown =
    judged?.kind === 'provoke'
      ? verdict.exchanges.at(-1)
      : (verdict.exchanges.find((seen) => seen.step === judged?.name) ?? verdict.exchanges[0]);
  const key = sendsForbidden(judged, shown?.step) ? 'forbidden' : 'valid';
  const record: CaseRecord = {
    id: one.id,
    kind: one.kind,
    title: one.title,
    requirement: one.requirement,
    severity: one.severity,
    ...(one.response === undefined ? {} : { response: one.response.key }),
    promise: expectation === undefined ? one.requirement : promiseInWords(expectation),
    ...(one.steps.length > 1 ? { steps: one.steps.flatMap(stepPromises) } : {}),
    state: provokedBy(verdict),
    at: one.at,
    excerpt: excerpt.lines,
    excerptLine: excerpt.firstLine,
    ...(example === undefined ? {} : { example }),
    ...(shown === undefined ? {} : { curl: curlLine(shown.exchange.request, credentialVariables(one.operation, key)) }),
    status: verdict.status,
    findings: verdict.status === 'fail' ? verdict.findings : [],
    advice: verdict.advice,
    ...(verdict.status === 'error' ? { error: verdict.error } : {}),
    ...(verdict.status === 'skip' ? { reason: verdict.reason } : {}),
    ...(verdict.status === 'skip' && verdict.exempt !== undefined ? { exempt: verdict.exempt } : {}),
    ...(verdict.status === 'skip' && verdict.byDesign === true ? { byDesign: true } : {}),
    exchanges: verdict.exchanges.map(({ step, exchange }) => recordExchange(step, exchange, secrets)),
    ms: Math.round(verdict.ms * 10) / 10,
  };
  return redactDeep(record, secrets);
}

function sendsForbidden(step: Step | undefined, name: string | undefined): boolean {
  if (step === undefined) return false;
  return sendsOf(step).some(
    (send) => send.request.credential === 'forbidden' && (step.kind !== 'provoke' || send.name === name),
  );
}

function recordExchange(step: string, exchange: Exchange, secrets: readonly string[]): ExchangeRecord {
  const { response, fault } = exchange;
  return {
    step,
    request: exchange.request,
    ...(response === undefined
      ? {}
      : {
          response: {
            status: response.status,
            reason: response.reason,
            httpVersion: response.httpVersion,
            headers: response.headers,
            body: bodyAsText(response.body, secrets),
            bodyBytes: response.body.byteLength,
            ...(response.stopped === undefined ? {} : { stopped: response.stopped }),
          },
        }),
    ...(fault === undefined ? {} : { fault }),
    notes: exchange.notes,
    ms: Math.round(exchange.ms * 10) / 10,
  };
}

function bodyAsText(
  bytes: Uint8Array,
  secrets: readonly string[],
): { readonly text: string } | { readonly base64: string } {
  const redacted = redactedBody(bytes, secrets);
  if (redacted !== undefined) return { text: redacted };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { base64: Buffer.from(bytes).toString('base64') };
  }
}
