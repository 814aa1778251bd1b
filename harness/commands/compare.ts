import { Command } from 'commander';
import { HarnessError } from '../core/errors.ts';
import { comparedCases, compareRuns, type Drift } from '../results/compare.ts';
import { type ReportingOptions, reportingOptions, tell } from './options/reporting.ts';
import { readRun } from './shared/read-run.ts';

/** `pinecone-contract compare`: which cases behave differently in two runs; exit 1 when any does. */
export function compareCommand(): Command {
  const command = new Command('compare')
    .description('show which cases behave differently between two runs')
    .argument('<before>', 'a run.json')
    .argument('<after>', 'a run.json');
  return reportingOptions(command).action((before: string, after: string, options: ReportingOptions) => {
    const [was, is] = [readRun(before), readRun(after)];
    const compared = comparedCases(was, is);
    if (compared === 0) {
      throw new HarnessError('E_NOTHING_COMPARED', `${before} and ${after} have no case that both tried`, {
        hint: 'Compare two runs of the same operation.',
      });
    }
    const drifts = compareRuns(was, is);
    const lines = drifts.map((drift) => `${drift.case}\n  ${changeOf(drift)}`);
    const names = `${was.subject.name} → ${is.subject.name}`;
    const result = drifts.length === 0 ? 'no drift' : `${drifts.length} ${drifts.length === 1 ? 'drift' : 'drifts'}`;
    process.exitCode = tell(options, {
      exit: drifts.length > 0 ? 1 : 0,
      json: { compared, drifts },
      text: [...lines, `${names}: ${result} in ${compared} cases that both tried`].join('\n'),
      annotations: drifts.map((drift) => ({
        at: [...is.cases, ...was.cases].find(({ id }) => id === drift.case)?.at,
        title: `drift: ${drift.case} (${names})`,
        text: changeOf(drift),
      })),
    });
  });
}

function changeOf({ what, before, after }: Drift): string {
  return `${what}\n    - ${before}\n    + ${after}`;
}
