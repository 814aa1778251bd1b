import { gradeOf } from '../report/sdk/grade.ts';
import { matchesGlob } from '../cases/select.ts';
import type { Release, SdkManifest, Sends } from './releases/manifest.ts';
import { sdkRules } from './rules/rules.ts';
import type { SdkPlan } from './cases/sdk-case.ts';
import { readSdkWaivers } from './waivers.ts';
import type { SdkWaiver } from './waivers.ts';
import type { Meaning } from './server/script.ts';

/** The plans of each API version that a release is made for. */
type PlansByApi = ReadonlyMap<string, readonly SdkPlan[]>;

/**
 * What the releases are known to do wrong, as Markdown. It is made from the waivers, which the gate holds to be exact:
 * a failure that is not among them is red, and so is one that is among them and does not happen.
 */
export function findingsPage(manifests: readonly SdkManifest[], plans: PlansByApi): string {
  return [
    '# What the SDK releases do wrong',
    '',
    'Made by `pinecone-contract sdk findings` from `suites/sdks/*/waivers.yaml`; a test keeps it true. Every line was seen on the',
    'wire by `pinecone-contract sdk`, which fails when a release does worse, and also when it does better than what is written here.',
    '',
    ...tableOf(manifests, plans),
    ...manifests.flatMap(sectionOf),
    '## The rules',
    '',
    'A hazard is a finding of its own severity: the user is led to believe what is not so. It fails the gate as a violation does.',
    '',
    '| rule | severity | what must hold |',
    '| --- | --- | --- |',
    ...sdkRules.map(
      ({ name, requirement, waivable, severity = 'violation' }) =>
        `| \`${name}\` | ${severity} | ${requirement}${waivable === 'never' ? ' Never waived.' : ''} |`,
    ),
    '',
  ].join('\n');
}

/** One line for each release that ran: what a user sees of each declared error, and where the wire goes wrong. */
function tableOf(manifests: readonly SdkManifest[], plans: PlansByApi): readonly string[] {
  const ran = manifests
    .filter(({ untried }) => untried === undefined)
    .flatMap((manifest) => {
      const waivers = readSdkWaivers(manifest.folder);
      const releases = manifest.releases.filter(({ untried }) => untried === undefined);
      return releases.map((release) => ({ name: manifest.name, release, waivers }));
    });
  const keys = [...new Set(ran.flatMap(({ release }) => errorsOf(plans, release).map(keyOf)))].sort();
  return [
    "Of each declared error a user should see that **1** one is raised, **2** of the SDK's own type, **3** with the status,",
    '**4** with the code and **5** with the message of the server; `-` stands where that is not so. Each release is judged by the',
    'document of its API version: an empty field is an error that this version does not declare, and a 401 of',
    '2026-07 is plain text, which has no code (`·`).',
    '',
    `| release | API | ${keys.join(' | ')} | hostile ids | key follows redirects | sends of a lasting 500 | hazards |`,
    `| --- | --- | ${keys.map(() => '---').join(' | ')} | --- | --- | --- | --- |`,
    ...ran.map((each) => rowOf(each, keys, plans)),
    '',
  ];
}

interface Ran {
  readonly name: string;
  readonly release: Release;
  readonly waivers: readonly SdkWaiver[];
}

function errorsOf(plans: PlansByApi, { api }: Release): readonly SdkPlan[] {
  return (plans.get(api) ?? []).filter(({ group, reply }) => group === 'declared' && reply.means.kind === 'error');
}

function keyOf({ response }: SdkPlan): string {
  return response?.key ?? '';
}

function rowOf({ name, release, waivers }: Ran, keys: readonly string[], plans: PlansByApi): string {
  const broken = (rule: string, id: string): boolean =>
    waivers.some(
      ({ check, cases, versions }) =>
        check === rule && versions.includes(release.version) && cases.some((glob) => matchesGlob(id, glob)),
    );
  const errors = errorsOf(plans, release);
  const grades = keys.map((key) =>
    errors
      .filter((plan) => keyOf(plan) === key)
      .map(({ id, reply }) => `\`${gradeOf((rule) => broken(rule, id), hasCode(reply.means))}\``)
      .join(' '),
  );
  const own = plans.get(release.api) ?? [];
  const ids = own.filter(({ group }) => group === 'id');
  const wrong = ids.filter(({ id }) => broken('sdk/path', id)).map(({ id }) => id.split('/').at(-1) ?? id);
  const follows = own.some(({ id }) => broken('sdk/key-stays-home', id));
  return `| ${[
    `${name} ${release.version}`,
    release.api,
    ...grades,
    wrong.length === 0 ? `all ${ids.length} held` : `${wrong.length} of ${ids.length} wrong: ${wrong.join(', ')}`,
    follows ? 'yes' : 'no',
    sendsInWords(release.sends['server-error']),
    hazardsIn(own, broken),
  ].join(' | ')} |`;
}

const hazardRules = sdkRules.filter(({ severity }) => severity === 'hazard').map(({ name }) => name);

/** The cases in which a user is led to believe what is not so. */
function hazardsIn(plans: readonly SdkPlan[], broken: (rule: string, id: string) => boolean): string {
  const found = plans.filter(({ id }) => hazardRules.some((rule) => broken(rule, id)));
  return found.length === 0 ? 'none' : found.map(({ id }) => `**${id.split('/').at(-1) ?? id}**`).join(', ');
}

function sendsInWords({ min, max }: Sends): string {
  return min === max ? String(max) : `${min} to ${max}`;
}

function sectionOf(manifest: SdkManifest): readonly string[] {
  const waivers = readSdkWaivers(manifest.folder);
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
    `- **${waiver.versions.join(', ')}**${waiver.intermittent === true ? ' (not in every run)' : ''}: ${hazardRules.includes(waiver.check) ? '**Hazard.** ' : ''}${waiver.reason}`,
    `  Seen: ${waiver.evidence}`,
    `  (\`${waiver.check}\` in ${waiver.cases.map((glob) => `\`${glob}\``).join(', ')}${waiver.issue === undefined ? '' : `; ${waiver.issue}`})`,
    '',
  ];
}

function hasCode(means: Meaning): boolean {
  return means.kind === 'error' && means.code !== undefined;
}
