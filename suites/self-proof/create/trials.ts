import { loadContract, type RunRecord, selectCases } from '../../../harness/index.ts';
import { packageFile } from '../../../harness/core/package-files.ts';
import { impatient, triedInTime } from '../proof.ts';
import { isClaimed } from '../trials.ts';
import type { CreateFault, Otherwise } from './fault.ts';
import { startOtherwise } from './otherwise-server.ts';

const contract = await loadContract('create_index', {
  spec: packageFile('suites', 'self-proof', 'documents', 'create-index.oas.yaml'),
});

/** What keeps a run from showing the fault; one line each. */
export async function shortfalls(fault: CreateFault): Promise<readonly string[]> {
  const { caughtBy } = fault;
  const declared = contract.cases.filter(({ kind }) => kind === 'declared');
  const claimed = 'case' in caughtBy ? selectCases(contract.cases, { globs: [caughtBy.case] }) : [];
  const { cases, coverage } = await runOf(fault, [...new Set([...declared, ...claimed])]);
  const errors = cases.flatMap(({ id, error }) => (error === undefined ? [] : [`${id}: ${error.message}`]));
  if ('unproved' in caughtBy) {
    const found = coverage.find(({ response }) => response === caughtBy.unproved);
    return found?.status === 'unproved' ? errors : [...errors, `${caughtBy.unproved} is ${found?.status ?? 'unknown'}`];
  }
  const own = cases.filter(({ id }) => isClaimed({ check: caughtBy.check, case: caughtBy.case }, id));
  const found = own.flatMap((one) => (caughtBy.as === 'advice' ? one.advice : one.findings));
  if (found.some(({ check }) => check === caughtBy.check)) return errors;
  const others = cases.flatMap(({ id, findings }) =>
    findings.map(({ check, message }) => `${id}: ${check}: ${message}`),
  );
  return [...errors, `no finding of ${caughtBy.check} in ${caughtBy.case}, but: ${others.join('; ') || 'none at all'}`];
}

/** What a run of all cases says against a conforming server; one line each. `unproved`: what it need not show. */
export async function falseAlarms(
  otherwise: Otherwise & { readonly unproved?: readonly string[] },
): Promise<readonly string[]> {
  const { cases, coverage } = await runOf(otherwise, contract.cases);
  const { unproved = [] } = otherwise;
  return [
    ...cases.flatMap(({ id, findings, error }) => [
      ...findings.map(({ check, message }) => `${id}: ${check}: ${message}`),
      ...(error === undefined ? [] : [`${id}: ${error.message}`]),
    ]),
    ...coverage.flatMap(({ response, status, how }) =>
      status === 'proved' || status === 'exempt' || unproved.includes(response)
        ? []
        : [`${response} is ${status}: ${how}`],
    ),
  ];
}

function runOf(otherwise: Otherwise, cases: typeof contract.cases): Promise<RunRecord> {
  return triedInTime(contract, { cases, states: 'none', goneWithinMs: impatient, concurrency: 8 }, () =>
    startOtherwise(otherwise),
  );
}
