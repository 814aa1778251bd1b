import { setMaxListeners } from 'node:events';
import { writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { forbiddenKeyVariable, keyVariable } from '../../core/default-suite.ts';
import { HarnessError } from '../../core/errors.ts';
import type { ExitCode } from '../../model/record.ts';
import { sdkMarkdown, sdkTable } from '../../report/sdk/matrix.ts';
import { writeSdkReports } from '../../report/sdk/write-reports.ts';
import { writeReports } from '../../report/write-reports.ts';
import { gravestExit } from '../../results/outcome.ts';
import { isExcused } from '../../sdk/releases/not-judged.ts';
import { askedManifests } from '../../sdk/releases/manifest.ts';
import { releasesFor } from '../../sdk/releases/releases.ts';
import { openNetwork } from '../../sdk/server/network.ts';
import { atATime } from '../../sdk/at-a-time.ts';
import { isUntried } from './install.ts';
import { operationsByRelease, sdkOperation } from './operation.ts';
import type { SdkOptions } from './options.ts';
import { startSdkProgress } from './progress.ts';
import { casesFor, gateOne } from './release.ts';
import type { GatedRelease } from './release.ts';
import { annotateGitHub } from '../shared/annotate-github.ts';
import { say, notify } from '../shared/output.ts';

interface Gated extends GatedRelease {
  /** Nobody has written down yet what it does: it is shown, and decides nothing. */
  readonly untried: boolean;
  /** It was not judged, and that does not decide. */
  readonly excused: boolean;
}

/** Gate the releases that were asked for, say what came of it, and write the reports. */
export async function gateSdks(names: readonly string[], options: SdkOptions): Promise<ExitCode> {
  const manifests = askedManifests({ names, folders: options.sdk });
  const asked = options.version !== undefined || options.package !== undefined;
  if (asked && manifests.length !== 1) {
    throw new HarnessError('E_USAGE', '--version and --package need exactly one SDK.', {
      hint: 'Such as: pinecone-contract sdk python --version 9.0.1, or: pinecone-contract sdk --sdk DIR --package FILE',
    });
  }
  const operationOf = operationsByRelease(options);
  const releases = manifests.flatMap((manifest) =>
    releasesFor(manifest, options.version, options.package).map((release) => ({ manifest, release })),
  );
  const counts = await Promise.all(
    releases.map(async ({ release }) => casesFor(await operationOf(release), release, options.case).cases.length),
  );
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (total === 0) throw nothingSelected(options.case);
  const aborting = new AbortController();
  // Each driver that works listens to it.
  setMaxListeners(0, aborting.signal);
  const abort = (): void => aborting.abort();
  process.once('SIGINT', abort).once('SIGTERM', abort);
  const network = await openNetwork({ isolate: options.isolation });
  if (options.quiet !== true) notify(`network: ${network.means}`);
  for (const name of network.kind === 'open' ? keysHere() : [])
    notify(`${name} is set, and drivers can read it here: the gate needs no key, so leave it out of its environment`);
  const progress = startSdkProgress(total, options.quiet === true);
  // Installing is work, while most cases wait: one release is installed while others are judged.
  const installing = atATime(1);
  const gating = atATime(1 + availableParallelism());
  let gated: readonly Gated[] = [];
  try {
    const each = releases.map(({ manifest, release }) =>
      gating(async (): Promise<readonly Gated[]> => {
        if (aborting.signal.aborted) {
          progress.say(`${manifest.name} ${release.version}: not started, the run was interrupted`);
          return [];
        }
        const signal = aborting.signal;
        const one = await gateOne({ manifest, release, operationOf, options, network, installing, progress, signal });
        if (one === undefined) {
          progress.say(`${manifest.name} ${release.version}: API ${release.api} has no case that was selected`);
          return [];
        }
        const untried = !asked && isUntried(manifest, release);
        const { missingToolchain } = options;
        const { run, missing } = one;
        if (untried && run.counts.skip < run.counts.cases) {
          progress.say(
            `  untried until now: write what it does to ${manifest.folder}/waivers.yaml, and take untried out of sdk.yaml`,
          );
        }
        return [
          { ...one, untried, excused: missing !== undefined && isExcused({ missing, untried, missingToolchain }) },
        ];
      }),
    );
    gated = (await Promise.all(each)).flat();
  } finally {
    progress.stop();
    process.off('SIGINT', abort).off('SIGTERM', abort);
    await network.close();
  }
  const exit = aborting.signal.aborted ? 130 : exitOf(gated);
  for (const attempt of new Set(network.outside('')))
    notify(`network: a process that could not be identified tried to reach another host: ${attempt}`);
  const records = gated.map(({ run }) => run);
  writeReports(records, options.reports);
  writeFileSync(join(options.reports, 'sdk-matrix.md'), sdkMarkdown(records));
  writeSdkReports(records, options.reports);
  if (options.json === true) say(JSON.stringify(records, null, 2));
  else if (options.quiet !== true || exit !== 0) say(`${sdkTable(records)}\n`);
  if (options.github === true) {
    const places = new Map(gated.map(({ run, at }) => [run, at]));
    await annotateGitHub(records, { placeOf: (run) => places.get(run), more: sdkMarkdown(records) });
  }
  return exit;
}

/** The keys of the user that the kernel keeps from drivers in a namespace only. */
function keysHere(): readonly string[] {
  return [keyVariable, forbiddenKeyVariable].filter((name) => (process.env[name] ?? '') !== '');
}

function nothingSelected(globs: readonly string[]): HarnessError {
  return new HarnessError('E_NOTHING_SELECTED', `no SDK case matches ${globs.join(' ')}`, {
    hint: `Such as: --case 'sdk/${sdkOperation}/id/**'`,
  });
}

function exitOf(gated: readonly Gated[]): ExitCode {
  const skipped = ({ run }: Gated): boolean => run.counts.skip === run.counts.cases;
  if (gated.every(skipped)) return 4;
  const deciding = gated.filter((one) => !one.untried && !one.excused);
  return gravestExit(deciding.map(({ run }) => run.outcome.exit));
}
