import { Command } from 'commander';
import { selectCases, type Shard } from '../cases/select.ts';
import type { RunRecord } from '../model.ts';
import { terminalReport } from '../report/terminal.ts';
import { recordRun } from '../run/run-record.ts';
import { type ContractOptions, loadContract } from '../contract.ts';
import { collected as listed, contractOptions, say, shard, whole, coloured } from './options.ts';
import { type TargetOptions, targetOptions } from './open-target.ts';
import { collect } from './collect.ts';
import { prepareReportsFolder } from './reports-folder.ts';
import { waiversOf, writeProposal } from './waivers.ts';
import { writeReports } from './write-reports.ts';

interface RunCommandOptions extends ContractOptions, TargetOptions {
  readonly case: readonly string[];
  readonly waivers?: string;
  readonly proposeWaivers?: string;
  readonly reports: string;
  readonly shard?: Shard;
  readonly seed?: number;
  readonly repeat: number;
  readonly strict?: true;
  readonly json?: true;
  readonly github?: true;
  readonly quiet?: true;
  readonly verbose?: true;
}

/** `pinecone-contract run`: the cases against a target, a verdict for each, reports, an exit code. */
export function runCommand(): Command {
  return targetOptions(contractOptions(new Command('run')))
    .description('run the contract against the mock, the fixtures or a live server')
    .argument('[operation]', 'operationId, or METHOD /path', undefined)
    .option('--case <glob>', 'only these cases; may be repeated', listed, [])
    .option('--waivers <file>', "known failures; default: the suite's waivers.yaml, for URLs")
    .option('--propose-waivers <file>', 'write the waivers that would cover the failures of this run')
    .option('--reports <dir>', 'where the reports go', 'reports')
    .option('--shard <I/N>', 'run one of N parts', shard)
    .option('--seed <n>', 'for generated ids', whole(0))
    .option('--repeat <n>', 'run each case this often; different verdicts are a flake', whole(1), 1)
    .option('--strict', 'advice fails the run, too')
    .option('--json', 'print run.json to stdout, and nothing else')
    .option('--github', 'annotate the document and write the summary of the workflow job')
    .option('--quiet', 'print the summary only')
    .option('--verbose', 'print every case')
    .action(async (name: string | undefined, options: RunCommandOptions) => {
      process.exitCode = await runContract(name, options);
    });
}

async function runContract(name: string | undefined, options: RunCommandOptions): Promise<number> {
  const started = new Date();
  const start = performance.now();
  const contract = await loadContract(name, options);
  const { operation, suite, cases } = contract;
  const selected = selectCases(cases, {
    globs: options.case,
    ...(options.shard === undefined ? {} : { shard: options.shard }),
  });
  const waivers = waiversOf(options.waivers, suite, options.target);
  const seed = options.seed ?? Math.floor(Math.random() * 2 ** 31);
  prepareReportsFolder(options.reports);
  const { verdicts, ...collected } = await collect(contract, options, {
    cases: selected,
    seed,
    repeat: options.repeat,
    quiet: options.quiet === true || options.json === true,
  });
  const record = recordRun({
    operation,
    suite,
    cases,
    verdicts,
    ...collected,
    waivers,
    strict: options.strict === true,
    seed,
    started,
    ms: performance.now() - start,
    options: againOptions(options),
    ...(options.shard === undefined ? {} : { shard: `${options.shard.index}/${options.shard.of}` }),
  });
  if (options.json === true) say(JSON.stringify(record, null, 2));
  else {
    say(
      terminalReport(record, {
        columns: process.stdout.columns || 80,
        colour: coloured(),
        verbose: options.verbose === true,
        quiet: options.quiet === true,
        reports: options.reports,
      }),
    );
  }
  await writeReports([record], options.reports);
  if (options.proposeWaivers !== undefined) await writeProposal(options.proposeWaivers, record.cases, started);
  if (options.github === true) await tellGitHubOf(record);
  return record.outcome.exit;
}

async function tellGitHubOf(record: RunRecord): Promise<void> {
  const { tellGitHub } = await import('./tell-github.ts');
  tellGitHub([record]);
}

/** What must be typed again to meet the same server in the same states. */
function againOptions(options: RunCommandOptions): readonly string[] {
  return [
    ...(options.suite === undefined ? [] : ['--suite', options.suite]),
    ...(options.states === undefined ? [] : ['--states', options.states]),
    ...(options.allowDestructive === true ? ['--allow-destructive'] : []),
    ...(options.allowProduction === true ? ['--allow-production'] : []),
    ...(options.allowPlainHttp === true ? ['--allow-plain-http'] : []),
  ];
}
