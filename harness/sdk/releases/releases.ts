import { HarnessError } from '../../core/errors.ts';
import { safePath } from '../../core/safe-path.ts';
import type { SpecPlace } from '../../model/document.ts';
import { readYaml } from '../../openapi/document/yaml.ts';
import type { Release, SdkManifest } from './manifest.ts';

/**
 * The releases to gate. A version that sdk.yaml does not list, or a local artefact, is compared with its nearest
 * relative: the last listed release of the same major version, else the last one listed. Throws `E_PATH` for a
 * version that cannot be the name of a folder, before anything else is tried.
 */
export function releasesFor(manifest: SdkManifest, version?: string, artefact?: string): readonly Release[] {
  if (version === undefined && artefact === undefined) return manifest.releases;
  if (version !== undefined) safePath('.', [version], 'the version of an SDK');
  const relative = nearest(manifest, version);
  return [version === undefined ? relative : { ...withoutUserAgent(relative, version), version }];
}

/** Whether sdk.yaml says what is known about that version. */
export function isListed(manifest: SdkManifest, version: string): boolean {
  return manifest.releases.some((release) => release.version === version);
}

/** The lines of sdk.yaml that describe a version, or its nearest relative. */
export function placeOfRelease(manifest: SdkManifest, version: string): SpecPlace {
  const index = manifest.releases.indexOf(nearest(manifest, version));
  return readYaml(manifest.file).placeOf(`/releases/${index}`);
}

/** The version whose waivers count for a release. */
export function relativeOf(manifest: SdkManifest, version: string): string {
  return nearest(manifest, version).version;
}

function nearest(manifest: SdkManifest, version: string | undefined): Release {
  const { releases } = manifest;
  const exact = releases.find((release) => release.version === version);
  const major = version?.split('.')[0];
  const sameMajor = releases.findLast((release) => release.version.split('.')[0] === major);
  const found = exact ?? sameMajor ?? releases.at(-1);
  if (found !== undefined) return found;
  throw new HarnessError('E_DATA', `${manifest.file} lists no release.`, {
    hint: 'Write one below releases: with its version, its api and its sends.',
  });
}

/** What one release says about itself by mistake is not expected of another. */
function withoutUserAgent(release: Release, version: string): Release {
  if (release.version === version || release.version === 'installed') return release;
  return { version: release.version, api: release.api, sends: release.sends };
}
