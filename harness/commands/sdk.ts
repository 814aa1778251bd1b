import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { Command } from 'commander';
import { matchesGlob } from '../cases/select.ts';
import type { ContractOptions } from '../contract.ts';
import { loadContract } from '../contract.ts';
import { HarnessError } from '../errors.ts';
import type { ExitCode, RunRecord } from '../model.ts';
import { sdkComplaints, sdkMarkdown, sdkTable } from '../report/sdk-matrix.ts';
import { sdkCases, sdkPlans } from '../sdk/cases.ts';
import { introduce } from '../sdk/driver.ts';
import { driverEnvironment, installerEnvironment } from '../sdk/environment.ts';
import { findingsPage } from '../sdk/findings-page.ts';
import { gateRelease, skippedRelease } from '../sdk/gate-release.ts';
import { install } from '../sdk/install.ts';
import type { Installed } from '../sdk/install.ts';
import type { Release, SdkManifest } from '../sdk/manifest.ts';
import { allManifests, chosenManifests } from '../sdk/manifest.ts';
import { openNetwork } from '../sdk/network.ts';
import type { Network } from '../sdk/network.ts';
import { relativeOf, releasesFor } from '../sdk/releases.ts';
import { toolchainOf } from '../sdk/toolchain.ts';
import { readWaivers } from '../sdk/waivers.ts';
import { collected, contractOptions, say, tell, whole } from './options.ts';
import { writeReports } from './write-reports.ts';

interface SdkOptions extends ContractOptions {
  readonly version?: string;
  readonly package?: string;
  readonly case: readonly string[];
  readonly reports: string;
  readonly concurrency: number;
  readonly isolation: boolean;
  readonly json?: true;
}

/** `pinecone-contract sdk`: real SDK releases against the scripted server. */
export function sdkCommand(): Command {
  const command = contractOptions(new Command('sdk'))
    .description('gate SDK releases: the real clients against a scripted server, judged from the same document')
    .argument('[name...]', 'SDKs, such as python js; default: all')
    .option('--version <version>', 'one release, listed in sdk.yaml or not')
    .option('--package <path>', 'a local artefact in place of a release')
    .option('--case <glob>', 'only these cases; may be repeated', collected, [])
    .option('--reports <dir>', 'where the reports go', 'reports')
    .option(
      '--concurrency <n>',
      'drivers at a time; most of them wait for something',
      whole(1),
      2 * availableParallelism(),
    )
    .option('--no-isolation', 'leave the network namespace out')
    .option('--json', 'print the run records to stdout, and nothing else')
    .action(async (names: readonly string[], options: SdkOptions) => {
      process.exitCode = await gate(names, options);
    });
  command
    .command('prepare')
    .description('install the releases and build the drivers, once')
    .argument('[name...]', 'SDKs; default: all')
    .action(async (names: readonly string[]) => {
      process.exitCode = await prepare(names);
    });
  command
    .command('list')
    .description('what can run here and, if not, why')
    .action(async () => {
      for (const manifest of allManifests()) say(await listed(manifest));
    });
  command
    .command('findings')
    .description('what the releases are known to do wrong, as the page suites/sdks/FINDINGS.md')
    .action(async () => {
      const { operation } = await loadContract('delete_backup', {});
      say(findingsPage(allManifests(), sdkPlans(operation)));
    });
  return command;
}

async function gate(names: readonly string[], options: SdkOptions): Promise<ExitCode> {
  const manifests = chosenManifests(names);
  if ((options.version !== undefined || options.package !== undefined) && names.length !== 1) {
    throw new HarnessError('E_USAGE', '--version and --package need the name of one SDK.', {
      hint: 'Such as: pinecone-contract sdk python --version 9.0.1',
    });
  }
  const { operation } = await loadContract('delete_backup', options);
  const aborting = new AbortController();
  const abort = (): void => aborting.abort();
  process.once('SIGINT', abort).once('SIGTERM', abort);
  const network = await openNetwork({ isolate: options.isolation });
  tell(`network: ${network.means}`);
  const runs: { readonly run: RunRecord; readonly expectedSkip: boolean }[] = [];
  try {
    for (const manifest of manifests) {
      for (const release of releasesFor(manifest, options.version, options.package)) {
        const run = await gateOne({ manifest, release, operation, options, network, signal: aborting.signal });
        runs.push({ run, expectedSkip: options.version === undefined && skipIsExpected(manifest, release, names) });
        if (aborting.signal.aborted) return 130;
      }
    }
  } finally {
    process.off('SIGINT', abort).off('SIGTERM', abort);
    await network.close();
  }
  const records = runs.map(({ run }) => run);
  await writeReports(records, options.reports);
  writeFileSync(join(options.reports, 'sdk-matrix.md'), sdkMarkdown(records));
  if (options.json === true) say(JSON.stringify(records, null, 2));
  else say(`${sdkTable(records)}\n`);
  return worstOf(runs);
}

