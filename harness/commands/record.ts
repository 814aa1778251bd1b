import { Command } from 'commander';
import { selectCases } from '../cases/select.ts';
import { HarnessError, messageOf } from '../core/errors.ts';
import type { ExitCode } from '../model/record.ts';
import { type Recording, recordVerdict } from '../targets/fixtures/record-fixture.ts';
import { settleRefusedKey } from '../results/refused-key.ts';
import type { ContractOptions } from '../contract.ts';
import { collectVerdicts } from '../verify.ts';
import { loadContractWithWarnings } from './shared/load-contract.ts';
import { redactText } from '../wire/redact.ts';
import { watched } from './shared/collect.ts';
import { fixturesFolder } from './shared/fixtures-folder.ts';
import { type TargetOptions, targetOptions } from './shared/target-options.ts';
import { collected, versionedOptions } from './shared/options.ts';
import { say } from './shared/output.ts';

/** `pinecone-contract record`: run the declared cases live and keep their exchanges as nock fixtures. */
export function recordCommand(): Command {
  return targetOptions(versionedOptions(new Command('record')))
    .description('run the declared cases against a live server and write scrubbed nock fixtures')
    .argument('[operation]', 'operationId, or METHOD /path')
    .option('--case <glob>', 'only these cases; may be repeated', collected, [])
    .option('--out <dir>', 'where the fixtures go; default: the fixtures folder of the suite and version')
    .action(async (name: string | undefined, options: RecordOptions) => {
      process.exitCode = await record(name, options);
    });
}

interface RecordOptions extends ContractOptions, TargetOptions {
  readonly case: readonly string[];
  readonly out?: string;
}

async function record(name: string | undefined, options: RecordOptions): Promise<ExitCode> {
  if (options.target === 'fixtures' || options.target === 'mock') {
    throw new HarnessError('E_TARGET', `fixtures are recorded from a live server, not from the ${options.target}`, {
      hint: 'Name one: --target URL. `pinecone-contract mock` serves the mock at a URL of its own.',
    });
  }
  const contract = await loadContractWithWarnings(name, options);
  const folder = options.out ?? fixturesFolder(contract);
  const declared = contract.cases.filter((one) => one.kind === 'declared');
  const when = new Date();
  const { leftovers, interrupted, subject, secrets, ...found } = await watched(
    contract,
    options,
    { cases: selectCases(declared, { globs: options.case }), quiet: false },
    (collect) => collectVerdicts({ ...collect, seed: 0 }),
  );
  const verdicts = settleRefusedKey(found.verdicts);
  const rest = { folder, recordedFrom: subject.name, when, suiteVersion: contract.suite.version, secrets };
  const recordings = written(folder, () => verdicts.map((verdict) => recordVerdict({ verdict, ...rest })));
  const lines = [...recordings.map(line), ...leftovers.map((left) => `left behind: ${left}`)];
  if (lines.length > 0) say(redactText(lines.join('\n'), secrets));
  if (interrupted) return 130;
  if (verdicts.some((verdict) => verdict.status === 'fail')) return 1;
  if (leftovers.length > 0 || verdicts.some((verdict) => verdict.status === 'error')) return 3;
  return verdicts.some((verdict) => verdict.status === 'skip' && verdict.exempt === undefined) ? 4 : 0;
}

function written<T>(folder: string, write: () => T): T {
  try {
    return write();
  } catch (cause) {
    if (cause instanceof HarnessError) throw cause;
    throw new HarnessError('E_WRITE', `the fixtures cannot be written to ${folder}: ${messageOf(cause)}`, {
      cause,
      hint: 'Give a folder that can be written to: --out DIR.',
    });
  }
}

function line({ case: one, file, why }: Recording): string {
  return file === undefined ? `not recorded  ${one.id}: ${why ?? ''}` : `recorded      ${one.id} → ${file}`;
}
