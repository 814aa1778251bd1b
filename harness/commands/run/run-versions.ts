import { HarnessError } from '../../core/errors.ts';
import type { ExitCode, RunRecord } from '../../model/record.ts';
import { terminalMatrix } from '../../report/terminal/terminal-matrix.ts';
import { gravestExit } from '../../results/outcome.ts';
import { apiVersions } from '../../versions/versions.ts';
import { keepRuns, recordContract, type RunCommandOptions } from './run-contract.ts';
import { coloured, columns, notify, say } from '../shared/output.ts';

/** Runs the contract of each API version, shows them side by side, and resolves to the gravest exit code. */
export async function runVersions(name: string | undefined, options: RunCommandOptions): Promise<number> {
  const started = new Date();
  const records: RunRecord[] = [];
  const refused: { readonly version: string; readonly error: HarnessError }[] = [];
  const end = options.deadline === undefined ? undefined : performance.now() + options.deadline * 1000;
  for (const { version } of apiVersions()) {
    try {
      const left = leftOf(end, options.deadline);
      records.push(await recordContract(name, { ...options, ...left, api: version }));
    } catch (thrown) {
      if (!(thrown instanceof HarnessError) || !isAboutVersion(thrown)) throw thrown;
      refused.push({ version, error: thrown });
    }
    if (records.at(-1)?.outcome.exit === 130) break;
  }
  const [first] = refused;
  if (records.length === 0 && first !== undefined) throw first.error;
  const notJudged = refused.map(
    ({ version, error }) =>
      `API ${version}: ${exitOf(error) === 0 ? '' : `exit ${exitOf(error)}, `}not judged: ${error.message}`,
  );
  const exit = gravestExit([
    ...records.map(({ outcome }) => outcome.exit),
    ...refused.map(({ error }) => exitOf(error)),
  ]);
  if (options.json === true) {
    say(JSON.stringify(records, null, 2));
    for (const line of notJudged) notify(line);
  } else if (options.quiet !== true || exit !== 0) {
    say(
      terminalMatrix(records, {
        columns: columns(),
        colour: coloured(),
        verbose: options.verbose === true,
        reports: options.reports,
        notJudged,
      }),
    );
  }
  await keepRuns(records, options, started);
  return exit;
}

/** One deadline counts for all versions together. */
function leftOf(end: number | undefined, deadline = 0): { readonly deadline?: number } {
  if (end === undefined) return {};
  const left = Math.ceil(end - performance.now()) / 1000;
  if (left > 0) return { deadline: left };
  throw new HarnessError('E_DEADLINE', `the deadline of the run, ${deadline} s, passed before its turn`, {
    kind: 'harness',
    hint: 'Give the run more time with --deadline SECONDS.',
  });
}

/**
 * Without the operation nothing of a version is proved; what the user or the suite left out was not asked for.
 */
function exitOf({ code }: HarnessError): ExitCode {
  switch (code) {
    case 'E_OPERATION':
      return 4;
    case 'E_DEADLINE':
      return 3;
    default:
      return 0;
  }
}

/** A version may lack the operation, or the cases that were selected, or the suite may be for others. */
function isAboutVersion({ code }: HarnessError): boolean {
  return code === 'E_OPERATION' || code === 'E_NOTHING_SELECTED' || code === 'E_API_LIMIT' || code === 'E_DEADLINE';
}
