import { mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { atATime } from './at-a-time.ts';
import { HarnessError, toCaseError } from '../core/errors.ts';
import type { Operation } from '../model/document.ts';
import type { CaseRecord, RunRecord } from '../model/record.ts';
import { judgeRun } from '../results/judge-run.ts';
import { recordHead } from '../results/record-head.ts';
import type { Waiver } from '../results/waivers/waiver.ts';
import { type LateDeed, openDriver } from './driver/ask.ts';
import { fault } from './driver/driver-fault.ts';
import { introduce } from './driver/driver.ts';
import { missingOption } from './driver/driver-options.ts';
import type { Driver } from './driver/driver.ts';
import type { DriverResult } from './driver/protocol.ts';
import { judge } from './rules/judge.ts';
import type { Release, SdkManifest } from './releases/manifest.ts';
import type { Network } from './server/network.ts';
import { recordOf, unrunRecord } from './records.ts';
import { type CaseEnd, runSdkCase } from './run-case.ts';
import type { SdkCase } from './cases/sdk-case.ts';

interface GateOptions {
  readonly manifest: SdkManifest;
  /** The release whose expectations count. */
  readonly release: Release;
  /** What must be running: the release's version, or absent for whatever a local artefact or curl turns out to be. */
  readonly version?: string;
  readonly command: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly operation: Operation;
  readonly cases: readonly SdkCase[];
  /** The ids of all cases that this release has, selected or not. */
  readonly known: readonly string[];
  /** The options with which `sdk` meets the same artefact again, such as `--package FILE`. */
  readonly reproduceOptions?: readonly string[];
  readonly waivers: readonly Waiver[];
  readonly network: Network;
  /** How many cases run at a time; by default as many as suit a driver that mostly waits. */
  readonly concurrency?: number;
  /** How long after its deadline a driver is killed. */
  readonly graceMs?: number;
  readonly started: Date;
  readonly onCase?: (record: CaseRecord) => void;
  readonly signal?: AbortSignal;
}

/** Run every case against one release, judge it, and say what came of it. */
export async function gateRelease(options: GateOptions): Promise<RunRecord> {
  const began = performance.now();
  const driver = await introduceOr(options);
  if (driver instanceof HarnessError) {
    const error = toCaseError(driver);
    const unrun = options.signal?.aborted === true ? [] : options.cases.map((one) => unrunRecord(one, { error }));
    return runRecordOf(options, unrun, undefined, began);
  }
  return runRecordOf(options, await runCases(options, driver), driver, began);
}

/** A case that ran, which can be judged again with what its driver did after the answer. */
interface Ran {
  readonly record: CaseRecord;
  readonly judgedWith?: (late: readonly LateDeed[]) => CaseRecord;
}

/** The records of the cases that ran to their end, in the order of the cases. */
async function runCases(options: GateOptions, driver: Driver): Promise<readonly CaseRecord[]> {
  const { cases, network, onCase, signal, graceMs = 5000 } = options;
  const home = mkdtempSync(join(tmpdir(), 'pinecone-contract-'));
  // A canary: where this turns up beside the Api-Key header, a key of a user would have leaked.
  const key = `pckey-canary-${randomBytes(12).toString('hex')}`;
  const run = `r-${randomBytes(4).toString('hex')}`;
  const stopped = (): boolean => signal?.aborted === true;
  const limit = atATime(options.concurrency ?? (driver.serves ? 4 : 2) * availableParallelism());
  const port = openDriver({ driver, network, home, key, ...(signal === undefined ? {} : { signal }) });
  const start = async (one: SdkCase): Promise<Ran | undefined> => {
    if (stopped()) return undefined;
    const unasked = one.skip === undefined ? missingOption(one.needs, driver.description) : { reason: one.skip };
    if (unasked !== undefined) return { record: unrunRecord(one, unasked) };
    // It begins with the key, so that it is masked and searched for with it.
    const shown = one.credential === 'forbidden' ? `${key}-without-permission` : key;
    const end = await runSdkCase(one, { driver, port, network, run, key: shown, graceMs });
    const judgedWith = (late: readonly LateDeed[]): CaseRecord => {
      const whole = withLate(end, late);
      return recordOf({ one, end: whole, driver, key, ...judgeEnd(whole, { ...options, one, driver, shown }) });
    };
    const record = judgedWith([]);
    // What was cut off shows nothing about the release.
    return stopped() && record.status === 'error' ? undefined : { record, judgedWith };
  };
  const runCase = async (one: SdkCase): Promise<Ran | undefined> => {
    const ran = await start(one);
    if (ran !== undefined) onCase?.(ran.record);
    return ran;
  };
  try {
    let late: readonly LateDeed[] = [];
    const ran = await Promise.all(slowestFirst(cases).map((one) => limit(() => runCase(one)))).finally(async () => {
      late = await port.close();
    });
    return inOrder(
      cases,
      ran.flatMap((one) => (one === undefined ? [] : judgedAgain(one, late))),
    );
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

function judgedAgain({ record, judgedWith }: Ran, late: readonly LateDeed[]): CaseRecord {
  const deeds = late.filter((each) => each.case === record.id);
  return deeds.length === 0 ? record : (judgedWith?.(deeds) ?? record);
}

function inOrder(cases: readonly SdkCase[], records: readonly CaseRecord[]): readonly CaseRecord[] {
  const order = new Map(cases.map(({ id }, index) => [id, index]));
  return records.toSorted((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0));
}

/** What a driver did after the answer belongs to its case, too. */
function withLate(end: CaseEnd, late: readonly LateDeed[]): CaseEnd {
  const leaks = [...new Set([...end.process.leaks, ...late.flatMap((each) => each.leaks)])];
  const outside = [...end.outside, ...late.flatMap((each) => each.outside)];
  const result =
    late.some(({ left }) => left > 0) && !(end.result instanceof HarnessError)
      ? fault('E_DRIVER_LEFT_CHILD', '')
      : end.result;
  return { ...end, outside, process: { ...end.process, leaks }, result };
}

/** Hold what a case brought to light against the rules, as far as it shows the release that is judged. */
function judgeEnd(
  { requests, beside, handshakes, elsewhere, outside, process, result, endedAfterMs }: CaseEnd,
  about: Pick<GateOptions, 'manifest' | 'release'> & {
    readonly one: SdkCase;
    readonly driver: Driver;
    readonly shown: string;
  },
): ReturnType<typeof judge> {
  const { one, driver, shown, manifest, release } = about;
  return judge({
    case: one,
    manifest,
    api: release.api,
    userAgent: release.userAgent ?? driver.version,
    key: shown,
    leaks: process.leaks,
    // Another release, or a run that was stopped, shows nothing about the release that is judged but a leaked key.
    ...(showsRelease(result)
      ? { requests, beside, handshakes, elsewhere, outside }
      : { requests: [], beside: [], handshakes: 0, elsewhere: [], outside: [] }),
    ...(result instanceof HarnessError ? {} : { result }),
    ...(endedAfterMs === undefined ? {} : { endedAfterMs }),
  });
}

/** The record of a release that cannot run here: every case is a skip with the reason, and nothing is green. */
export function skippedRelease(
  options: Pick<
    GateOptions,
    'manifest' | 'release' | 'operation' | 'cases' | 'waivers' | 'known' | 'started' | 'reproduceOptions'
  >,
  reason: string,
): RunRecord {
  const records = options.cases.map((one) => unrunRecord(one, { reason }));
  return runRecordOf(options, records, undefined, performance.now());
}

function showsRelease(result: DriverResult | HarnessError): boolean {
  return !(result instanceof HarnessError) || !['E_DRIVER_VERSION', 'E_ABORTED'].includes(result.code);
}

async function introduceOr(options: GateOptions): Promise<Driver | HarnessError> {
  const { command, environment, network, operation, version, signal } = options;
  try {
    return await introduce({
      command,
      environment,
      network,
      operation: operation.id,
      ...(version === undefined ? {} : { version }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (error instanceof HarnessError) return error;
    throw error;
  }
}

function runRecordOf(
  options: Pick<
    GateOptions,
    'manifest' | 'release' | 'operation' | 'cases' | 'waivers' | 'known' | 'started' | 'signal' | 'reproduceOptions'
  >,
  raw: readonly CaseRecord[],
  driver: Driver | undefined,
  began: number,
): RunRecord {
  const { manifest, release, operation, cases, known, started } = options;
  return {
    ...recordHead({
      operation,
      suite: { name: 'sdks', version: '1' },
      subject: { kind: 'sdk', name: manifest.name, version: driver?.version ?? release.version },
      secrets: [],
    }),
    started: started.toISOString(),
    ms: Math.round(performance.now() - began),
    seed: 0,
    strict: false,
    selection: { selected: cases.length, of: known.length },
    ...(options.reproduceOptions === undefined || options.reproduceOptions.length === 0
      ? {}
      : { options: options.reproduceOptions }),
    ...judgeRun({
      cases: raw,
      waivers: options.waivers,
      known,
      started,
      strict: false,
      selected: cases.length,
      leftovers: [],
      interrupted: options.signal?.aborted === true,
    }),
  };
}

/** A case that waits for a silent server would otherwise be waited for alone at the end. */
function slowestFirst(cases: readonly SdkCase[]): readonly SdkCase[] {
  const weight = ({ situation, replies }: SdkCase): number =>
    situation === undefined ? 0 : situation === 'silent' ? 2 : replies.length > 1 ? 1 : 0;
  return cases.toSorted((a, b) => weight(b) - weight(a));
}
