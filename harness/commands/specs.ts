import { Command } from 'commander';
import type { Json } from '../model/document.ts';
import { excerptText } from '../versions/excerpt.ts';
import { checkVersion, type VersionCheck } from '../versions/check-versions.ts';
import { apiVersion, apiVersions } from '../versions/versions.ts';
import { optionGroups } from './shared/option-groups.ts';
import { collected } from './shared/options.ts';
import { say } from './shared/output.ts';

interface SpecsOptions {
  readonly from?: string;
  readonly api: readonly string[];
  readonly json?: true;
}

/** `pinecone-contract specs`: the documents of the API versions; `check` compares them with the published ones. */
export function specsCommand(): Command {
  const check = new Command('check')
    .description('compare the documents of specs/ with the published ones; exit 1 where they disagree')
    .optionsGroup('Which documents:')
    .option('--from <dir|url>', 'where the published documents are: a folder, or the start of a URL')
    .option('--api <version>', 'only this API version; may be given more than once', collected, [])
    .optionsGroup(optionGroups.written)
    .option('--json', 'print JSON')
    .action(async ({ from, api, json }: SpecsOptions) => {
      const wanted = api.length === 0 ? apiVersions() : api.map(apiVersion);
      const checks: VersionCheck[] = [];
      for (const version of wanted) checks.push(await checkVersion(version, from));
      say(json === true ? JSON.stringify(checks, null, 2) : checks.flatMap(linesOf).join('\n'));
      if (checks.some(({ operations }) => operations.some(({ disagreements }) => disagreements.length > 0)))
        process.exitCode = 1;
    });
  return new Command('specs')
    .description('list the documents of the API versions; `specs check` compares them with the published ones')
    .action(() =>
      say(
        apiVersions()
          .map(({ version, file, compared }) => `${version}  ${file}  compared ${compared}`)
          .join('\n'),
      ),
    )
    .addCommand(check);
}

function linesOf({ version, ours, theirs, operations }: VersionCheck): readonly string[] {
  return [
    `${version}: ${ours} and ${theirs}`,
    ...operations.flatMap(({ operation, disagreements }) => [
      `  ${operation}: ${disagreements.length === 0 ? 'agree' : `disagree in ${disagreements.length} places`}`,
      ...disagreements.flatMap((each) => [
        `    ${each.pointer}`,
        `      ours:   ${shown(each.ours)}`,
        `      theirs: ${shown(each.theirs)}`,
      ]),
    ]),
  ];
}

function shown(value: Json | undefined): string {
  return value === undefined ? 'nothing' : excerptText(value);
}
