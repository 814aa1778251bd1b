import { randomBytes } from 'node:crypto';
import {
  type Case,
  checks,
  type Contract,
  liveTarget,
  type MockOptions,
  type OasDocument,
  recordRun,
  run,
  type RunRecord,
  type Verdict,
} from '../../harness/index.ts';
import { secretsOf } from '../../harness/core/credentials.ts';
import { packageFile } from '../../harness/core/package-files.ts';
import { defaultLimits } from '../../harness/wire/limits.ts';
import { type FaultyServer, type Otherwise, startFaultyServer } from './server/faulty-server.ts';

/** How a server is run against. */
interface Trial {
  readonly cases: readonly Case[];
  /** `none`: the cases arrange what they need by themselves. */
  readonly states?: 'http' | 'none';
  readonly timeoutMs?: number;
  readonly goneWithinMs?: number;
  readonly concurrency?: number;
}

/** A server of self-proof, whoever made it. */
type Subject = Pick<FaultyServer, 'origin' | 'key' | 'forbiddenKey' | 'close'> & Partial<Pick<FaultyServer, 'states'>>;

/** A deletion that never happens is waited for this long, and not for the ten seconds of the suite. */
export const impatient = 400;

/**
 * Run a trial, and again with twice the time limit while this machine was too busy to read an answer: such a case has no
 * result, so nothing was shown of the server.
 */
export async function triedInTime(
  contract: Contract,
  trial: Trial,
  start: () => Promise<Subject>,
  runsLeft = 6,
): Promise<RunRecord> {
  const record = await tried(contract, trial, start);
  if (runsLeft === 1 || !record.cases.some(isWithoutResult)) return record;
  const { timeoutMs = defaultLimits.timeoutMs } = trial;
  return triedInTime(contract, { ...trial, timeoutMs: 2 * timeoutMs }, start, runsLeft - 1);
}

function isWithoutResult({ exchanges }: RunRecord['cases'][number]): boolean {
  return exchanges.some(({ fault }) => fault?.kind === 'own-machine');
}

/** Start a server, run cases against it as a live target, and record the run as the command line would. */
async function tried(contract: Contract, trial: Trial, start: () => Promise<Subject>): Promise<RunRecord> {
  const { operation, cases } = contract;
  const { observers } = contract.suite;
  const { timeoutMs = defaultLimits.timeoutMs, goneWithinMs = observers.goneWithinMs, concurrency = 1 } = trial;
  const suite = { ...contract.suite, observers: { ...observers, goneWithinMs } };
  const started = performance.now();
  const subject = await start();
  try {
    const target = await liveTarget({
      url: subject.origin,
      key: subject.key,
      ...(subject.forbiddenKey === undefined ? {} : { forbiddenKey: subject.forbiddenKey }),
      operation,
      ...statesOf(trial, subject),
      limits: { ...defaultLimits, timeoutMs },
      firstNumber: 1,
    });
    const verdicts: Verdict[] = [];
    let leftovers: readonly string[];
    try {
      for await (const verdict of run({ target, suite, checks, seed: 1, cases: trial.cases, concurrency })) {
        verdicts.push(verdict);
      }
    } finally {
      leftovers = await target.close();
    }
    return recordRun({
      operation,
      suite,
      cases,
      verdicts,
      subject: { kind: 'live', name: subject.origin },
      secrets: secretsOf(subject),
      waivers: [],
      leftovers,
      interrupted: false,
      strict: false,
      seed: 1,
      started: new Date(),
      ms: performance.now() - started,
    });
  } finally {
    await subject.close();
  }
}

function statesOf({ states }: Trial, subject: Subject): { readonly states?: string } {
  if (states === 'none') return {};
  if (states === undefined) return { states: packageFile('suites', 'delete_backup', 'states.yaml') };
  return subject.states === undefined ? {} : { states: subject.states };
}

/** The mock with a front that does otherwise. */
export function otherwiseServer(
  document: OasDocument,
  otherwise: Otherwise & { readonly mock?: Partial<MockOptions> },
): () => Promise<FaultyServer> {
  return () =>
    startFaultyServer(
      { ...otherwise.mock, document, key: newKey(), forbiddenKey: newKey(withoutPermission) },
      otherwise,
    );
}

/** How the keys begin that are known and lack the permission: faults are about requests that show one. */
export const withoutPermission = 'pcsk_nopermit_';

export function newKey(start = 'pcsk_'): string {
  return `${start}${randomBytes(24).toString('base64url')}`;
}
