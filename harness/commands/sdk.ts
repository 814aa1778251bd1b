import { Command, Option } from 'commander';
import { HarnessError } from '../core/errors.ts';
import { printable } from '../core/text/printable.ts';
import { closestTo } from '../openapi/closest.ts';
import { findingsPage } from '../sdk/findings-page.ts';
import { allManifests, askedManifests } from '../sdk/releases/manifest.ts';
import { optionGroups } from './options/option-groups.ts';
import { collected, sdkFolders, versionedOptions, whole } from './options/options.ts';
import { reportingOptions } from './options/reporting.ts';
import { say } from './shared/output.ts';
import { gateSdks } from './sdk/gate.ts';
import type { SdkOptions } from './sdk/options.ts';
import { initLanguages, initSdk } from './sdk/init.ts';
import type { InitLanguage } from './sdk/init.ts';
import { listed, listedSdk, prepareSdks } from './sdk/install.ts';
import { plansByApi } from './sdk/operation.ts';

/** `pinecone-contract sdk`: real SDK releases against the scripted server. */
export function sdkCommand(): Command {
  const command = versionedOptions(new Command('sdk'), 'that of each release')
    .description(
      'gate SDK releases: the real clients against a scripted server, each judged by the document of its API version',
    )
    .argument('[name...]', 'SDKs, such as python js; default: all')
    .optionsGroup('Which releases:')
    .addOption(sdkFolders())
    .option('--version <version>', 'one release, listed in sdk.yaml or not')
    .option('--package <path>', 'a local artefact, such as a wheel or a tarball, in place of a release')
    .optionsGroup(optionGroups.cases)
    .option('--case <glob>', 'only these cases; may be repeated', collected, [])
    .optionsGroup(optionGroups.run)
    .option('--concurrency <n>', 'cases at a time; most of them wait for something', whole(1))
    .option('--no-isolation', 'leave the network namespace out')
    .optionsGroup(optionGroups.counts)
    .addOption(missingToolchain())
    .optionsGroup(optionGroups.written)
    .option('--reports <dir>', 'where the reports go', 'reports');
  reportingOptions(command).action(async (names: readonly string[], options: SdkOptions) => {
    refuseMisspelt(command, names);
    process.exitCode = await gateSdks(names, options);
  });
  command
    .command('prepare')
    .description('install the releases and build the drivers, once')
    .argument('[name...]', 'SDKs; default: all')
    .optionsGroup('Which releases:')
    .addOption(sdkFolders())
    .optionsGroup(optionGroups.counts)
    .addOption(missingToolchain())
    .action(async (names: readonly string[], options: Parameters<typeof prepareSdks>[1]) => {
      process.exitCode = await prepareSdks(names, options);
    });
  command
    .command('list')
    .description('what can run here and, if not, why')
    .optionsGroup('Which releases:')
    .addOption(sdkFolders())
    .optionsGroup(optionGroups.written)
    .option('--json', 'print JSON to stdout, and nothing else')
    .action(async ({ sdk, json }: { readonly sdk: readonly string[]; readonly json?: true }) => {
      const manifests = askedManifests({ names: [], folders: sdk });
      const found = await Promise.all(manifests.map(listedSdk));
      say(json === true ? JSON.stringify(found, null, 2) : found.map(listed).join('\n'));
    });
  command
    .command('init')
    .description('make a folder with sdk.yaml, a driver and waivers to start from')
    .argument('<name>', 'the name of the SDK, which is the name of the folder, too')
    .optionsGroup(optionGroups.written)
    .addOption(
      new Option('--language <language>', 'the language of the driver').choices(initLanguages).makeOptionMandatory(),
    )
    .action((name: string, { language }: { readonly language: InitLanguage }) => {
      say(initSdk(name, language));
    });
  command
    .command('findings')
    .description('what the releases are known to do wrong, as the page suites/sdks/FINDINGS.md')
    .action(async () => {
      const manifests = allManifests();
      say(findingsPage(manifests, await plansByApi(manifests)));
    });
  return command;
}

/** A name that is no SDK's may be that of a command. */
function refuseMisspelt({ commands }: Command, [name = '']: readonly string[]): void {
  const [near] = closestTo(
    name,
    commands.map((each) => each.name()),
  );
  if (near === undefined || allManifests().some((sdk) => sdk.name === name)) return;
  throw new HarnessError('E_USAGE', `there is no SDK and no command of sdk named ${printable(name)}`, {
    hint: `Did you mean: pinecone-contract sdk ${near}`,
  });
}

function missingToolchain(): Option {
  return new Option(
    '--missing-toolchain <fail|skip>',
    'whether an SDK whose language is not on this machine fails the gate',
  )
    .choices(['fail', 'skip'])
    .default('fail');
}
