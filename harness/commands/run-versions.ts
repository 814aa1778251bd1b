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
  let refused: HarnessError | undefined;
  for (const { version } of apiVersions()) {
    try {
      const mock = options.target === 'mock' ? openMockThread() : undefined;
      records.push(await recordContract(name, { ...options, api: version }, mock));
    } catch (thrown) {
      if (!(thrown instanceof HarnessError) || !isAboutVersion(thrown)) throw thrown;
      refused = thrown;
      notify(`API ${version} is not run: ${thrown.message}`);
    }
    if (records.at(-1)?.outcome.exit === 130) break;
  }
  if (records.length === 0 && refused !== undefined) throw refused;
  if (options.json === true) say(JSON.stringify(records, null, 2));
  else {
    say(
      terminalMatrix(records, {
        columns: columns(),
        colour: coloured(),
        verbose: options.verbose === true,
        reports: options.reports,
      }),
    );
  }
  await keepRuns(records, options, started);
  return gravestExit(records.map(({ outcome }) => outcome.exit));
}

/** A version may lack the operation, or the cases that were selected; the others have them. */
function isAboutVersion({ code }: HarnessError): boolean {
  return code === 'E_OPERATION' || code === 'E_NOTHING_SELECTED';
}
