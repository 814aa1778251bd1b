#!/usr/bin/env node
import { setFlagsFromString } from 'node:v8';
import { Command, CommanderError } from 'commander';
import { tell } from './commands/shared/options.ts';
import { HarnessError, messageOf } from './core/errors.ts';
import { packageVersion } from './core/package-files.ts';

const debugging = process.env['PINECONE_CONTRACT_DEBUG'] === '1';

/** Only the command that is asked for is loaded: each brings its own libraries. */
const commands: Readonly<Record<string, () => Promise<Command>>> = {
  run: async () => (await import('./commands/run.ts')).runCommand(),
  cases: async () => (await import('./commands/cases.ts')).casesCommand(),
  explain: async () => (await import('./commands/explain.ts')).explainCommand(),
  record: async () => (await import('./commands/record.ts')).recordCommand(),
  compare: async () => (await import('./commands/compare.ts')).compareCommand(),
  report: async () => (await import('./commands/report.ts')).reportCommand(),
  sdk: async () => (await import('./commands/sdk.ts')).sdkCommand(),
  sweep: async () => (await import('./commands/sweep.ts')).sweepCommand(),
  mock: async () => (await import('./commands/mock.ts')).mockCommand(),
};

// undici makes an error for every connection that it closes, and nobody is shown a stack: tracing them takes time.
if (!debugging) Error.stackTraceLimit = 0;
// undici's parser is WebAssembly. Optimising it takes V8 longer than a run does, and Node ends only after that.
setFlagsFromString('--liftoff-only');
// Nor is a regular expression worth compiling that is asked a few times.
setFlagsFromString('--regexp-tier-up-ticks=50');
process.stdout.on('error', outputFailed);
process.stderr.on('error', () => undefined);

await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<void> {
  const program = new Command('pinecone-contract')
    .description("Contract tests for Pinecone's delete_backup, driven by its OpenAPI document")
    .version(packageVersion)
    // `sdk --version V` is the SDK's version, not a question for ours.
    .enablePositionalOptions()
    .showHelpAfterError('  The commands: pinecone-contract --help')
    .exitOverride();
  const asked = commands[args[0] ?? ''];
  const wanted = asked === undefined ? Object.values(commands) : [asked];
  for (const command of await Promise.all(wanted.map((load) => load()))) program.addCommand(command);
  for (const command of program.commands) {
    command.exitOverride().copyInheritedSettings(program);
    command.showHelpAfterError(`  Its arguments and options: pinecone-contract ${command.name()} --help`);
  }
  try {
    await program.parseAsync(args, { from: 'user' });
  } catch (thrown) {
    process.exitCode = explainFailure(thrown);
  }
}

function explainFailure(thrown: unknown): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
  if (thrown instanceof HarnessError) {
    tell(`error: ${thrown.message}`);
    if (thrown.hint !== undefined) tell(`  ${thrown.hint}`);
    return thrown.exit;
  }
  tell(`error: ${messageOf(thrown)}`);
  tell('  This is a defect of pinecone-contract; PINECONE_CONTRACT_DEBUG=1 shows where.');
  if (debugging && thrown instanceof Error) tell(thrown.stack ?? '');
  return 3;
}

/** A reader that has seen enough (`| head`) changes nothing about the run; a disk that is full does. */
function outputFailed(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  tell(`error: what was found cannot be written: ${error.message}`);
  process.once('exit', () => (process.exitCode = 3));
}
