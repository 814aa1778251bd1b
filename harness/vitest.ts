import { defaultOperation } from './core/default-suite.ts';
import { afterAll, beforeAll, describe, expect, it, type TestContext } from 'vitest';
import { checks } from './checks/index.ts';
import { secretsOf } from './core/credentials.ts';
import { type Contract, type ContractOptions, loadContract } from './contract.ts';
import { matchContract } from './runners/matcher.ts';
import type { Case } from './model/case.ts';
import type { CaseRecord, RunRecord } from './model/record.ts';
import type { Target } from './model/target.ts';
import type { Verdict } from './model/verdict.ts';
import { findingText } from './report/finding-text.ts';
import { writeReports } from './report/write-reports.ts';
import { recordCase } from './results/record-case.ts';
import { recordRun } from './results/run-record.ts';
import { settleVerdicts } from './results/settle-verdicts.ts';
import { applyWaivers } from './results/waivers/apply.ts';
import { type Waiver, waiversOfVersion } from './results/waivers/waiver.ts';
import { runUntilTaken } from './run/run-until-taken.ts';
import { type ListenerOptions, listenerTarget } from './targets/live/listener.ts';
import { throttledBy } from './verify.ts';

export type { AnyResponse } from './run/validate-response.ts';
export type { Contract } from './contract.ts';

/** Read the contract of an operation: its document, suite and cases. */
export function contractOf(operation: string = defaultOperation, options: ContractOptions = {}): Promise<Contract> {
  return loadContract(operation, options);
}

/** How {@link describeContract} runs a contract. */
export interface DescribeOptions {
  /** For generated ids; 1 if left out. */
  readonly seed?: number;
  /** Which cases become tests; all of them if left out. */
  readonly only?: (one: Case) => boolean;
  /** Milliseconds for each test; 30,000 if left out. */
  readonly timeoutMs?: number;
  /** Known failures, as `readWaivers` reads them: their tests are skipped, with the reason. */
  readonly waivers?: readonly Waiver[];
  /** Advice fails the contract, too. */
  readonly strict?: boolean;
  /** The folder for the reports that `pinecone-contract run` writes. */
  readonly reports?: string;
}

/**
 * One test for each case, and one that says whether the contract held, by the rules of `verifyContract`: waivers, a key
 * that is refused everywhere, throttling, strictness, coverage. The last one runs the cases that no test has run, so that
 * it holds in any order and alone. What vitest runs again (`retry`, `repeats`) counts by its last verdict. The target is opened before the
 * first test and closed after the last; what it could not clean up fails. `open`: who answers, or a request listener.
 *
 * @example
 * const contract = await contractOf('delete_backup');
 * describeContract(contract, 'staging', () => liveTarget({ url, key, operation: contract.operation, states }));
 */
export function describeContract(
  contract: Contract,
  name: string,
  open: ListenerOptions | (() => Promise<Target>),
  options: DescribeOptions = {},
): void {
  const { seed = 1, only = () => true, timeoutMs = 30_000, waivers = [], strict = false, reports } = options;
  const { operation, suite } = contract;
  const cases = contract.cases.filter(only);
  describe(`${operation.id} on ${name}`, () => {
    const started = new Date();
    const verdicts = new Map<Case, Verdict>();
    let target: Target | undefined;
    const opened = (): Target => {
      if (target === undefined) throw new Error(`${name} was not opened`);
      return target;
    };
    const run = async (one: Case): Promise<void> => {
      const context = { target: opened(), suite, checks, seed };
      verdicts.set(one, await runUntilTaken(one, context));
    };
    const recorded = (leftovers: readonly string[] = []): RunRecord => {
      const { kind, name: subject } = opened();
      return recordRun({
        ...{ operation, suite, waivers, strict, seed, started, leftovers },
        cases: contract.cases,
        selected: cases.length,
        verdicts: [...verdicts.values()],
        subject: { kind, name: subject },
        secrets: secretsOf(opened()),
        ...throttledBy(opened()),
        interrupted: false,
        ms: Date.now() - started.getTime(),
      });
    };
    /** The record of one case as it is in that of them all, which would take too long to make for each test. */
    const recordedAlone = (one: Case): CaseRecord | undefined => {
      const verdict = settleVerdicts([...verdicts.values()]).find((each) => each.case === one);
      if (verdict === undefined) return undefined;
      const [record] = applyWaivers({
        cases: [recordCase(verdict, secretsOf(opened()))],
        waivers: waiversOfVersion(waivers, operation.document.version),
        known: contract.cases.map(({ id }) => id),
        today: started.toISOString().slice(0, 10),
      }).cases;
      return record;
    };
    beforeAll(async () => {
      target = typeof open === 'function' ? await open() : await listenerTarget(open, { operation });
    });
    afterAll(async () => {
      const leftovers = (await target?.close()) ?? [];
      if (reports !== undefined && target !== undefined) writeReports([recorded(leftovers)], reports);
      if (leftovers.length > 0) throw new Error(`left behind:\n  ${leftovers.join('\n  ')}`);
    });
    for (const one of cases) {
      it(
        one.id.slice(operation.id.length + 1),
        async ({ skip, task }) => {
          if (isTriedAgain(task) || !verdicts.has(one)) await run(one);
          const record = recordedAlone(one);
          if (record?.status === 'skip') skip(record.reason);
          if (record?.waived !== undefined) skip(`waived until ${record.waived.expires}: ${record.waived.reason}`);
          if (record?.status === 'fail') throw new Error(record.findings.map(findingText).join('\n\n'));
          if (record?.error !== undefined) {
            throw new Error(`the result is unknown: ${record.error.message} (${record.error.code})`);
          }
        },
        timeoutMs,
      );
    }
    it(
      'proves every declared response',
      async ({ task }) => {
        if (cases.length === 0) throw new Error(`no case of ${operation.id} is selected, so nothing can be proved`);
        const open = isTriedAgain(task) ? notHeld(recorded()) : [];
        for (const one of cases) if (!verdicts.has(one) || open.some(({ id }) => id === one.id)) await run(one);
        const record = recorded();
        const { exit, because, problems } = record.outcome;
        if (exit !== 0) throw new Error([`${because}:`, ...notHeld(record).map(inOneLine), ...problems].join('\n  '));
      },
      timeoutMs * Math.max(1, cases.length),
    );
  });
}

/** Whether vitest runs a test once more, because it failed (`retry`) or always does (`repeats`). */
function isTriedAgain({ result }: TestContext['task']): boolean {
  return (result?.retryCount ?? 0) > 0 || (result?.repeatCount ?? 0) > 0;
}

/** The cases because of which a contract did not hold. */
function notHeld({ cases }: RunRecord): readonly CaseRecord[] {
  return cases.filter(
    ({ status, exempt, byDesign, waived }) =>
      status !== 'pass' && exempt === undefined && byDesign !== true && waived === undefined,
  );
}

function inOneLine({ id, status }: CaseRecord): string {
  return `${id}: ${status}`;
}

// Importing this module registers the matcher.
expect.extend({ toMatchContract: matchContract, toHonour: matchContract });

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- merged with vitest's own, which has this parameter
  interface Matchers<T = any> {
    /** The response is what the contract's operation declares for this status. */
    toMatchContract(contract: Contract, status: number): Promise<T>;
    /** The name of 0.1 for `toMatchContract`. */
    toHonour(contract: Contract, status: number): Promise<T>;
  }
}
