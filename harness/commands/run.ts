import { Command } from 'commander';
import { HarnessError } from '../core/errors.ts';
import { optionGroups } from './options/option-groups.ts';
import { collected as listed, versionedOptions, shard, whole } from './options/options.ts';
import { reportingOptions } from './options/reporting.ts';
import { targetOptions } from './options/target-options.ts';
import { deliveredVersion } from '../versions/versions.ts';
import type { RunCommandOptions } from './run/run-contract.ts';

/** `pinecone-contract run`: the cases against a target, a verdict for each, reports, an exit code. */
export function runCommand(): Command {
  const command = targetOptions(
    whichCases(versionedOptions(new Command('run'), `${deliveredVersion}; "all" runs each`)),
  )
    .description('run the contract against the mock, the fixtures or a live server')
    .argument('[operation]', 'operationId, or METHOD /path', undefined)
    .optionsGroup(optionGroups.answers)
    .option('--fixtures <dir>', 'for --target fixtures: the folder to replay; default: the one of the suite')
    .optionsGroup(optionGroups.run)
    .option('--fail-fast [n]', 'start no further case after N failed ones; N is 1 if left out', whole(1))
    .option('--seed <n>', 'for generated ids', whole(0))
    .option('--repeat <n>', 'run each case this often; different verdicts are a flake', whole(1), 1)
    .optionsGroup(optionGroups.counts)
    .option('--waivers <file>', "known failures; default: the suite's waivers.yaml, for URLs")
    .option('--strict', 'advice fails the run, too')
    .optionsGroup(optionGroups.written)
    .option('--reports <dir>', 'where the reports go', 'reports')
    .option('--propose-waivers <file>', 'write the waivers that would cover the failures of this run')
    .option('--verbose', 'print every case');
  return reportingOptions(command).action(
    async (name: string | undefined, options: RunCommandOptions, command: Command) => {
      refuseLiveOptions(command, options.target);
      refuseUnusedFixtures(command, options.target);
      if (options.all === true || options.tag.length > 0) {
        refuseOneOperation(name, options);
        const { runAll } = await import('./run/run-all.ts');
        process.exitCode = await runAll(options);
        return;
      }
      refuseResumeOf(options);
      if (options.api === 'all') {
        const { runVersions } = await import('./run/run-versions.ts');
        process.exitCode = await runVersions(name, options);
        return;
      }
      const { runContract } = await import('./run/run-contract.ts');
      process.exitCode = await runContract(name, options);
    },
  );
}

function whichCases(command: Command): Command {
  return command
    .optionsGroup(optionGroups.cases)
    .option('--all', 'every operation of the document, without a suite where none ships, in one report')
    .option('--tag <name>', 'with --all: only the operations that have this tag; may be repeated', listed, [])
    .option('--case <glob>', 'only these cases, or a part of their ids such as 404; may be repeated', listed, [])
    .option('--only-failed <run.json>', 'only the cases that failed or ended in an error in that run')
    .option('--resume <run.json|dir>', 'go on with a run that was cut off: only what has no verdict runs', listed, [])
    .option('--shard <I/N>', 'run one of N parts; with --all, of the cases of all operations', shard);
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

/** What belongs to one operation says nothing about all of them. */
function refuseOneOperation(name: string | undefined, options: RunCommandOptions): void {
  const given = [
    ...(name === undefined ? [] : [`the operation ${name}`]),
    ...(options.suite === undefined ? [] : ['--suite']),
    ...(options.waivers === undefined ? [] : ['--waivers']),
    ...(options.proposeWaivers === undefined ? [] : ['--propose-waivers']),
    ...(options.onlyFailed === undefined ? [] : ['--only-failed']),
    ...(options.failFast === undefined ? [] : ['--fail-fast']),
    ...(options.api === 'all' ? ['--api all'] : []),
    ...(options.target === 'fixtures' ? ['--target fixtures'] : []),
  ];
  if (given.length === 0) return;
  throw new HarnessError('E_USAGE', `${given.join(' and ')} cannot be given together with --all or --tag`, {
    hint: 'Run one operation by its name, or all with --all; --tag NAME chooses among all.',
  });
}

/** One run goes on, of the cases that it was of. */
function refuseResumeOf({ resume, api, onlyFailed }: RunCommandOptions): void {
  const other = api === 'all' ? '--api all' : onlyFailed === undefined ? undefined : '--only-failed';
  if (resume.length === 0 || other === undefined) return;
  throw new HarnessError('E_USAGE', `--resume cannot be given together with ${other}`, {
    hint: 'Give the command line of the run that was cut off, and --resume.',
  });
}

/** As with the options of live targets, a run that lost its `--target fixtures` must not be green. */
function refuseUnusedFixtures(command: Command, target: string): void {
  if (target === 'fixtures' || command.getOptionValueSource('fixtures') !== 'cli') return;
  throw new HarnessError('E_USAGE', `--fixtures needs --target fixtures, and this run is against ${target}`, {
    hint: 'Add --target fixtures, or leave --fixtures out.',
  });
}

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
