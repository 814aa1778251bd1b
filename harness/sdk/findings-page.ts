import type { SdkManifest } from './manifest.ts';
import { sdkRules } from './rules.ts';
import { readWaivers } from './waivers.ts';
import type { SdkWaiver } from './waivers.ts';

/**
 * What the releases are known to do wrong, as Markdown. It is made from the waivers, which the gate holds to be exact:
 * a failure that is not among them is red, and so is one that is among them and does not happen.
 */
export function findingsPage(manifests: readonly SdkManifest[]): string {
  return [
    '# What the SDK releases do wrong',
    '',
    'Made by `pinecone-contract sdk findings` from `suites/sdks/*/waivers.yaml`; a test keeps it true. Every line was seen on the',
    'wire by `pinecone-contract sdk`, which fails when a release does worse, and also when it does better than what is written here.',
    '',
    ...manifests.flatMap(sectionOf),
    '## The rules',
    '',
    '| rule | what must hold |',
    '| --- | --- |',
    ...sdkRules.map(
      ({ name, requirement, waivable }) =>
        `| \`${name}\` | ${requirement}${waivable === 'never' ? ' Never waived.' : ''} |`,
    ),
    '',
  ].join('\n');
}

function sectionOf(manifest: SdkManifest): readonly string[] {
  const waivers = readWaivers(manifest.folder);
  const tried = manifest.releases.filter(({ untried }) => untried === undefined);
  const untried = manifest.releases.filter((release) => release.untried !== undefined);
  return [
    `## ${manifest.title}`,
    '',
    ...(manifest.untried === undefined
      ? [`Run: ${tried.map(({ version, api }) => `${version} (API ${api})`).join(', ')}.`]
      : [`Not run: ${manifest.untried}.`]),
    ...untried.map(({ version, untried: reason }) => `Not run: ${version}, because ${reason ?? ''}.`),
    '',
    ...(waivers.length === 0 && manifest.untried === undefined ? ['Nothing known.', ''] : []),
    ...waivers.flatMap(itemOf),
  ];
}

function itemOf(waiver: SdkWaiver): readonly string[] {
  return [
    `- **${waiver.versions.join(', ')}**: ${waiver.reason}`,
    `  Seen: ${waiver.evidence}`,
    `  (\`${waiver.check}\` in ${waiver.cases.map((glob) => `\`${glob}\``).join(', ')}${waiver.issue === undefined ? '' : `; ${waiver.issue}`})`,
    '',
  ];
}
