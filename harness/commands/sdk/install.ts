import { join } from 'node:path';
import { HarnessError } from '../../core/errors.ts';
import type { ExitCode } from '../../model/record.ts';
import { installerEnvironment } from '../../sdk/releases/environment.ts';
import { install } from '../../sdk/releases/install.ts';
import type { Installed } from '../../sdk/releases/install.ts';
import type { Release, SdkManifest } from '../../sdk/releases/manifest.ts';
import { askedManifests } from '../../sdk/releases/manifest.ts';
import { releasesFor } from '../../sdk/releases/releases.ts';
import { isExcused, type MissingToolchain, type NotJudged } from '../../sdk/releases/not-judged.ts';
import { toolchainOf } from '../../sdk/releases/toolchain.ts';
import { say, notify } from '../shared/output.ts';

/** A release, installed; or why it cannot be here. */
export async function installedOr({
  manifest,
  release,
  artefact,
  signal,
}: {
  readonly manifest: SdkManifest;
  readonly release: Release;
  readonly artefact?: string | undefined;
  readonly signal?: AbortSignal;
}): Promise<Installed | NotJudged> {
  const environment = installerEnvironment(process.env);
  const toolchain = await toolchainOf(manifest, environment);
  if (!toolchain.found) return { missing: 'toolchain', reason: toolchain.reason };
  try {
    return await install({
      manifest,
      version: release.version,
      api: release.api,
      cache: cacheFolder(),
      environment,
      progress: notify,
      ...(artefact === undefined ? {} : { artefact }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (error instanceof HarnessError && error.code === 'E_SDK_INSTALL')
      return { missing: 'release', reason: error.message };
    throw error;
  }
}

/** `pinecone-contract sdk prepare`. */
export async function prepareSdks(
  names: readonly string[],
  { sdk, missingToolchain }: { readonly sdk: readonly string[]; readonly missingToolchain: MissingToolchain },
): Promise<ExitCode> {
  const undeclared: string[] = [];
  for (const manifest of askedManifests({ names, folders: sdk })) {
    for (const release of releasesFor(manifest)) {
      const installed = await installedOr({ manifest, release });
      const name = `${manifest.name} ${release.version}`;
      if (!('reason' in installed)) {
        say(`${name}: ready`);
        continue;
      }
      say(`${name}: ${installed.reason}`);
      const untried = isUntried(manifest, release);
      if (!isExcused({ missing: installed.missing, untried, missingToolchain })) undeclared.push(name);
    }
  }
  return undeclared.length === 0 ? 0 : 3;
}

/** What `pinecone-contract sdk list --json` says of one SDK. */
interface ListedSdk extends Pick<SdkManifest, 'name' | 'title' | 'untried'> {
  readonly releases: readonly Pick<Release, 'version' | 'api' | 'untried'>[];
  readonly runsHere: boolean;
  /** The versions of its toolchain, or why it cannot run here. */
  readonly toolchain: string;
}

export async function listedSdk(manifest: SdkManifest): Promise<ListedSdk> {
  const toolchain = await toolchainOf(manifest, installerEnvironment(process.env));
  return {
    name: manifest.name,
    title: manifest.title,
    ...(manifest.untried === undefined ? {} : { untried: manifest.untried }),
    runsHere: toolchain.found,
    toolchain: toolchain.found ? toolchain.versions.join('; ') : toolchain.reason,
    releases: manifest.releases.map(({ version, api, untried }) => ({
      version,
      api,
      ...(untried === undefined ? {} : { untried }),
    })),
  };
}

/** The same in words. */
export function listed({ name, title, runsHere, toolchain, untried, releases }: ListedSdk): string {
  const lines = releases.map(
    (each) => `  ${each.version} (API ${each.api})${each.untried === undefined ? '' : `: untried, ${each.untried}`}`,
  );
  const state = runsHere ? toolchain : `cannot run here: ${toolchain}`;
  return [
    `${name}: ${title}`,
    `  ${state}`,
    ...(untried === undefined ? [] : [`  untried: ${untried}`]),
    ...lines,
  ].join('\n');
}

/** Nobody has written down yet what it does. */
export function isUntried(manifest: SdkManifest, release: Release): boolean {
  return release.untried !== undefined || manifest.untried !== undefined;
}

function cacheFolder(): string {
  return process.env['PINECONE_CONTRACT_CACHE'] ?? join(process.cwd(), '.cache', 'sdks');
}
