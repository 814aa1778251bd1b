import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { globMatcher } from '../cases/select.ts';
import { shippedSuite, type Suite } from '../cases/suite.ts';
import { readWaivers } from '../results/waivers/waiver.ts';
import { allManifests } from '../sdk/releases/manifest.ts';
import { readSdkWaivers } from '../sdk/waivers.ts';
import { deliveredVersion } from '../versions/versions.ts';
import type { OperationDiff } from './operations.ts';

/** What of this repository a person has to look at because of a diff. */
export interface Touched {
  /** Recipes of statuses that changed, and statuses that need one. */
  readonly recipes: readonly string[];
  readonly fixtures: readonly string[];
  /** Waivers whose cases changed, by file and line. */
  readonly waivers: readonly string[];
  /** Releases that are made for one of the two versions. */
  readonly releases: readonly string[];
}

/** What is touched by the diff of an operation; nothing for one that has no suite here. */
export function touchedBy(diff: OperationDiff, versions: readonly [string, string]): Touched {
  const suite = shippedSuite(diff.operation);
  if (suite === undefined) return { recipes: [], fixtures: [], waivers: [], releases: [] };
  const touches = touchedCases(diff);
  return {
    recipes: recipesOf(diff, suite),
    fixtures: fixturesOf(suite, versions)
      .filter(({ id }) => touches(`${diff.operation}/${id}`))
      .map(({ file }) => file),
    waivers: [...ownWaivers(suite, touches), ...sdkWaivers(diff, versions)],
    releases: allManifests().flatMap(({ name, releases }) =>
      releases.filter(({ api }) => versions.includes(api)).map(({ version, api }) => `${name} ${version} (API ${api})`),
    ),
  };
}

/** A change without a status is about every request, and so about every case. */
function touchedCases({ operation, changes, vanish }: OperationDiff): (id: string) => boolean {
  const statuses = new Set(changes.flatMap((change) => change.statuses));
  const all = changes.some((change) => change.statuses.length === 0);
  return (id) => all || vanish.includes(id) || statuses.has(statusOf(operation, id));
}

function statusOf(operation: string, id: string): string {
  return id.startsWith(`${operation}/`) ? (id.slice(operation.length + 1).split('/')[0] ?? '') : '';
}

function recipesOf({ changes }: OperationDiff, suite: Suite): readonly string[] {
  const statuses = [...new Set(changes.flatMap((change) => change.statuses))].sort();
  return statuses.map((status) =>
    Object.hasOwn(suite.recipes, status) ? `${status} in ${suite.file}` : `${status} has none in ${suite.file}`,
  );
}

/** Those of both versions; the fixtures of the delivered version are not in a folder of their own. */
function fixturesOf(
  { folder }: Suite,
  versions: readonly string[],
): readonly { readonly id: string; readonly file: string }[] {
  if (folder === undefined) return [];
  const own = versions.map((version) => join(folder, 'fixtures', version === deliveredVersion ? '' : version));
  return own
    .filter((each) => existsSync(each))
    .flatMap((each) =>
      readdirSync(each)
        .filter((name) => name.endsWith('.json'))
        .sort()
        .map((name) => ({ id: `${name.split('.')[0] ?? ''}/`, file: join(each, name) })),
    );
}

function ownWaivers({ folder }: Suite, touches: (id: string) => boolean): readonly string[] {
  if (folder === undefined) return [];
  return readWaivers(join(folder, 'waivers.yaml'), { optional: true })
    .filter((waiver) => touches(waiver.case))
    .map(({ place }) => place);
}

/** The cases of the SDK gate have the names of the declared ones. */
function sdkWaivers(diff: OperationDiff, versions: readonly [string, string]): readonly string[] {
  const touches = touchedCases(diff);
  const known = [...new Set([...diff.cases, ...diff.vanish])].filter(touches).map((id) => `sdk/${id}`);
  return allManifests().flatMap(({ folder, releases }) => {
    const spoken = releases.filter(({ api }) => versions.includes(api)).map(({ version }) => version);
    return readSdkWaivers(folder)
      .filter((waiver) => waiver.versions.some((version) => spoken.includes(version)))
      .filter(({ cases }) => cases.map(globMatcher).some((matches) => known.some(matches)))
      .map(({ place }) => place);
  });
}
