import { credentialVariables } from '../cases/credential-variables.ts';
import { sendsOf } from '../cases/sends-of.ts';
import type { Suite } from '../cases/suite.ts';
import type { Case, Step, TargetKind } from '../model/case.ts';
import type { Json, Operation } from '../model/document.ts';
import type { Exchange } from '../model/exchange.ts';
import type { CaseRecord, ExchangeRecord, RunRecord } from '../model/record.ts';
import type { Throttled } from '../model/target.ts';
import type { Verdict } from '../model/verdict.ts';
import { curlLine } from '../wire/curl.ts';
import { excerptOf } from '../openapi/document/place.ts';
import { redactDeep } from '../wire/secrets/redact-deep.ts';
import { redactedBody } from '../wire/secrets/redact.ts';
import { waiversOfVersion, type Waiver } from './waivers/waiver.ts';
import { judgeRun } from './judge-run.ts';
import { throttledIn } from './merge-shards.ts';
import { partedProblems } from './outcome.ts';
import { promiseInWords, provokedBy, stepPromises } from './promise-words.ts';
import { recordHead } from './record-head.ts';
import { settleRefusedKey } from './refused-key.ts';
import { settleThrottled } from './throttled.ts';

/** What {@link recordRun} needs. */
export interface RecordOptions {
  readonly operation: Operation;
  readonly suite: Suite;
  /** All cases of the operation, in order; the verdicts are put in this order. */
  readonly cases: readonly Case[];
  readonly verdicts: readonly Verdict[];
  /** How many of the cases were to run; all of them if left out. */
  readonly selected?: number;
  readonly subject: { readonly kind: TargetKind; readonly name: string };
  /** Strings that must not appear in the record, whatever the server sent: the key. */
  readonly secrets: readonly string[];
  readonly waivers: readonly Waiver[];
  readonly leftovers: readonly string[];
  readonly interrupted: boolean;
  readonly strict: boolean;
  readonly seed: number;
  readonly started: Date;
  readonly ms: number;
  readonly shard?: string;
  /** See {@link RunRecord.throttled}. */
  readonly throttled?: Throttled;
  /** How many cases all shards together were to run. */
  readonly allShards?: number;
  /** The run that goes on: its verdicts and what it left behind are part of the record. */
  readonly resumed?: { readonly run: RunRecord; readonly cases: readonly CaseRecord[] };
  /** See {@link RunRecord.options}. */
  readonly options?: readonly string[];
}

/** Verdicts → the record that run.json holds and every report is made from. */
export function recordRun(options: RecordOptions): RunRecord {
  const { operation, suite, cases, strict } = options;
  const known = cases.map((one) => one.id);
  const place = new Map(known.map((id, index) => [id, index]));
  const { shard, allShards, resumed } = options;
  const fresh = settleThrottled(settleRefusedKey(options.verdicts)).map((verdict) =>
    recordCase(verdict, options.secrets),
  );
  const records = [...fresh, ...(resumed?.cases ?? [])]
    .sort((a, b) => (place.get(a.id) ?? 0) - (place.get(b.id) ?? 0))
    .map((record) => (shard === undefined ? record : { ...record, place: place.get(record.id) ?? 0 }));
  return {
    ...recordHead({ operation, suite, subject: options.subject, secrets: options.secrets }),
    started: resumed?.run.started ?? options.started.toISOString(),
    ms: Math.round(options.ms) + (resumed?.run.ms ?? 0),
    seed: options.seed,
    strict,
    selection: {
      selected: options.selected ?? cases.length,
      of: cases.length,
      ...(allShards === undefined ? {} : { allShards }),
    },
    ...(shard === undefined ? {} : { shard }),
    ...throttledIn([resumed?.run ?? {}, options.throttled === undefined ? {} : { throttled: options.throttled }]),
    ...(options.options === undefined || options.options.length === 0
      ? {}
      : { options: redactDeep(options.options, options.secrets) }),
    ...judgeRun({
      cases: records,
      waivers: waiversOfVersion(options.waivers, operation.document.version),
      known,
      started: options.started,
      strict,
      selected: options.selected ?? cases.length,
      leftovers: [
        // What a run that was cut off could not clean up is there still.
        ...partedProblems(resumed?.run.outcome.problems ?? []).leftovers,
        ...redactDeep(options.leftovers, options.secrets),
      ],
      interrupted: options.interrupted,
    }),
  };
}

function sendsForbidden(step: Step | undefined, name: string | undefined): boolean {
  if (step === undefined) return false;
  return sendsOf(step).some(
    (send) => send.request.credential === 'forbidden' && (step.kind !== 'provoke' || send.name === name),
  );
}

function recordCase(verdict: Verdict, secrets: readonly string[]): CaseRecord {
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
