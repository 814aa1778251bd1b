import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { loadContract } from '../../harness/contract.ts';
import { packageFile } from '../../harness/core/package-files.ts';
import type { Operation } from '../../harness/model/document.ts';
import { operationsByRelease, plansByApi } from '../../harness/commands/sdk/operation.ts';
import { sdkCases } from '../../harness/sdk/cases/cases.ts';
import type { SdkPlan } from '../../harness/sdk/cases/sdk-case.ts';
import { driverEnvironment } from '../../harness/sdk/releases/environment.ts';
import { explainSdkCase, findSdkCase, serveSdkCase } from '../../harness/sdk/explain.ts';
import { findingsPage } from '../../harness/sdk/findings-page.ts';
import { gateRelease } from '../../harness/sdk/gate-release.ts';
import { install } from '../../harness/sdk/releases/install.ts';
import { allManifests, chosenManifests, type Release } from '../../harness/sdk/releases/manifest.ts';
import { openNetwork } from '../../harness/sdk/server/network.ts';
import { runProcess } from '../../harness/sdk/driver/process.ts';
import { readSdkWaivers, waiversOfRelease } from '../../harness/sdk/waivers.ts';
import { applyWaivers } from '../../harness/results/waivers/apply.ts';
import { matchesGlob } from '../../harness/cases/select.ts';

let operation: Operation;
let plans: ReadonlyMap<string, readonly SdkPlan[]>;
const operationOf = operationsByRelease({});
beforeAll(async () => {
  ({ operation } = await loadContract('delete_backup', {}));
  plans = await plansByApi(allManifests());
});

describe('the descriptions of the SDKs', () => {
  test('are there for every client example of the documentation, and for a client that is generated', () => {
    const names = ['csharp', 'curl', 'go', 'java', 'js', 'openapi-python-client', 'python', 'python-asyncio'];
    expect(allManifests().map(({ name }) => name)).toEqual(names);
  });

  test('waive only releases that they list, and cases that there are', () => {
    const idsOf = ({ api }: Release): readonly string[] => (plans.get(api) ?? []).map(({ id }) => id);
    const stray = allManifests().flatMap(({ folder, releases }) =>
      readSdkWaivers(folder).flatMap(({ place, versions, cases }) =>
        versions.flatMap((one) => {
          const release = releases.find(({ version }) => version === one);
          if (release === undefined) return [`${place}: ${one}`];
          const ids = idsOf(release);
          const unmatched = cases.filter((glob) => !ids.some((id) => matchesGlob(id, glob)));
          return unmatched.map((glob) => `${place}: ${one}: ${glob}`);
        }),
      ),
    );
    expect(stray).toEqual([]);
  });

  test('waive in line with the rules of waivers: none matches too much, none overlaps another', async () => {
    const releases = allManifests().flatMap((manifest) => manifest.releases.map((release) => ({ manifest, release })));
    const problems = releases.map(async ({ manifest: { folder }, release }) => {
      const known = sdkCases(await operationOf(release), release.sends).map(({ id }) => id);
      const waivers = waiversOfRelease(readSdkWaivers(folder), release.version);
      // Whether they have expired is what the gate says, on its day.
      const found = applyWaivers({ cases: [], waivers, known, today: '2026-11-23' }).problems;
      return found.map((problem) => `${release.version}: ${problem}`);
    });
    expect((await Promise.all(problems)).flat()).toEqual([]);
  });

  test('say what FINDINGS.md says (remake it with: pinecone-contract sdk findings)', () => {
    const written = readFileSync(packageFile('suites', 'sdks', 'FINDINGS.md'), 'utf8');
    expect(written).toBe(`${findingsPage(allManifests(), plans).trimEnd()}\n`);
  });

  test('no driver parses a message', () => {
    const drivers = [
      'python/driver.py',
      'python/driver_protocol.py',
      'python-asyncio/driver.py',
      'openapi-python-client/driver.py',
      'js/driver.mjs',
      'java/Driver.java',
      'go/main.go.template',
      'csharp/Program.cs',
    ];
    const parsing = /\bre\.(match|search|compile)|RegExp|\.match\(|\.matches\(|regexp\.|Regex\b|Pattern\.compile/;
    for (const name of drivers) {
      expect(readFileSync(packageFile('suites', 'sdks', ...name.split('/')), 'utf8')).not.toMatch(parsing);
    }
  });
});

const curl = spawnSync('curl', ['--version']).status === 0;

describe.skipIf(!curl)('the reference driver, real curl (skipped where curl is missing)', () => {
  test('passes every declared case and the hostile ids that a path can tempt', async () => {
    const [manifest] = chosenManifests(['curl']);
    const [release] = manifest?.releases ?? [];
    if (manifest === undefined || release === undefined) throw new Error('curl has no release');
    const cache = mkdtempSync(join(tmpdir(), 'sdk-cache-'));
    const network = await openNetwork();
    try {
      const installed = await install({
        manifest,
        version: release.version,
        api: release.api,
        cache,
        environment: {},
        progress: () => undefined,
      });
      const run = await gateRelease({
        manifest,
        release,
        known: sdkCases(operation, release.sends).map(({ id }) => id),
        command: installed.command,
        environment: driverEnvironment(process.env),
        operation,
        cases: sdkCases(operation, release.sends).filter(
          ({ group, id }) => group === 'declared' || /id\/(slash|climb|dot-dot|empty|line-break)$/.test(id),
        ),
        waivers: [],
        network,
        concurrency: 2,
        started: new Date(0),
      });
      expect(run.cases.filter(({ status }) => status !== 'pass')).toEqual([]);
      expect(run.counts.pass).toBe(10);
      expect(run.subject.version).toMatch(/^\d+\.\d+/);
      expect(new Set(run.coverage.map(({ status }) => status))).toEqual(new Set(['proved']));
    } finally {
      await network.close();
      rmSync(cache, { recursive: true });
    }
  });

  test('can be driven by hand, as explain says', async () => {
    const [manifest] = chosenManifests(['curl']);
    if (manifest === undefined) throw new Error('curl is not described');
    const id = 'sdk/delete_backup/404/application-json/backup-not-found';
    const text = explainSdkCase(operation, id, [manifest]);
    const line = text.split('\n').find((each) => each.trimStart().startsWith('{"v":1')) ?? '';
    const server = await serveSdkCase(findSdkCase(operation, id, manifest));
    try {
      // The drivers run beside this process, so it must not wait for them with its loop stopped.
      const output = await driven(['node', packageFile('suites', 'sdks', 'curl', 'driver.mjs'), '2025-04'], {
        ...(JSON.parse(line) as object),
        base_url: server.origin,
      });
      expect(output).toMatchObject({ outcome: 'raised', raised: { status: { value: 404, via: 'http_code' } } });
      expect(server.requests.map(({ method, reply }) => [method, reply])).toEqual([['DELETE', 0]]);
    } finally {
      await server.close();
    }
  });
});

async function driven([program = '', ...args]: readonly string[], request: object): Promise<unknown> {
  const end = await runProcess({
    command: [program, ...args],
    cwd: process.cwd(),
    environment: driverEnvironment(process.env),
    stdin: `${JSON.stringify(request)}\n`,
    deadlineMs: 10_000,
  });
  return JSON.parse(end.stdout);
}
