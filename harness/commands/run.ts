import { Command } from 'commander';
import { openMockThread } from '../mock/thread.ts';
import { collected as listed, contractOptions, shard, whole } from './shared/options.ts';
import { targetOptions } from './shared/target-options.ts';
import type { RunCommandOptions } from './run-contract.ts';

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
      // Its thread gets ready while the rest is read.
      const mock = options.target === 'mock' ? openMockThread() : undefined;
      const { runContract } = await import('./run-contract.ts');
      process.exitCode = await runContract(name, options, mock);
    });
}
