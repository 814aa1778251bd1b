import { Command } from 'commander';
import { HarnessError } from '../core/errors.ts';
import { openMockThread } from '../mock/thread.ts';
import { collected as listed, versionedOptions, shard, whole } from './shared/options.ts';
import { targetOptions } from './shared/target-options.ts';
import { deliveredVersion } from '../versions/versions.ts';
import type { RunCommandOptions } from './run-contract.ts';

/** `pinecone-contract run`: the cases against a target, a verdict for each, reports, an exit code. */
export function runCommand(): Command {
  return targetOptions(versionedOptions(new Command('run'), `${deliveredVersion}; "all" runs each`))
    .description('run the contract against the mock, the fixtures or a live server')
    .argument('[operation]', 'operationId, or METHOD /path', undefined)
    .option('--case <glob>', 'only these cases, or a part of their ids such as 404; may be repeated', listed, [])
    .option('--only-failed <run.json>', 'only the cases that failed or ended in an error in that run')
    .option('--fail-fast [n]', 'start no further case after N failed ones; N is 1 if left out', whole(1))
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
    .action(async (name: string | undefined, options: RunCommandOptions, command: Command) => {
      refuseLiveOptions(command, options.target);
      if (options.api === 'all') {
        const { runVersions } = await import('./run-versions.ts');
        process.exitCode = await runVersions(name, options);
        return;
      }
      // Started before the contract is loaded: it gets ready meanwhile.
      const mock = options.target === 'mock' ? openMockThread() : undefined;
      const { runContract } = await import('./run-contract.ts');
      process.exitCode = await runContract(name, options, mock);
    });
}

/** The options that mean nothing to the mock and the fixtures: a run that lost its `--target` must not be green. */
const liveOnly = [
  'states',
  'rate',
  'allowDestructive',
  'allowCreate',
  'allowProduction',
  'allowPlainHttp',
  'cloud',
  'region',
];

function refuseLiveOptions(command: Command, target: string): void {
  if (target !== 'mock' && target !== 'fixtures') return;
  const given = command.options
    .filter((option) => liveOnly.includes(option.attributeName()))
    .filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli')
    .map(({ long }) => long ?? '');
  if (given.length === 0) return;
  throw new HarnessError('E_USAGE', `${given.join(', ')} needs a live target, and this run is against the ${target}`, {
    hint: 'Name the server: --target URL; or leave these options out.',
  });
}
