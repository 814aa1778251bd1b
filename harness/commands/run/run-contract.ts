import { HarnessError } from '../../core/errors.ts';
import { shownUrl } from '../../core/text/shown-url.ts';
import type { Case } from '../../model/case.ts';
import { type Shard, selectCases } from '../../cases/select.ts';
import type { ContractOptions } from '../../contract.ts';
import { listingCommand } from '../options/listing-command.ts';
import { loadContractWithWarnings } from '../shared/load-contract.ts';
import type { RunRecord } from '../../model/record.ts';
import { terminalReport } from '../../report/terminal/terminal.ts';
import { watched } from '../shared/collect.ts';
import type { ReportingOptions } from '../options/reporting.ts';
import type { TargetOptions } from '../options/target-options.ts';
import { readRun } from '../shared/read-run.ts';
import { runToResume } from '../shared/runs-to-resume.ts';
import { coloured, columns, say } from '../shared/output.ts';
import { prepareReportsFolder } from '../shared/reports-folder.ts';
import { refuseProposalTo, waiversOf, writeProposal } from '../shared/waivers.ts';
import { apiVersions } from '../../versions/versions.ts';

export interface RunCommandOptions extends ContractOptions, TargetOptions, ReportingOptions {
  readonly all?: true;
  readonly tag: readonly string[];
  readonly case: readonly string[];
  readonly onlyFailed?: string;
  readonly resume: readonly string[];
  readonly failFast?: number | true;
  readonly waivers?: string;
  readonly proposeWaivers?: string;
  readonly reports: string;
  readonly shard?: Shard;
  readonly seed?: number;
  readonly repeat: number;
  readonly strict?: true;
  readonly verbose?: true;
}

/** Runs the cases, writes the reports, and resolves to the exit code. */
export async function runContract(name: string | undefined, options: RunCommandOptions): Promise<number> {
  const started = new Date();
  const record = await recordContract(name, options);
  if (options.json === true) say(JSON.stringify(record, null, 2));
  else if (options.quiet !== true || record.outcome.exit !== 0) {
    say(
      terminalReport(record, {
        columns: columns(),
        colour: coloured(),
        verbose: options.verbose === true,
        quiet: options.quiet === true,
        reports: options.reports,
      }),
    );
    if (namesNoDocument(options) && options.quiet !== true) say(otherVersions(record.document.version));
  }
  await keepRuns([record], options, started);
  return record.outcome.exit;
}

/** Nothing was said of which document is meant, so that the delivered one is taken. */
function namesNoDocument({ spec, suite, api }: RunCommandOptions): boolean {
  return spec === undefined && suite === undefined && api === undefined;
}

function otherVersions(version: string): string {
  const others = apiVersions().flatMap((each) => (each.version === version ? [] : [each.version]));
  return `other API versions: ${others.join(', ')}\n  --api VERSION runs one of them, --api all runs each`;
}

/** Runs the cases of one contract. */
export async function recordContract(name: string | undefined, options: RunCommandOptions): Promise<RunRecord> {
  const contract = await loadContractWithWarnings(name, options);
  const { suite, cases } = contract;
  const selected = selectCases(options.onlyFailed === undefined ? cases : failedIn(options.onlyFailed, cases), {
    globs: options.case,
    listing: listingCommand(name, options),
    ...(options.shard === undefined ? {} : { shard: options.shard }),
  });
  const waivers = waiversOf(options.waivers, suite, options.target);
  const resume = options.resume.length === 0 ? undefined : runToResume(options.resume, contract.operation.id);
  refuseProposalTo(options.proposeWaivers);
  prepareReportsFolder(options.reports);
  const { verifyContract } = await import('../../verify.ts');
  const quiet = options.quiet === true || options.json === true;
  const how = { cases: selected, quiet, waivers };
  return watched(contract, options, how, (collect) =>
    verifyContract({
      ...collect,
      waivers,
      strict: options.strict === true,
      repeat: options.repeat,
      options: reproduceOptions(options),
      ...(options.seed === undefined ? {} : { seed: options.seed }),
      ...(resume === undefined ? {} : { resume }),
      ...(options.failFast === undefined ? {} : { failFast: options.failFast === true ? 1 : options.failFast }),
      ...(options.shard === undefined ? {} : { shard: `${options.shard.index}/${options.shard.of}` }),
    }),
  );
}

/** Writes what is kept of runs: the reports, proposed waivers, the annotations of GitHub. */
export async function keepRuns(
  records: readonly RunRecord[],
  options: RunCommandOptions,
  started: Date,
): Promise<void> {
  const { writeReports } = await import('../../report/write-reports.ts');
  writeReports(records, options.reports);
  if (options.proposeWaivers !== undefined) {
    const cases = records.flatMap((record) => record.cases);
    await writeProposal(options.proposeWaivers, cases, started);
  }
  if (options.github !== true) return;
  const { annotateGitHub } = await import('../shared/annotate-github.ts');
  await annotateGitHub(records);
}

/** The cases that were red in another run, and are not waived. */
function failedIn(file: string, cases: readonly Case[]): readonly Case[] {
  const { cases: records } = readRun(file);
  const red = new Set(
    records.filter(({ status, waived }) => /^(?:fail|error)$/.test(status) && waived === undefined).map(({ id }) => id),
  );
  const found = cases.filter(({ id }) => red.has(id));
  if (found.length > 0) return found;
  throw new HarnessError('E_NOTHING_SELECTED', `no case of this operation failed in ${file}`, {
    hint: red.size === 0 ? 'Leave --only-failed out to run all cases.' : 'Name the operation that it is a run of.',
  });
}

/** The options that are needed to run against the same server in the same states. */
export function reproduceOptions(options: RunCommandOptions): readonly string[] {
  return [
    ...(options.config === undefined ? [] : ['--config', options.config]),
    ...(options.suite === undefined ? [] : ['--suite', options.suite]),
    ...(options.target !== 'fixtures' || options.fixtures === undefined ? [] : ['--fixtures', options.fixtures]),
    ...(options.states === undefined ? [] : ['--states', shownUrl(options.states)]),
    ...(options.allowDestructive === true ? ['--allow-destructive'] : []),
    ...(options.allowCreate === true ? ['--allow-create'] : []),
    ...(options.allowProduction === true ? ['--allow-production'] : []),
    ...(options.allowPlainHttp === true ? ['--allow-plain-http'] : []),
  ];
}
