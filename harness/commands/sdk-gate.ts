import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { globMatcher } from '../cases/select.ts';
import type { ContractOptions } from '../contract.ts';
import { HarnessError } from '../core/errors.ts';
import type { Operation } from '../model/document.ts';
import type { ExitCode, RunRecord } from '../model/record.ts';
import { sdkComplaints, sdkMarkdown, sdkTable } from '../report/sdk-matrix.ts';
import { sdkCases } from '../sdk/cases/cases.ts';
import { introduce } from '../sdk/driver/driver.ts';
import { driverEnvironment } from '../sdk/releases/environment.ts';
import { gateRelease, skippedRelease } from '../sdk/gate-release.ts';
import type { Installed } from '../sdk/releases/install.ts';
import type { Release, SdkManifest } from '../sdk/releases/manifest.ts';
import { chosenManifests } from '../sdk/releases/manifest.ts';
import { openNetwork } from '../sdk/server/network.ts';
import type { Network } from '../sdk/server/network.ts';
import { relativeOf, releasesFor } from '../sdk/releases/releases.ts';
import { gravestExit } from '../results/outcome.ts';
import { readSdkWaivers, waiversOfRelease } from '../sdk/waivers.ts';
import { say, notify } from './shared/output.ts';
import { isExcused, type MissingToolchain, type NotJudged } from '../sdk/releases/not-judged.ts';
import { installedOr, isUntried } from './sdk-install.ts';
import { operationsByRelease, sdkOperation } from './sdk-operation.ts';
import { writeReports } from '../report/write-reports.ts';

export interface SdkOptions extends ContractOptions {
  readonly version?: string;
  readonly package?: string;
  readonly case: readonly string[];
  readonly reports: string;
  readonly concurrency?: number;
  readonly isolation: boolean;
  readonly missingToolchain: MissingToolchain;
  readonly json?: true;
}

interface Gated {
  readonly run: RunRecord;
  /** Nobody has written down yet what it does: it is shown, and decides nothing. */
  readonly untried: boolean;
  /** It was not judged, and that does not decide. */
  readonly excused: boolean;
}

/** Gate the releases that were asked for, say what came of it, and write the reports. */
export async function gateSdks(names: readonly string[], options: SdkOptions): Promise<ExitCode> {
  const manifests = chosenManifests(names);
  if ((options.version !== undefined || options.package !== undefined) && names.length !== 1) {
    throw new HarnessError('E_USAGE', '--version and --package need the name of one SDK.', {
      hint: 'Such as: pinecone-contract sdk python --version 9.0.1',
    });
  }
  const operationOf = operationsByRelease(options);
  const aborting = new AbortController();
  const abort = (): void => aborting.abort();
  process.once('SIGINT', abort).once('SIGTERM', abort);
  const network = await openNetwork({ isolate: options.isolation });
  notify(`network: ${network.means}`);
  const runs: Gated[] = [];
  try {
    for (const manifest of manifests) {
      for (const release of releasesFor(manifest, options.version, options.package)) {
        if (aborting.signal.aborted) {
          notify(`${manifest.name} ${release.version}: not started, the run was interrupted`);
          continue;
        }
        const { signal } = aborting;
        const gated = await gateOne({ manifest, release, operationOf, options, network, signal });
        if (gated === undefined) {
          notify(`${manifest.name} ${release.version}: API ${release.api} has no case that was selected`);
          continue;
        }
        const { run, missing } = gated;
        const asked = options.version !== undefined || options.package !== undefined;
        const untried = !asked && isUntried(manifest, release);
        const { missingToolchain } = options;
        const excused = missing !== undefined && isExcused({ missing, untried, missingToolchain });
        runs.push({ run, untried, excused });
        if (untried && run.counts.skip < run.counts.cases) {
          notify(
            `  untried until now: write what it does to ${manifest.folder}/waivers.yaml, and take untried out of sdk.yaml`,
          );
        }
      }
    }
  } finally {
    process.off('SIGINT', abort).off('SIGTERM', abort);
    await network.close();
  }
  if (runs.length === 0 && !aborting.signal.aborted) throw nothingSelected(options.case);
  const records = runs.map(({ run }) => run);
  writeReports(records, options.reports);
  writeFileSync(join(options.reports, 'sdk-matrix.md'), sdkMarkdown(records));
  if (options.json === true) say(JSON.stringify(records, null, 2));
  else say(`${sdkTable(records)}\n`);
  return aborting.signal.aborted ? 130 : exitOf(runs);
}

