import { Command } from 'commander';
import { selectCases } from '../cases/select.ts';
import { HarnessError } from '../errors.ts';
import { type Recording, recordVerdict } from '../run/record.ts';
import { settle } from '../run/settle.ts';
import { type ContractOptions, loadContract } from '../contract.ts';
import { collect } from './collect.ts';
import { fixturesFolder, type TargetOptions, targetOptions } from './open-target.ts';
import { collected, contractOptions, say } from './options.ts';

/** `pinecone-contract record`: run the declared cases live and keep their exchanges as nock fixtures. */
export function recordCommand(): Command {
  return targetOptions(contractOptions(new Command('record')))
    .description('run the declared cases against a live server and write scrubbed nock fixtures')
    .argument('[operation]', 'operationId, or METHOD /path')
    .option('--case <glob>', 'only these cases; may be repeated', collected, [])
    .option('--out <dir>', "where the fixtures go; default: the suite's fixtures folder")
    .action(async (name: string | undefined, options: RecordOptions) => {
      process.exitCode = await record(name, options);
    });
}

interface RecordOptions extends ContractOptions, TargetOptions {
  readonly case: readonly string[];
  readonly out?: string;
}

async function record(name: string | undefined, options: RecordOptions): Promise<number> {
  if (options.target === 'fixtures') {
    throw new HarnessError('E_TARGET', 'fixtures cannot be recorded from fixtures', {
      hint: 'Name a live server: --target URL.',
    });
  }
  const contract = await loadContract(name, options);
  const { suite } = contract;
  const folder = options.out ?? fixturesFolder(contract);
  const declared = contract.cases.filter((one) => one.kind === 'declared');
  const selected = selectCases(declared, { globs: options.case });
  const when = new Date();
  const { verdicts, leftovers, subject, secrets } = await collect(contract, options, {
    cases: selected,
    seed: 0,
    quiet: false,
  });
  const recordings = settle(verdicts).map((verdict) =>
    recordVerdict({
      verdict,
      folder,
      recordedFrom: subject.name,
      when,
      suiteVersion: suite.version,
      secrets,
    }),
  );
  say(recordings.map(line).join('\n'));
  for (const left of leftovers) say(`left behind: ${left}`);
  if (leftovers.length > 0 || verdicts.some((verdict) => verdict.status === 'error')) return 3;
  if (verdicts.some((verdict) => verdict.status === 'fail')) return 1;
  return recordings.every((each) => each.file !== undefined) ? 0 : 4;
}

function line({ case: one, file, why }: Recording): string {
  return file === undefined ? `not recorded  ${one.id}: ${why ?? ''}` : `recorded      ${one.id} → ${file}`;
}
