import type { Suite } from '../cases/suite.ts';
import type { Case, TargetKind } from '../model/case.ts';
import type { Operation } from '../model/document.ts';
import type { CaseRecord, RunRecord } from '../model/record.ts';
import type { Throttled } from '../model/target.ts';
import type { Verdict } from '../model/verdict.ts';
import { redactDeep } from '../wire/secrets/redact-deep.ts';
import { waiversOfVersion, type Waiver } from './waivers/waiver.ts';
import { judgeRun } from './judge-run.ts';
import { throttledIn } from './merge-shards.ts';
import { partedProblems } from './outcome.ts';
import { recordCase } from './record-case.ts';
import { recordHead } from './record-head.ts';
import { settleVerdicts } from './settle-verdicts.ts';

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

/**
 * Verdicts → the record that run.json holds and every report is made from: a key that is refused everywhere and
 * throttling are settled, waivers applied, cases counted, the outcome decided, and the secrets masked.
 */
export function recordRun(options: RecordOptions): RunRecord {
  const { operation, suite, cases, strict } = options;
  const known = cases.map((one) => one.id);
  const place = new Map(known.map((id, index) => [id, index]));
  const { shard, allShards, resumed } = options;
  const fresh = settleVerdicts(options.verdicts).map((verdict) => recordCase(verdict, options.secrets));
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
