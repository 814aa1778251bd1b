import { Command, Option } from 'commander';
import { findingsPage } from '../sdk/findings-page.ts';
import type { MissingToolchain } from '../sdk/releases/not-judged.ts';
import { allManifests } from '../sdk/releases/manifest.ts';
import { collected, versionedOptions, whole } from './shared/options.ts';
import { say } from './shared/output.ts';
import { gateSdks } from './sdk-gate.ts';
import type { SdkOptions } from './sdk-gate.ts';
import { listed, prepareSdks } from './sdk-install.ts';
import { plansByApi } from './sdk-operation.ts';

/** `pinecone-contract sdk`: real SDK releases against the scripted server. */
export function sdkCommand(): Command {
  const command = versionedOptions(new Command('sdk'), 'the one that each release speaks')
    .description(
      'gate SDK releases: the real clients against a scripted server, each judged by the document of its API version',
    )
    .argument('[name...]', 'SDKs, such as python js; default: all')
    .option('--version <version>', 'one release, listed in sdk.yaml or not')
    .option('--package <path>', 'a local artefact in place of a release')
    .option('--case <glob>', 'only these cases; may be repeated', collected, [])
    .option('--reports <dir>', 'where the reports go', 'reports')
    .option('--concurrency <n>', 'cases at a time; most of them wait for something', whole(1))
    .option('--no-isolation', 'leave the network namespace out')
    .addOption(missingToolchain())
    .option('--json', 'print the run records to stdout, and nothing else')
    .action(async (names: readonly string[], options: SdkOptions) => {
      process.exitCode = await gateSdks(names, options);
    });
  command
    .command('prepare')
    .description('install the releases and build the drivers, once')
    .argument('[name...]', 'SDKs; default: all')
    .addOption(missingToolchain())
    .action(async (names: readonly string[], options: { readonly missingToolchain: MissingToolchain }) => {
      process.exitCode = await prepareSdks(names, options);
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
      const manifests = allManifests();
      say(findingsPage(manifests, await plansByApi(manifests)));
    });
  return command;
}

function missingToolchain(): Option {
  return new Option(
    '--missing-toolchain <fail|skip>',
    'whether an SDK whose language is not on this machine fails the gate',
  )
    .choices(['fail', 'skip'])
    .default('fail');
}
