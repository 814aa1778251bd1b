import { Command } from 'commander';
import type { Json } from '../model/document.ts';
import { excerptText } from '../versions/excerpt.ts';
import { checkVersion, type VersionCheck } from '../versions/check-versions.ts';
import { apiVersion, apiVersions } from '../versions/versions.ts';
import { optionGroups } from './options/option-groups.ts';
import { collected } from './options/options.ts';
import { type Annotation, type ReportingOptions, reportingOptions, tell } from './options/reporting.ts';
import { say } from './shared/output.ts';

interface SpecsOptions extends ReportingOptions {
  readonly from?: string;
  readonly api: readonly string[];
}

/** `pinecone-contract specs`: the documents of the API versions; `check` compares them with the published ones. */
export function specsCommand(): Command {
  const check = reportingOptions(
    new Command('check')
      .description('compare the documents of specs/ with the published ones; exit 1 where they disagree')
      .optionsGroup('Which documents:')
      .option('--from <dir|url>', 'where the published documents are: a folder, or the start of a URL')
      .option('--api <version>', 'only this API version; may be given more than once', collected, []),
  ).action(async ({ from, api, ...options }: SpecsOptions) => {
    const wanted = api.length === 0 ? apiVersions() : api.map(apiVersion);
    const checks: VersionCheck[] = [];
    for (const version of wanted) checks.push(await checkVersion(version, from));
    const annotations = checks.flatMap(annotationsOf);
    process.exitCode = tell(options, {
      exit: annotations.length > 0 ? 1 : 0,
      json: checks,
      text: checks.flatMap(linesOf).join('\n'),
      annotations,
    });
  });
  return new Command('specs')
    .description('list the documents of the API versions; `specs check` compares them with the published ones')
    .optionsGroup(optionGroups.written)
    .option('--json', 'print JSON to stdout, and nothing else')
    .action(({ json }: { readonly json?: true }) => {
      const found = apiVersions().map(({ version, file, compared }) => ({ version, file, compared }));
      const lines = found.map(({ version, file, compared }) => `${version}  ${file}  compared ${compared}`);
      say(json === true ? JSON.stringify(found, null, 2) : lines.join('\n'));
    })
    .addCommand(check);
}

function annotationsOf({ version, ours, theirs, operations }: VersionCheck): readonly Annotation[] {
  return operations.flatMap(({ operation, disagreements }) =>
    disagreements.map((each) => ({
      at: { file: ours, line: 0, pointer: each.pointer },
      title: `${operation} of ${version}: not as published, ${each.pointer}`,
      text: `ours: ${shown(each.ours)}\ntheirs: ${shown(each.theirs)} (${theirs})`,
    })),
  );
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
