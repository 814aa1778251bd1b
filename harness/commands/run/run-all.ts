import { inShard, selectCases } from '../../cases/select.ts';
import { type Contract, loadContracts, type RefusedOperation } from '../../contract.ts';
import { HarnessError } from '../../core/errors.ts';
import { printable } from '../../core/text/printable.ts';
import type { Case } from '../../model/case.ts';
import type { ExitCode, RunRecord } from '../../model/record.ts';
import { allReport } from '../../report/terminal/terminal-all.ts';
import { knownFailures } from '../../results/waivers/known-failures.ts';
import { gravestExit } from '../../results/outcome.ts';
import { defaultDeadlineMs, verifyContract } from '../../verify.ts';
import { watchRun } from '../shared/interrupts.ts';
import { listingCommand } from '../options/listing-command.ts';
import { openTarget } from '../shared/open-target.ts';
import { coloured, columns, notify, say } from '../shared/output.ts';
import { prepareReportsFolder } from '../shared/reports-folder.ts';
import { waiversOf } from '../shared/waivers.ts';
import { runsToResume } from '../shared/runs-to-resume.ts';
import { reproduceOptions, type RunCommandOptions } from './run-contract.ts';

/** Runs every operation of a document one after another, writes one set of reports, and resolves to the exit code. */
export async function runAll(options: RunCommandOptions): Promise<number> {
  const { contracts, refused, warnings } = await loadContracts({ ...options, tags: options.tag });
  for (const warning of warnings) notify(`warning: ${warning}`);
  const jobs = selected(contracts, options);
  const before = runsToResume(options.resume);
  refuseOtherOperations(before, jobs);
  prepareReportsFolder(options.reports);
  const quiet = options.quiet === true || options.json === true;
  const total = jobs.reduce((sum, { cases }) => sum + cases.length, 0);
  const watch = watchRun({ total, quiet });
  const records: RunRecord[] = [];
  const failed: RefusedOperation[] = [...refused];
  const deadlineMs = options.deadline === undefined ? defaultDeadlineMs(total) : options.deadline * 1000;
  const end = performance.now() + deadlineMs;
  try {
    for (const { contract, cases, allShards } of jobs) {
      const resume = before.get(contract.operation.id);
      const leftMs = Math.ceil(end - performance.now());
      if (watch.signal.aborted || leftMs <= 0) {
        failed.push({ operation: contract.operation.id, error: notRun(watch.signal.aborted, deadlineMs) });
        // What an earlier part of the run found is not lost because this part was cut off, too.
        if (resume !== undefined) records.push(resume);
        continue;
      }
      try {
        const waivers = waiversOf(undefined, contract.suite, options.target);
        const isKnown = knownFailures({ ...contract, waivers, started: new Date() });
        records.push(
          await verifyContract({
            contract,
            cases,
            target: (signal) => openTarget(contract, options, { onWaiting: watch.waiting, signal }),
            waivers,
            strict: options.strict === true,
            repeat: options.repeat,
            options: reproduceOptions(options),
            ...(options.shard === undefined ? {} : { shard: `${options.shard.index}/${options.shard.of}`, allShards }),
            ...(resume === undefined ? {} : { resume }),
            signal: watch.signal,
            onArranging: watch.arranging,
            onVerdict: (verdict) => watch.verdict(verdict, isKnown),
            ...(options.seed === undefined ? {} : { seed: options.seed }),
            ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
            deadlineMs: leftMs,
          }),
        );
      } catch (thrown) {
        // A credential that one operation lacks says nothing about the others.
        if (!(thrown instanceof HarnessError) || !aboutOneOperation.has(thrown.code)) throw thrown;
        failed.push({ operation: contract.operation.id, error: thrown });
      }
    }
  } finally {
    watch.stop();
  }
  const exit = exitOf(records, failed, watch.signal.aborted);
  if (options.json === true) {
    say(JSON.stringify(records, null, 2));
    for (const { operation, error } of failed)
      notify(`not tested: ${printable(operation)}: ${printable(error.message)}`);
  } else if (options.quiet !== true || exit !== 0) {
    say(
      allReport(
        { runs: records, refused: failed.map(({ operation, error }) => `${operation}: ${error.message}`), exit },
        {
          columns: columns(),
          colour: coloured(),
          verbose: options.verbose === true,
          quiet: options.quiet === true,
          reports: options.reports,
        },
      ),
    );
  }
  const { writeReports } = await import('../../report/write-reports.ts');
  writeReports(records, options.reports);
  if (options.github === true) await (await import('../shared/annotate-github.ts')).annotateGitHub(records);
  return exit;
}

function notRun(interrupted: boolean, deadlineMs: number): HarnessError {
  if (interrupted) return new HarnessError('E_INTERRUPTED', 'not run: the run was interrupted', { kind: 'harness' });
  const message = `not run: the deadline of the run, ${deadlineMs / 1000} s, passed before its turn`;
  const hint = 'Give the run more time with --deadline SECONDS.';
  return new HarnessError('E_DEADLINE', message, { kind: 'harness', hint });
}

const aboutOneOperation: ReadonlySet<string> = new Set(['E_CREDENTIAL', 'E_SAMPLE', 'E_SCHEMA', 'E_REF']);

/** A contract and its cases to run. */
interface Job {
  readonly contract: Contract;
  readonly cases: readonly Case[];
  /** How many there are in all shards. */
  readonly allShards: number;
}

/** The cases of each contract that the globs choose; a glob that matches no case of any operation is an error. */
function selected(contracts: readonly Contract[], options: RunCommandOptions): readonly Job[] {
  const { case: globs, shard } = options;
  if (contracts.length === 0) return [];
  const all = contracts.flatMap(({ cases }) => cases);
  const chosen = new Set(selectCases(all, { globs, listing: listingCommand(undefined, { ...options, all: true }) }));
  const jobs = contracts
    .map((contract): Job => {
      const own = contract.cases.filter((one) => chosen.has(one));
      const cases = shard === undefined ? own : own.filter((one) => inShard(one, shard));
      return { contract, cases, allShards: own.length };
    })
    .filter(({ cases }) => cases.length > 0);
  if (jobs.length > 0) return jobs;
  throw new HarnessError('E_NOTHING_SELECTED', 'no case of any operation is in this shard, so nothing can be proved', {
    hint: 'Use fewer shards.',
  });
}

/** The run of an operation that is not run now would be lost. */
function refuseOtherOperations(before: ReadonlyMap<string, RunRecord>, jobs: readonly Job[]): void {
  const stray = [...before.keys()].find((id) => !jobs.some(({ contract }) => contract.operation.id === id));
  if (stray === undefined) return;
  throw new HarnessError('E_RESUME', `--resume names a run of ${stray}, which is not among the operations to run`, {
    hint: 'Give the same command line as then, and --resume.',
  });
}

/** An operation that cannot be tested is a mistake of the document or of the set-up, as it is for a run of it alone. */
function exitOf(records: readonly RunRecord[], failed: readonly RefusedOperation[], interrupted: boolean): ExitCode {
  if (interrupted) return 130;
  const own = records.map(({ outcome }) => outcome.exit);
  return gravestExit([...own, ...failed.map(({ error }) => error.exit)]);
}
