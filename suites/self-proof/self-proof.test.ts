import pLimit from 'p-limit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { checks, type Contract, loadContract, type RunRecord, selectCases } from '../../harness/index.ts';
import { packageFile } from '../../harness/core/package-files.ts';
import type { Claim, Fault } from './fault.ts';
import { faults } from './faults/all.ts';
import { independents, startIndependent } from './independent-server.ts';
import { variations } from './legal.ts';
import { impatient, newKey, otherwiseServer, tried } from './proof.ts';

const contract = await loadContract('delete_backup', {});
const probes = contract.cases.filter((one) => one.kind === 'probe').map((one) => one.id);
/** What the runner itself finds, beside the checks. */
const effects = ['effect-gone', 'effect-untouched', 'effect-together', 'effect-alike'];
const checkNames = [...checks.map((check) => check.name), ...effects];

/** Legal variations of the mock, and servers that were written apart from it. */
const everything = { cases: contract.cases, concurrency: 8 };
const conforming: readonly Conforming[] = [
  ...variations.map((variation) => ({
    ...variation,
    run: () =>
      tried(contract, { ...variation, ...everything }, otherwiseServer(contract.operation.document, variation)),
  })),
  ...independents.map((habits) => ({
    ...habits,
    run: () => tried(contract, everything, () => startIndependent({ ...habits, key: newKey() })),
  })),
];

const caught = new Set<string>();
const quiet = new Set<string>();
const killedChecks = new Set<string>();
const killedProbes = new Set<string>();

describe('a faulty server is caught by what claims it', () => {
  const limit = pLimit(16);
  /** All are started together, for most of the time goes into waiting for bytes that should not come. */
  let runs: ReadonlyMap<Fault, Promise<RunRecord>>;
  beforeAll(() => {
    runs = new Map(faults.map((fault) => [fault, limit(() => runOf(fault))]));
    for (const run of runs.values()) run.catch(() => undefined);
  });

  test.for(faults)('$name: $says', { timeout: 60_000 }, async (fault) => {
    const record = await runs.get(fault);
    refuse(departures(fault, record));
    caught.add(fault.name);
    killedChecks.add(fault.caughtBy.check);
    for (const one of record?.cases ?? []) {
      if (one.kind === 'probe' && isClaimed(fault.caughtBy, one.id)) killedProbes.add(one.id);
    }
  });
});

describe('a conforming server stays green', () => {
  const limit = pLimit(4);
  let runs: ReadonlyMap<string, Promise<RunRecord>>;
  beforeAll(() => {
    runs = new Map(conforming.map(({ name, run }) => [name, limit(run)]));
    for (const run of runs.values()) run.catch(() => undefined);
  });

  test.for(conforming)('$name: $says', { timeout: 60_000 }, async ({ name }) => {
    const record = await runs.get(name);
    refuse(objections(record));
    quiet.add(name);
  });
});

describe('the catalogue', () => {
  test('names each fault once', () => {
    const names = faults.map((fault) => fault.name);
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
  });
  test('leaves no check without a fault that it catches', () => {
    expect(checkNames.filter((name) => !killedChecks.has(name))).toEqual([]);
  });
  test('leaves no probe without a fault that it catches', () => {
    expect(probes.filter((id) => !killedProbes.has(id))).toEqual([]);
  });
});

afterAll(() => {
  const parts = [
    `${caught.size} of ${faults.length} faults caught`,
    `${checkNames.filter((name) => killedChecks.has(name)).length} of ${checkNames.length} checks killed`,
    `${killedProbes.size} of ${probes.length} probes killed`,
    `${quiet.size} of ${conforming.length} legal variations quiet`,
  ];
  process.stdout.write(`self-proof: ${parts.join(', ')}\n`);
});

interface Conforming {
  readonly name: string;
  readonly says: string;
  readonly run: () => Promise<RunRecord>;
}

/** What a run of all cases holds against a conforming server; one line each. */
function objections(record: RunRecord | undefined): readonly string[] {
  const told = (record?.cases ?? []).flatMap(({ id, findings, error }) => [
    ...findings.map((finding) => `${id}: ${finding.check}: ${finding.message}`),
    ...(error === undefined ? [] : [`${id}: ${error.message}`]),
  ]);
  const unproved = (record?.coverage ?? []).flatMap(({ response, status, how }) =>
    status === 'proved' ? [] : [`${response} is ${status}: ${how}`],
  );
  return [...told, ...unproved, ...(record?.outcome.exit === 0 ? [] : [record?.outcome.because ?? 'no run'])];
}

async function runOf(fault: Fault): Promise<RunRecord> {
  const own = fault.document === undefined ? contract : await contractOn(fault.document);
  return tried(
    own,
    { ...fault, cases: casesFor(fault, own), goneWithinMs: impatient },
    otherwiseServer(own.operation.document, fault),
  );
}

/** What keeps a run from showing the fault, all of it, and nothing else; one line each. */
function departures(fault: Fault, record: RunRecord | undefined): readonly string[] {
  const { caughtBy, violates } = fault;
  const cases = record?.cases ?? [];
  const claimed = cases.filter((one) => isClaimed(caughtBy, one.id));
  const told = claimed.flatMap((one) => (caughtBy.as === 'advice' ? one.advice : one.findings));
  const silent = told.some((finding) => finding.check === caughtBy.check)
    ? []
    : [`${caughtBy.check} is silent; ${told.map((finding) => `${finding.check} says: ${finding.message}`).join('; ')}`];
  const untold = cases.flatMap(({ id, error }) => (error === undefined ? [] : [`${id}: ${error.message}`]));
  const odd = (record?.coverage ?? []).flatMap(({ response, status, how }) => {
    const due = violates.includes(response) ? 'violated' : 'proved';
    return status === due ? [] : [`${response} is ${status} and not ${due}: ${how}`];
  });
  return [...silent, ...untold, ...odd];
}

/** The declared cases, and the probe that claims the fault. */
function casesFor({ caughtBy, whole }: Fault, { cases }: Contract): Contract['cases'] {
  if (whole === true) return cases;
  const declared = cases.filter((one) => one.kind === 'declared');
  return 'case' in caughtBy ? declared : [...declared, ...selectCases(cases, { globs: [caughtBy.probe] })];
}

/** A diff of lists would hide what the lines say. */
function refuse(lines: readonly string[]): void {
  if (lines.length > 0) throw new Error(lines.join('\n'));
}

function isClaimed(claim: Claim, id: string): boolean {
  const glob = 'case' in claim ? claim.case : claim.probe;
  return glob.endsWith('/**') ? id.startsWith(glob.slice(0, -2)) : id === glob;
}

function contractOn(document: string): Promise<Contract> {
  return loadContract('delete_backup', {
    spec: packageFile('suites', 'self-proof', 'documents', `${document}.oas.yaml`),
  });
}
