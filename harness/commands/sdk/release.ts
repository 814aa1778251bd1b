import { globMatcher } from '../../cases/select.ts';
import { HarnessError } from '../../core/errors.ts';
import type { Operation, SpecPlace } from '../../model/document.ts';
import type { RunRecord } from '../../model/record.ts';
import { sdkComplaints } from '../../report/sdk/matrix.ts';
import { waivedIn } from '../../results/waivers/apply.ts';
import { sdkCases } from '../../sdk/cases/cases.ts';
import type { SdkCase } from '../../sdk/cases/sdk-case.ts';
import type { Turns } from '../../sdk/at-a-time.ts';
import { introduce } from '../../sdk/driver/driver.ts';
import { gateRelease, skippedRelease } from '../../sdk/gate-release.ts';
import { driverEnvironment } from '../../sdk/releases/environment.ts';
import type { Installed } from '../../sdk/releases/install.ts';
import type { Release, SdkManifest } from '../../sdk/releases/manifest.ts';
import type { NotJudged } from '../../sdk/releases/not-judged.ts';
import { isListed, placeOfRelease, relativeOf, releasesFor } from '../../sdk/releases/releases.ts';
import type { Network } from '../../sdk/server/network.ts';
import { waiversFor } from '../../sdk/waivers.ts';
import { installedOr } from './install.ts';
import type { SdkOptions } from './options.ts';
import { sdkOperation } from './operation.ts';
import type { SdkProgress } from './progress.ts';

/** What came of one release. */
export interface GatedRelease {
  readonly run: RunRecord;
  readonly missing?: NotJudged['missing'];
  /** Where sdk.yaml lists it. */
  readonly at: SpecPlace;
}

/** The cases of a release that the globs select, which may be none, and all that it has. */
export function casesFor(
  operation: Operation,
  release: Release,
  globs: readonly string[],
): { readonly cases: readonly SdkCase[]; readonly all: readonly SdkCase[] } {
  const all = sdkCases(operation, release.sends);
  const matchers = globs.map(globMatcher);
  const cases = all.filter(({ id }) => globs.length === 0 || matchers.some((matches) => matches(id)));
  return { cases, all };
}

/** Install one release and run every case against it; `undefined` where its API version has no case that was selected. */
export async function gateOne(input: {
  readonly manifest: SdkManifest;
  readonly release: Release;
  readonly operationOf: (release: Release) => Promise<Operation>;
  readonly options: SdkOptions;
  readonly network: Network;
  readonly installing: Turns;
  readonly progress: SdkProgress;
  readonly signal: AbortSignal;
}): Promise<GatedRelease | undefined> {
  const { manifest, network, installing, progress, signal, options } = input;
  const { version, package: artefact, concurrency } = options;
  const started = new Date();
  const installed = await installing(() => installedOr({ manifest, release: input.release, artefact, signal }));
  // Which release a local artefact is compared with follows from the version that it reports.
  const release =
    artefact === undefined || version !== undefined || 'reason' in installed
      ? input.release
      : await relativeOfArtefact({ manifest, installed, network, progress, signal });
  const at = placeOfRelease(manifest, release.version);
  const operation = await input.operationOf(release);
  const { cases, all } = casesFor(operation, release, options.case);
  if (cases.length === 0) return undefined;
  const again = [
    ...options.sdk.flatMap((folder) => ['--sdk', folder]),
    ...(artefact === undefined ? [] : ['--package', artefact]),
  ];
  const known = all.map(({ id }) => id);
  const judgedBare = artefact === undefined && !isListed(manifest, release.version);
  const waivers = judgedBare ? [] : waiversFor(manifest, relativeOf(manifest, release.version));
  const subject = { manifest, release, operation, cases, waivers, known, started, reproduceOptions: again };
  const name = `${manifest.name} ${release.version}`;
  if ('reason' in installed) {
    const run = skippedRelease(subject, installed.reason);
    for (const record of run.cases) progress.onCase(name, record);
    progress.say(`${name}: skipped, ${installed.reason}`);
    return { run, missing: installed.missing, at };
  }
  if (judgedBare) {
    progress.say(
      `${name}: not in ${manifest.file}: judged without waivers, with the API version and the numbers of sends of ${relativeOf(manifest, release.version)}`,
    );
  }
  const isWaived = waivedIn({ waivers, known, today: started.toISOString().slice(0, 10) });
  const exact = artefact === undefined && release.version !== 'installed';
  const run = await gateRelease({
    ...subject,
    ...(exact ? { version: version ?? release.version } : {}),
    command: installed.command,
    environment: { ...driverEnvironment(process.env), ...manifest.environment },
    network,
    ...(concurrency === undefined ? {} : { concurrency }),
    onCase: (record) => progress.onCase(name, record, isWaived),
    signal,
  });
  progress.say(
    `${run.subject.name} ${run.subject.version ?? ''}: ${run.outcome.because} (${Math.round(run.ms / 1000)} s)`,
  );
  for (const complaint of sdkComplaints(run)) progress.say(`  ${complaint.replaceAll('\n', '\n  ')}`);
  return { run, at };
}

/** The listed release that a local artefact is compared with, by the version that its driver reports. */
async function relativeOfArtefact(options: {
  readonly manifest: SdkManifest;
  readonly installed: Installed;
  readonly network: Network;
  readonly progress: SdkProgress;
  readonly signal: AbortSignal;
}): Promise<Release> {
  const { manifest, installed, network, progress, signal } = options;
  const driver = await introduce({
    command: installed.command,
    environment: { ...driverEnvironment(process.env), ...manifest.environment },
    network,
    operation: sdkOperation,
    signal,
  });
  const [release] = releasesFor(manifest, driver.version);
  if (release === undefined)
    throw new HarnessError('E_DATA', `${manifest.file} lists no release.`, {
      hint: 'Write one below releases: with its version, its api and its sends.',
    });
  progress.say(`${manifest.name} ${driver.version}: the waivers of ${relativeOf(manifest, driver.version)} count`);
  return release;
}
