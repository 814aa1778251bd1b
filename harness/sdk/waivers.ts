import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { HarnessError } from '../core/errors.ts';
import { checkedData } from '../openapi/data.ts';
import { readYaml } from '../openapi/document/yaml.ts';
import type { Waiver } from '../results/waivers/waiver.ts';
import type { SdkManifest } from './releases/manifest.ts';
import { ruleNamed } from './rules/rules.ts';

/** Known failures as the waivers.yaml of an SDK has them: for some of its releases, and for several globs of cases. */
export interface SdkWaiver extends Omit<Waiver, 'case' | 'issue'> {
  readonly versions: readonly string[];
  readonly cases: readonly string[];
  readonly evidence: string;
  readonly issue?: string;
}

/**
 * The waivers of an SDK's folder; none where there is no file. Throws `E_DATA` for a file that is not valid, `E_WAIVER`
 * for a rule that does not exist or may not be waived.
 */
export function readSdkWaivers(folder: string): readonly SdkWaiver[] {
  const file = join(folder, 'waivers.yaml');
  if (!existsSync(file)) return [];
  const yaml = readYaml(file);
  const data = checkedData<{ readonly waivers: readonly Omit<SdkWaiver, 'place'>[] }>(yaml, 'sdk-waivers');
  return data.waivers.map((waiver, index) => {
    const place = `${file}:${yaml.placeOf(`/waivers/${index}`).line}`;
    refuseUnknownRule(waiver.check, place);
    return { ...waiver, place };
  });
}

/**
 * The waivers of one release of an SDK, as the results engine takes them. Throws as {@link readSdkWaivers} does, and
 * `E_WAIVER` for a version that sdk.yaml does not list: such a waiver would never be judged.
 */
export function waiversFor(
  { folder, file, releases }: Pick<SdkManifest, 'folder' | 'file' | 'releases'>,
  version: string,
): readonly Waiver[] {
  const waivers = readSdkWaivers(folder);
  const listed = new Set(releases.map((release) => release.version));
  for (const { versions, check, place } of waivers) {
    const unknown = versions.find((each) => !listed.has(each));
    if (unknown === undefined) continue;
    throw new HarnessError('E_WAIVER', `${place} waives ${check} of release ${unknown}, which ${file} does not list`, {
      hint: `Its releases are ${[...listed].join(', ')}: correct the version, or remove it.`,
    });
  }
  return waiversOfRelease(waivers, version);
}

/** Those of one release, as the results engine takes them: one for each glob of cases. */
export function waiversOfRelease(waivers: readonly SdkWaiver[], version: string): readonly Waiver[] {
  return waivers
    .filter(({ versions }) => versions.includes(version))
    .flatMap(({ cases, check, actual, intermittent, reason, place, issue = place, since, expires }) => {
      const limits = {
        ...(actual === undefined ? {} : { actual }),
        ...(intermittent === undefined ? {} : { intermittent }),
      };
      return cases.map((glob) => ({ case: glob, check, ...limits, reason, issue, since, expires, place }));
    });
}

function refuseUnknownRule(check: string, place: string): void {
  const rule = ruleNamed(check);
  if (rule !== undefined && rule.waivable !== 'never') return;
  const why = rule === undefined ? 'there is no rule of that name' : 'that rule may never be waived';
  throw new HarnessError('E_WAIVER', `${place} waives ${check}, but ${why}`, {
    hint: 'The names of the rules are in suites/sdks/FINDINGS.md; remove the waiver or correct the name.',
  });
}
