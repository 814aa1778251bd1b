import { Command } from 'commander';
import { HarnessError } from '../core/errors.ts';
import { comparedCases, compareRuns } from '../results/compare.ts';
import { optionGroups } from './shared/option-groups.ts';
import { say } from './shared/output.ts';
import { readRun } from './shared/read-run.ts';

/** `pinecone-contract compare`: which cases behave differently in two runs; exit 1 when any does. */
export function compareCommand(): Command {
  return new Command('compare')
    .description('show which cases behave differently between two runs')
    .argument('<before>', 'a run.json')
    .argument('<after>', 'a run.json')
    .optionsGroup(optionGroups.written)
    .option('--json', 'print JSON')
    .action((before: string, after: string, options: { json?: true }) => {
      const [was, is] = [readRun(before), readRun(after)];
      const compared = comparedCases(was, is);
      if (compared === 0) {
        throw new HarnessError('E_NOTHING_COMPARED', `${before} and ${after} have no case that both tried`, {
          hint: 'Compare two runs of the same operation.',
        });
      }
      const drifts = compareRuns(was, is);
      if (options.json === true) say(JSON.stringify({ compared, drifts }, null, 2));
      else {
        const lines = drifts.map(
          (drift) => `${drift.case}\n  ${drift.what}\n    - ${drift.before}\n    + ${drift.after}`,
        );
        const names = `${was.subject.name} → ${is.subject.name}`;
        const result =
          drifts.length === 0 ? 'no drift' : `${drifts.length} ${drifts.length === 1 ? 'drift' : 'drifts'}`;
        say([...lines, `${names}: ${result} in ${compared} cases that both tried`].join('\n'));
      }
      if (drifts.length > 0) process.exitCode = 1;
    });
}
