import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checks } from './checks/index.ts';
import { type Contract, type ContractOptions, loadContract } from './contract.ts';
import { type AnyResponse, validateResponse } from './run/validate-response.ts';
import type { Case } from './model/case.ts';
import type { Target } from './model/target.ts';
import type { Finding, Verdict } from './model/verdict.ts';
import { findingText } from './report/finding-text.ts';
import { runCase } from './run/run-case.ts';

export type { AnyResponse } from './run/validate-response.ts';
export type { Contract } from './contract.ts';

/** Read the contract of an operation: its document, suite and cases. */
export function contractOf(operation = 'delete_backup', options: ContractOptions = {}): Promise<Contract> {
  return loadContract(operation, options);
}

/**
 * One test for each case, and one that says whether every declared response was proved. The target is opened before the
 * first test and closed after the last; what it could not clean up fails.
 *
 * @example
 * const contract = await contractOf('delete_backup');
 * describeContract(contract, 'staging', () => liveTarget({ url, key, states }));
 */
export function describeContract(
  contract: Contract,
  name: string,
  open: () => Promise<Target>,
  options: { readonly seed?: number; readonly only?: (one: Case) => boolean; readonly timeoutMs?: number } = {},
): void {
  const { seed = 1, only = () => true, timeoutMs = 30_000 } = options;
  const { operation, suite } = contract;
  const cases = contract.cases.filter(only);
  const declared = cases.filter((one) => one.kind === 'declared');
  describe(`${operation.id} on ${name}`, () => {
    let target: Target | undefined;
    const verdicts = new Map<Case, Promise<Verdict>>();
    const run = (one: Case): Promise<Verdict> => {
      if (target === undefined) throw new Error(`${name} was not opened`);
      const verdict = runCase(one, { target, suite, checks, seed }, { freshId: () => crypto.randomUUID() });
      verdicts.set(one, verdict);
      return verdict;
    };
    beforeAll(async () => {
      target = await open();
    });
    afterAll(async () => {
      const leftovers = (await target?.close()) ?? [];
      if (leftovers.length > 0) throw new Error(`left behind:\n  ${leftovers.join('\n  ')}`);
    });
    for (const one of cases) {
      it(
        one.id.slice(operation.id.length + 1),
        async ({ skip, task }) => {
          const retried = (task.result?.retryCount ?? 0) > 0;
          const verdict = await ((retried ? undefined : verdicts.get(one)) ?? run(one));
          if (verdict.status === 'skip') skip(verdict.reason);
          if (verdict.status === 'fail') throw new Error(verdict.findings.map(findingText).join('\n\n'));
          if (verdict.status === 'error')
            throw new Error(`could not tell: ${verdict.error.message} (${verdict.error.code})`);
        },
        timeoutMs,
      );
    }
    // By itself, or before the tests of the cases, it runs them; a case that was retried counts by its last verdict.
    it('proves every declared response', { timeout: timeoutMs * Math.max(1, declared.length) }, async () => {
      const unproved: string[] = [];
      for (const one of declared) {
        const verdict = await (verdicts.get(one) ?? run(one));
        const exempt = verdict.status === 'skip' && verdict.exempt !== undefined;
        if (verdict.status !== 'pass' && !exempt) unproved.push(`${one.id}: ${verdict.status}`);
      }
      if (cases.length === 0) throw new Error(`no case of ${operation.id} is selected, so nothing can be proved`);
      if (unproved.length > 0) throw new Error(`not proved:\n  ${unproved.join('\n  ')}`);
    });
  });
}

/** The matcher's own words, for `expect.extend`; importing this module registers it. */
async function toMatchContract(
  received: AnyResponse,
  contract: Contract,
  status: number,
): Promise<{ pass: boolean; message: () => string }> {
  const { operation, cases } = contract;
  const findings = await validateResponse(received, { operation, status, cases });
  const what = `${operation.id} answers ${status}`;
  return {
    pass: findings.length === 0,
    message: () =>
      findings.length === 0 ? `the response is as ${what}` : `the response is not as ${what}:\n\n${listed(findings)}`,
  };
}

function listed(findings: readonly Finding[]): string {
  return findings.map(findingText).join('\n\n');
}

expect.extend({ toMatchContract, toHonour: toMatchContract });

declare module 'vitest' {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- merged with vitest's own, which has this parameter
  interface Matchers<T = any> {
    /** The response is what the contract's operation declares for this status. */
    toMatchContract(contract: Contract, status: number): Promise<T>;
    /** The name of 0.1 for `toMatchContract`. */
    toHonour(contract: Contract, status: number): Promise<T>;
  }
}
