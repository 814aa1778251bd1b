import { HarnessError } from '../core/errors.ts';
import { openMockThread } from '../mock/thread.ts';
import type { RunRecord } from '../model/record.ts';
import { terminalMatrix } from '../report/terminal/terminal-matrix.ts';
import { gravestExit } from '../results/outcome.ts';
import { apiVersions } from '../versions/versions.ts';
import { keepRuns, recordContract, type RunCommandOptions } from './run-contract.ts';
import { coloured, columns, notify, say } from './shared/output.ts';

/** Runs the contract of each API version, shows them side by side, and resolves to the gravest exit code. */
export async function runVersions(name: string | undefined, options: RunCommandOptions): Promise<number> {
  const started = new Date();
  const records: RunRecord[] = [];
  const refused: { readonly version: string; readonly error: HarnessError }[] = [];
  for (const { version } of apiVersions()) {
    try {
      const mock = options.target === 'mock' ? openMockThread() : undefined;
      records.push(await recordContract(name, { ...options, api: version }, mock));
    } catch (thrown) {
      if (!(thrown instanceof HarnessError) || !isAboutVersion(thrown)) throw thrown;
      refused.push({ version, error: thrown });
    }
    if (records.at(-1)?.outcome.exit === 130) break;
  }
  const [first] = refused;
  if (records.length === 0 && first !== undefined) throw first.error;
  const notJudged = refused.map(
    ({ version, error }) => `API ${version}: ${isLacking(error) ? 'exit 4, ' : ''}not judged: ${error.message}`,
  );
  if (options.json === true) {
    say(JSON.stringify(records, null, 2));
    for (const line of notJudged) notify(line);
  } else {
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
  const lacking = refused.some(({ error }) => isLacking(error));
  return gravestExit([...records.map(({ outcome }) => outcome.exit), ...(lacking ? [4 as const] : [])]);
}

function isLacking({ code }: HarnessError): boolean {
  return code === 'E_OPERATION';
}

/**
 * A version may lack the operation, or the cases that were selected, or the suite may be for others. Without the operation
 * nothing of that version is proved; what the user or the suite left out was not asked for.
 */
function isAboutVersion({ code }: HarnessError): boolean {
  return code === 'E_OPERATION' || code === 'E_NOTHING_SELECTED' || code === 'E_API_LIMIT';
}