async function gateOne(options: {
  readonly manifest: SdkManifest;
  readonly release: Release;
  readonly operation: Parameters<typeof sdkCases>[0];
  readonly options: SdkOptions;
  readonly network: Network;
  readonly signal: AbortSignal;
}): Promise<RunRecord> {
  const { manifest, operation, network, signal } = options;
  const { version, package: artefact, case: globs, concurrency } = options.options;
  const started = new Date();
  const installed = await installedOr(manifest, options.release, artefact, signal);
  // What a local artefact is, it says itself: only then is it known which release it is to be held to.
  const release =
    artefact === undefined || version !== undefined || 'reason' in installed
      ? options.release
      : await relativeOfArtefact(manifest, installed, operation.id, network);
  const cases = sdkCases(operation, release.sends).filter(
    ({ id }) => globs.length === 0 || globs.some((glob) => matchesGlob(id, glob)),
  );
  if (cases.length === 0) {
    throw new HarnessError('E_NOTHING_SELECTED', `no SDK case matches ${globs.join(' ')}`, {
      hint: "Such as: --case 'sdk/delete_backup/id/**'",
    });
  }
  const subject = { manifest, release, operation, cases, started };
  if ('reason' in installed) {
    tell(`${manifest.name} ${release.version}: skipped, ${installed.reason}`);
    return skippedRelease(subject, installed.reason);
  }
  const exact = artefact === undefined && release.version !== 'installed';
  const run = await gateRelease({
    ...subject,
    ...(exact ? { version: version ?? release.version } : {}),
    command: installed.command,
    environment: { ...driverEnvironment(process.env), ...manifest.environment },
    waivers: readWaivers(manifest.folder),
    relative: relativeOf(manifest, release.version),
    network,
    concurrency,
    signal,
  });
  tell(`${run.subject.name} ${run.subject.version ?? ''}: ${run.outcome.because} (${Math.round(run.ms / 1000)} s)`);
  for (const complaint of sdkComplaints(run)) tell(`  ${complaint.replaceAll('\n', '\n  ')}`);
  return run;
}

/** The listed release that a local artefact is held to, by the version that its driver tells. */
async function relativeOfArtefact(
  manifest: SdkManifest,
  installed: Installed,
  operation: string,
  network: Network,
): Promise<Release> {
  const driver = await introduce({
    command: installed.command,
    environment: { ...driverEnvironment(process.env), ...manifest.environment },
    network,
    home: installed.home,
    operation,
  });
  const [release] = releasesFor(manifest, driver.version);
  if (release === undefined) throw new HarnessError('E_DATA', `${manifest.file} lists no release.`);
  tell(`${manifest.name}: ${driver.version} is held to what is known about ${relativeOf(manifest, driver.version)}`);
  return release;
}

async function installedOr(
  manifest: SdkManifest,
  release: Release,
  artefact: string | undefined,
  signal?: AbortSignal,
): Promise<Installed | { readonly reason: string }> {
  const environment = installerEnvironment(process.env);
  const toolchain = await toolchainOf(manifest, environment);
  if (!toolchain.found) return { reason: toolchain.reason };
  try {
    return await install({
      manifest,
      version: release.version,
      api: release.api,
      cache: cacheFolder(),
      environment,
      progress: tell,
      ...(artefact === undefined ? {} : { artefact }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (error instanceof HarnessError && error.code === 'E_SDK_INSTALL') return { reason: error.message };
    throw error;
  }
}

async function prepare(names: readonly string[]): Promise<ExitCode> {
  const undeclared: string[] = [];
  for (const manifest of chosenManifests(names)) {
    for (const release of releasesFor(manifest)) {
      const installed = await installedOr(manifest, release, undefined);
      const name = `${manifest.name} ${release.version}`;
      if (!('reason' in installed)) {
        say(`${name}: ready`);
        continue;
      }
      say(`${name}: ${installed.reason}`);
      if (!skipIsExpected(manifest, release, names)) undeclared.push(name);
    }
  }
  return undeclared.length === 0 ? 0 : 3;
}

async function listed(manifest: SdkManifest): Promise<string> {
  const toolchain = await toolchainOf(manifest, installerEnvironment(process.env));
  const releases = manifest.releases.map(
    ({ version, api, untried }) => `  ${version} (API ${api})${untried === undefined ? '' : `: untried, ${untried}`}`,
  );
  const state = toolchain.found ? toolchain.versions.join('; ') : `cannot run here: ${toolchain.reason}`;
  const untried = manifest.untried === undefined ? [] : [`  untried: ${manifest.untried}`];
  return [`${manifest.name}: ${manifest.title}`, `  ${state}`, ...untried, ...releases].join('\n');
}

/** A skip is expected where sdk.yaml says so, or where all SDKs were asked for and this machine lacks the toolchain. */
function skipIsExpected(manifest: SdkManifest, release: Release, names: readonly string[]): boolean {
  return release.untried !== undefined || manifest.untried !== undefined || names.length === 0;
}

function worstOf(runs: readonly { readonly run: RunRecord; readonly expectedSkip: boolean }[]): ExitCode {
  const ran = runs.filter(({ run }) => run.counts.skip < run.counts.cases);
  if (ran.length === 0) return 4;
  const exits = runs
    .filter(({ run, expectedSkip }) => !(expectedSkip && run.counts.skip === run.counts.cases))
    .map(({ run }) => run.outcome.exit);
  const order: readonly ExitCode[] = [130, 1, 3, 2, 4];
  return order.find((exit) => exits.includes(exit)) ?? 0;
}

function cacheFolder(): string {
  return process.env['PINECONE_CONTRACT_CACHE'] ?? join(process.cwd(), '.cache', 'sdks');
}
