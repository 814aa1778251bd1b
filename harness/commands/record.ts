import { Command, Option } from 'commander';
import { selectCases } from '../cases/select.ts';
import { HarnessError, messageOf } from '../core/errors.ts';
import { shellWord } from '../core/text/shell-quote.ts';
import { whyNotWritable } from '../core/writable-place.ts';
import type { Case } from '../model/case.ts';
import type { ExitCode } from '../model/record.ts';
import { fixtureOwner } from '../targets/fixtures/file.ts';
import { type Recording, recordVerdict } from '../targets/fixtures/record-fixture.ts';
import { settleRefusedKey } from '../results/refused-key.ts';
import { recordRun } from '../results/run-record.ts';
import { settleThrottled } from '../results/throttled.ts';
import type { ContractOptions } from '../contract.ts';
import { collectVerdicts } from '../verify.ts';
import { listingCommand } from './options/listing-command.ts';
import { loadContractWithWarnings } from './shared/load-contract.ts';
import { redactText } from '../wire/secrets/redact.ts';
import { watched } from './shared/collect.ts';
import { recordingFolder, writableFolder } from './shared/fixtures-folder.ts';
import { liveTargetOptions, type TargetOptions } from './options/target-options.ts';
import { optionGroups } from './options/option-groups.ts';
import { collected, versionedOptions } from './options/options.ts';
import { type Annotation, type ReportingOptions, reportingOptions, tell } from './options/reporting.ts';

/** `pinecone-contract record`: run the declared cases live and keep their exchanges as nock fixtures. */
export function recordCommand(): Command {
  const contract = versionedOptions(new Command('record'))
    .optionsGroup(optionGroups.cases)
    .option('--case <glob>', 'only these cases; may be repeated', collected, []);
  const command = liveTargetOptions(contract)
    .description('run the declared cases against a live server and write scrubbed nock fixtures')
    .argument('[operation]', 'operationId, or METHOD /path')
    .optionsGroup(optionGroups.written)
    .option('--fixtures <dir>', 'the folder to write; default: fixtures, in a suite of your own or else here')
    .addOption(new Option('--out <dir>', 'the same, without a subfolder for the API version').conflicts('fixtures'));
  return reportingOptions(command).action(async (name: string | undefined, options: RecordOptions) => {
    process.exitCode = await record(name, options);
  });
}

interface RecordOptions extends ContractOptions, ReportingOptions, Omit<TargetOptions, 'target'> {
  readonly target?: string;
  readonly case: readonly string[];
  readonly out?: string;
}

async function record(name: string | undefined, options: RecordOptions): Promise<ExitCode> {
  const target = liveServer(options.target);
  const contract = await loadContractWithWarnings(name, options);
  const { out, fixtures } = options;
  const folder = out === undefined ? recordingFolder(contract, fixtures) : writableFolder(out);
  refuseUnwritable(folder);
  const declared = contract.cases.filter((one) => one.kind === 'declared');
  const cases = selectCases(declared, { globs: options.case, listing: listingCommand(name, options) });
  refuseFixturesOfOthers(folder, cases);
  const when = new Date();
  const collected = await watched(
    contract,
    { ...options, target },
    { cases, quiet: options.quiet === true || options.json === true },
    (collect) => collectVerdicts({ ...collect, seed: 0 }),
  );
  const { leftovers, subject, secrets } = collected;
  const verdicts = settleThrottled(settleRefusedKey(collected.verdicts));
  const { outcome } = recordRun({
    ...{ ...contract, ...collected, waivers: [], strict: false, seed: 0, started: when },
    selected: cases.length,
    ms: 0,
  });
  const rest = { folder, recordedFrom: subject.name, when, suiteVersion: contract.suite.version, secrets };
  const recordings = written(folder, () => verdicts.map((verdict) => recordVerdict({ verdict, ...rest })));
  const lines = [
    ...recordings.map(line),
    ...replayed(folder, recordings),
    ...leftovers.map((left) => `left behind: ${left}`),
  ];
  const clean = (text: string): string => redactText(text, secrets);
  const files = recordings.map(({ case: { id }, file, why }) => ({ case: id, file, why }));
  return tell(options, {
    exit: outcome.exit,
    json: JSON.parse(clean(JSON.stringify({ recordings: files, leftovers }))),
    text: clean(lines.join('\n')),
    annotations: recordings.flatMap((recording, place): readonly Annotation[] => {
      const verdict = verdicts[place];
      if (recording.file !== undefined || (verdict?.status === 'skip' && verdict.exempt !== undefined)) return [];
      const level = verdict?.status === 'skip' ? 'warning' : 'error';
      const title = `not recorded: ${recording.case.id}`;
      return [{ level, at: recording.case.at, title, text: clean(recording.why ?? '') }];
    }),
  });
}

function written<T>(folder: string, write: () => T): T {
  try {
    return write();
  } catch (cause) {
    if (cause instanceof HarnessError) throw cause;
    throw new HarnessError('E_WRITE', `the fixtures cannot be written to ${folder}: ${messageOf(cause)}`, {
      cause,
      hint: folderHint,
    });
  }
}

/** Before a case runs, which deletes things. */
function refuseUnwritable(folder: string): void {
  const why = whyNotWritable(folder);
  if (why === undefined) return;
  throw new HarnessError('E_WRITE', `the fixtures cannot be written to ${folder}: ${why}`, { hint: folderHint });
}

const folderHint = 'Give a folder that can be written to: --fixtures DIR.';

function line({ case: one, file, why }: Recording): string {
  return file === undefined ? `not recorded  ${one.id}: ${why ?? ''}` : `recorded      ${one.id} → ${file}`;
}

function liveServer(target: string | undefined): string {
  if (target !== undefined && target !== 'fixtures' && target !== 'mock') return target;
  const given = target === undefined ? 'no server is named' : `not from the ${target}`;
  throw new HarnessError('E_TARGET', `fixtures are recorded from a live server, ${given}`, {
    hint: 'Name one: --target URL. `pinecone-contract mock` serves the mock at a URL of its own.',
  });
}

/** The files are named without the operation, so each operation needs a folder of its own. */
function refuseFixturesOfOthers(folder: string, cases: readonly Case[]): void {
  for (const { id } of cases) {
    const owner = fixtureOwner(folder, id);
    if (owner === undefined || owner === id) continue;
    throw new HarnessError('E_USAGE', `${folder} holds the fixture of ${owner}, which that of ${id} would replace`, {
      hint: 'Name another folder for this operation: --fixtures DIR.',
    });
  }
}

function replayed(folder: string, recordings: readonly Recording[]): readonly string[] {
  if (recordings.every(({ file }) => file === undefined)) return [];
  return [`Replay them: pinecone-contract run --target fixtures --fixtures ${shellWord(folder)}`];
}