async function gateOne(options: {
  readonly manifest: SdkManifest;
  readonly release: Release;
  readonly operationOf: (release: Release) => Promise<Operation>;
  readonly options: SdkOptions;
  readonly network: Network;
  readonly signal: AbortSignal;
}): Promise<{ readonly run: RunRecord; readonly missing?: NotJudged['missing'] } | undefined> {
  const { manifest, network, signal } = options;
  const { version, package: artefact, case: globs, concurrency } = options.options;
  const started = new Date();
  const installed = await installedOr(manifest, options.release, artefact, signal);
  // What a local artefact is, it says itself: only then is it known which release it is to be held to.
  const release =
    artefact === undefined || version !== undefined || 'reason' in installed
      ? options.release
      : await relativeOfArtefact(manifest, installed, network);
  const operation = await options.operationOf(release);
  const all = sdkCases(operation, release.sends);
  const matchers = globs.map(globMatcher);
  const cases = all.filter(({ id }) => globs.length === 0 || matchers.some((matches) => matches(id)));
  if (cases.length === 0) return undefined;
  const subject = { manifest, release, operation, cases, started };
  if ('reason' in installed) {
    notify(`${manifest.name} ${release.version}: skipped, ${installed.reason}`);
    return { run: skippedRelease(subject, installed.reason), missing: installed.missing };
  }
  const exact = artefact === undefined && release.version !== 'installed';
  const run = await gateRelease({
    ...subject,
    ...(exact ? { version: version ?? release.version } : {}),
    command: installed.command,
    environment: { ...driverEnvironment(process.env), ...manifest.environment },
    known: all.map(({ id }) => id),
    waivers: waiversOfRelease(readSdkWaivers(manifest.folder), relativeOf(manifest, release.version)),
    network,
    ...(concurrency === undefined ? {} : { concurrency }),
    signal,
  });
  notify(`${run.subject.name} ${run.subject.version ?? ''}: ${run.outcome.because} (${Math.round(run.ms / 1000)} s)`);
  for (const complaint of sdkComplaints(run)) notify(`  ${complaint.replaceAll('\n', '\n  ')}`);
  return { run };
}

/** The listed release that a local artefact is held to, by the version that its driver reports. */
async function relativeOfArtefact(manifest: SdkManifest, installed: Installed, network: Network): Promise<Release> {
  const driver = await introduce({
    command: installed.command,
    environment: { ...driverEnvironment(process.env), ...manifest.environment },
    network,
    home: installed.home,
    operation: sdkOperation,
  });
  const [release] = releasesFor(manifest, driver.version);
  if (release === undefined) throw new HarnessError('E_DATA', `${manifest.file} lists no release.`);
  notify(`${manifest.name}: ${driver.version} is held to what is known about ${relativeOf(manifest, driver.version)}`);
  return release;
}

function nothingSelected(globs: readonly string[]): HarnessError {
  return new HarnessError('E_NOTHING_SELECTED', `no SDK case matches ${globs.join(' ')}`, {
    hint: `Such as: --case 'sdk/${sdkOperation}/id/**'`,
  });
}

function exitOf(runs: readonly Gated[]): ExitCode {
  const skipped = ({ run }: Gated): boolean => run.counts.skip === run.counts.cases;
  if (runs.every(skipped)) return 4;
  const deciding = runs.filter((one) => !one.untried && !one.excused);
  return gravestExit(deciding.map(({ run }) => run.outcome.exit));
}
