import { isDeepStrictEqual } from 'node:util';
import { Command } from 'commander';
import { HarnessError } from '../core/errors.ts';
import type { ExitCode, RunRecord } from '../model/record.ts';
import { latestRuns } from '../report/matrix.ts';
import { terminalReport } from '../report/terminal/terminal.ts';
import { terminalMatrix } from '../report/terminal/terminal-matrix.ts';
import { mergeShards } from '../results/merge-shards.ts';
import { coloured, columns, notify, say } from './shared/output.ts';
import { optionGroups } from './options/option-groups.ts';
import { readRun } from './shared/read-run.ts';
import { type ReportingOptions, reportingOptions } from './options/reporting.ts';
import { annotateGitHub } from './shared/annotate-github.ts';
import { releaseSteps } from '../report/sdk/history-text.ts';
import { writeSdkReports } from '../report/sdk/write-reports.ts';
import { writeReports } from '../report/write-reports.ts';

interface ReportOptions extends ReportingOptions {
  readonly reports: string;
  readonly verbose?: true;
}

/** `pinecone-contract report`: runs of shards, targets and SDKs as one set of reports. */
export function reportCommand(): Command {
  const command = new Command('report')
    .description('merge runs (shards, targets, SDK releases) into one set of reports')
    .argument('<run.json...>', 'what `run` and `sdk` wrote; several of one subject become its history')
    .optionsGroup(optionGroups.written)
    .option('--reports <dir>', 'where the reports go', 'reports')
    .option('--verbose', 'print every failure');
  return reportingOptions(command).action(async (files: readonly string[], options: ReportOptions) => {
    process.exitCode = await report(files, options);
  });
}

async function report(files: readonly string[], options: ReportOptions): Promise<ExitCode> {
  const { read, unreadable } = readAll(files);
  if (unreadable.length > 0) {
    for (const error of unreadable) notify(`error: ${error.message}`);
    notify(`  ${unreadable[0]?.hint ?? ''}`);
    return 2;
  }
  const twice = read.find((run, place) => read.slice(0, place).some((other) => isDeepStrictEqual(other, run)));
  if (twice !== undefined) {
    throw new HarnessError('E_USAGE', 'the same run was given twice', {
      hint: 'Name each run.json once. A later run of the same subject is shown as its history.',
    });
  }
  const runs = mergeShards(read);
  const exit = worst(latestRuns(runs));
  if (options.json === true) say(JSON.stringify(runs, null, 2));
  else if (options.quiet !== true || exit !== 0)
    say([terminal(runs, options), ...releaseSteps(runs, columns())].join('\n'));
  writeReports(runs, options.reports);
  writeSdkReports(runs, options.reports);
  if (options.github === true) await annotateGitHub(runs);
  return exit;
}

/** Every unreadable file is reported, not only the first. */
function readAll(files: readonly string[]): {
  readonly read: readonly RunRecord[];
  readonly unreadable: readonly HarnessError[];
} {
  const read: RunRecord[] = [];
  const unreadable: HarnessError[] = [];
  for (const file of files) {
    try {
      read.push(readRun(file));
    } catch (thrown) {
      if (!(thrown instanceof HarnessError)) throw thrown;
      unreadable.push(thrown);
    }
  }
  return { read, unreadable };
}

function terminal(runs: readonly RunRecord[], options: ReportOptions): string {
  const style = {
    columns: columns(),
    colour: coloured(),
    verbose: options.verbose === true,
    reports: options.reports,
  };
  const [only, ...others] = runs;
  return only !== undefined && others.length === 0
    ? terminalReport(only, { ...style, quiet: options.quiet === true })
    : terminalMatrix(runs, style);
}

/** A violation says most, then an unknown result, then what is unproved. */
const worstFirst: readonly ExitCode[] = [1, 130, 3, 2, 4, 0];

function worst(runs: readonly RunRecord[]): ExitCode {
  return worstFirst.find((exit) => runs.some((run) => run.outcome.exit === exit)) ?? 2;
}
