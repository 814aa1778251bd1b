import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { loadContract } from '../contract.ts';
import type { Operation } from '../model/document.ts';
import type { RunRecord } from '../model/record.ts';
import { recordProblems } from '../results/validate-record.ts';
import { standInSdk } from '../testing/servers/stand-in-sdk.ts';
import { sdkCases } from './cases/cases.ts';
import type { SdkCase } from './cases/sdk-case.ts';
import { gateRelease, skippedRelease } from './gate-release.ts';
import { askedManifests, type Release, type SdkManifest } from './releases/manifest.ts';
import { type Network, openNetwork } from './server/network.ts';

const expired = {
  case: 'sdk/delete_backup/202/**',
  check: 'sdk/status',
  reason: 'known since spring',
  issue: 'https://example.com/1',
  since: '2020-01-01',
  expires: '2020-02-01',
  place: 'waivers.yaml:2',
};

let network: Network;
let operation: Operation;
let cases: readonly SdkCase[];
let manifest: SdkManifest;
let release: Release;
beforeAll(async () => {
  network = await openNetwork({ isolate: false });
  ({ operation } = await loadContract('delete_backup', {}));
});
beforeEach(() => {
  [manifest] = askedManifests({ names: [], folders: [standInSdk()] }) as [SdkManifest];
  [release] = manifest.releases as [Release];
  cases = sdkCases(operation, release.sends);
});
afterAll(() => network.close());

const about = () => ({ manifest, release, operation, known: cases.map(({ id }) => id), started: new Date() });

function gate(over: Partial<Parameters<typeof gateRelease>[0]>): Promise<RunRecord> {
  return gateRelease({
    ...about(),
    version: '1.0.0',
    command: manifest.run,
    environment: { PATH: process.env['PATH'] ?? '' },
    cases,
    waivers: [],
    network,
    concurrency: 1,
    ...over,
  });
}

it('a gate that is interrupted has the cases that ended, as a run has: no others, no errors, exit code 130', async () => {
  const stop = new AbortController();
  const ended: string[] = [];
  const onCase = ({ id }: { readonly id: string }): void => {
    if (ended.push(id) === 2) stop.abort();
  };
  const record = await gate({ signal: stop.signal, onCase });
  expect(record.cases.map(({ id }) => id).sort()).toEqual([...ended].sort());
  expect(record.counts).toMatchObject({ cases: 2, skip: 0, error: 0 });
  expect(record.outcome).toMatchObject({
    exit: 130,
    because: `the run was interrupted after 2 of ${cases.length} cases; ${cases.length - 2} cases did not run`,
  });
  expect(recordProblems(JSON.parse(JSON.stringify(record)))).toEqual([]);
});

it('a gate that is interrupted before its driver has started has no case', async () => {
  const record = await gate({ signal: AbortSignal.abort() });
  expect(record).toMatchObject({ cases: [], outcome: { exit: 130 } });
});

it('a selection is said as that of a run', async () => {
  const one = cases.filter(({ id }) => id === 'sdk/delete_backup/202/no-content');
  const record = await gate({ cases: one });
  expect(record.selection).toEqual({ selected: 1, of: cases.length });
  expect(record.outcome).toMatchObject({ exit: 0, because: `the contract held in 1 of ${cases.length} cases` });
});

it('a waiver that is out of date is a problem of a release that cannot run here, too', () => {
  const record = skippedRelease({ ...about(), cases, waivers: [expired] }, 'no toolchain');
  expect(record.counts.skip).toBe(cases.length);
  expect(record.outcome.problems).toEqual([
    expect.stringContaining(
      'waivers.yaml:2: the waiver of sdk/status in sdk/delete_backup/202/** expired on 2020-02-01',
    ),
  ]);
  expect(record.outcome.exit).toBe(1);
});
