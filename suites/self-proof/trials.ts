import { checks, type Contract, loadContract, type RunRecord, selectCases } from '../../harness/index.ts';
import { packageFile } from '../../harness/core/package-files.ts';
import type { Claim, Fault } from './fault.ts';
import { independents, startIndependent } from './independent-server.ts';
import { variations } from './legal.ts';
import { impatient, newKey, otherwiseServer, triedInTime } from './proof.ts';

/** A server that holds the contract. */
interface Conforming {
  readonly name: string;
  readonly says: string;
  readonly run: () => Promise<RunRecord>;
}

const contract = await loadContract('delete_backup', {});
const newest = await loadContract('delete_backup', { api: '2026-07' });

/** The probes of all API versions. */
export const probes = [
  ...new Set(
    [contract, newest].flatMap(({ cases }) => cases.filter((one) => one.kind === 'probe').map((one) => one.id)),
  ),
];

/** What the runner itself finds, beside the checks. */
const effects = ['effect-gone', 'effect-untouched', 'effect-together', 'effect-alike'];
export const checkNames = [...checks.map((check) => check.name), ...effects];

/** Legal variations of the mock, and servers that were written apart from it. */
const everything = { cases: contract.cases, concurrency: 8 };
const contractFor = (api: string | undefined): Contract => (api === undefined ? contract : newest);
const contractUnder = ({ api, document }: Pick<Fault, 'api' | 'document'>): Contract | Promise<Contract> =>
  document === undefined ? contractFor(api) : contractOn(document);
export const conforming: readonly Conforming[] = [
  ...variations.map((variation) => ({
    ...variation,
    run: async () => {
      const own = await contractUnder(variation);
      const { cases } = own;
      return triedInTime(
        own,
        { ...variation, cases, concurrency: 8 },
        otherwiseServer(own.operation.document, variation),
      );
    },
  })),
  ...independents.map((habits) => ({
    ...habits,
    run: () => triedInTime(contract, everything, () => startIndependent({ ...habits, key: newKey() })),
  })),
];

/** What keeps a run from showing the fault, all of it, and nothing else; one line each. */
export async function shortfalls(fault: Fault): Promise<readonly string[]> {
  const { caughtBy, violates } = fault;
  const { cases, coverage } = await runOf(fault);
  const claimed = cases.filter((one) => isClaimed(caughtBy, one.id));
  const found = claimed.flatMap((one) => (caughtBy.as === 'advice' ? one.advice : one.findings));
  const missing = found.some(({ check }) => check === caughtBy.check || check === caughtBy.or)
    ? []
    : [`no finding of ${caughtBy.check}, but: ${found.map(({ check, message }) => `${check}: ${message}`).join('; ')}`];
  const errors = cases.flatMap(({ id, error }) => (error === undefined ? [] : [`${id}: ${error.message}`]));
  const wrongCoverage = coverage.flatMap(({ response, status, how }) => {
    const expected = violates.includes(response) ? 'violated' : 'proved';
    return status === expected ? [] : [`${response} is ${status} and not ${expected}: ${how}`];
  });
  return [...missing, ...errors, ...wrongCoverage];
}

/** What a run of all cases says against a conforming server; one line each. */
export async function falseAlarms({ run }: Conforming): Promise<readonly string[]> {
  const record = await run();
  const found = record.cases.flatMap(({ id, findings, error }) => [
    ...findings.map((finding) => `${id}: ${finding.check}: ${finding.message}`),
    ...(error === undefined ? [] : [`${id}: ${error.message}`]),
  ]);
  const unproved = record.coverage.flatMap(({ response, status, how }) =>
    status === 'proved' ? [] : [`${response} is ${status}: ${how}`],
  );
  return [...found, ...unproved, ...(record.outcome.exit === 0 ? [] : [record.outcome.because])];
}

async function runOf(fault: Fault): Promise<RunRecord> {
  const own = await contractUnder(fault);
  return triedInTime(
    own,
    { ...fault, cases: casesFor(fault, own), goneWithinMs: impatient },
    otherwiseServer(own.operation.document, fault),
  );
}

/** The declared cases, and the probe that claims the fault. */
function casesFor({ caughtBy, whole }: Fault, { cases }: Contract): Contract['cases'] {
  if (whole === true) return cases;
  const declared = cases.filter((one) => one.kind === 'declared');
  return 'case' in caughtBy ? declared : [...declared, ...selectCases(cases, { globs: [caughtBy.probe] })];
}

export function isClaimed(claim: Claim, id: string): boolean {
  const glob = 'case' in claim ? claim.case : claim.probe;
  return glob.endsWith('/**') ? id.startsWith(glob.slice(0, -2)) : id === glob;
}

function contractOn(document: string): Promise<Contract> {
  return loadContract('delete_backup', {
    spec: packageFile('suites', 'self-proof', 'documents', `${document}.oas.yaml`),
  });
}
