#!/usr/bin/env node
import { Command, CommanderError, Help, Option } from 'commander';
import { say, notify } from './commands/shared/output.ts';
import type { Verb } from './commands/options/verb.ts';
import { HarnessError, messageOf } from './core/errors.ts';
import { shortageHint, shortageOf } from './core/shortage.ts';
import { packageVersion } from './core/package-files.ts';

const debugging = process.env['PINECONE_CONTRACT_DEBUG'] === '1';

// undici makes an error for every connection that it closes, and nobody is shown a stack: tracing them takes time.
if (!debugging) Error.stackTraceLimit = 0;
process.stdout.on('error', outputFailed);
process.stderr.on('error', () => undefined);
// Node would end with exit code 1, which means a violation.
process.on('unhandledRejection', (thrown) => {
  if (process.exitCode !== 3) explainFailure(thrown);
  process.exitCode = 3;
  process.once('exit', () => (process.exitCode = 3));
});

try {
  await main(process.argv.slice(2));
} catch (thrown) {
  process.exitCode = explainFailure(thrown);
}

async function main(args: readonly string[]): Promise<void> {
  // One after the other: where few files may be open, an error while loading is explained only once all above is loaded.
  const { verbs } = await import('./commands/verbs.ts');
  const { optionGroups } = await import('./commands/options/option-groups.ts');
  const { helpEnd } = await import('./commands/help/help-end.ts');
  const { hasOnlyCommands, helpWords, refuseWords } = await import('./commands/options/refuse-words.ts');
  const end: HelpParts = { group: optionGroups.help, after: helpEnd };
  const program = new Command('pinecone-contract')
    .description("Contract tests for Pinecone's delete_backup, driven by its OpenAPI document")
    .optionsGroup(optionGroups.help)
    .version(packageVersion, '-V, --version', 'show the version')
    // `sdk --version V` is the SDK's version, not a question for ours.
    .enablePositionalOptions()
    .showHelpAfterError('  The commands: pinecone-contract --help')
    .configureOutput({ writeOut: say, writeErr: notify })
    .exitOverride();
  const name = (args[0] === 'help' ? args[1] : args[0]) ?? '';
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  if (verb === undefined) for (const each of Object.entries(verbs)) program.addCommand(listed(each));
  else program.addCommand(await verb.load());
  explainHelp(program, '', end);
  inherit(program, program.name(), end);
  for (const command of program.commands) if (hasOnlyCommands(command)) command.allowExcessArguments();
  program.hook('preAction', async (_program, command) => {
    refuseWords(command);
    const { applyConfig } = await import('./commands/options/apply-config.ts');
    await applyConfig(command);
  });
  program.configureHelp({
    subcommandTerm: (command) => `${command.name()} ${command.usage()}`,
    // That an option which may be repeated was not given is nothing to read.
    optionDescription: (option) => new Help().optionDescription(option).replace(' (default: [])', ''),
  });
  await program.parseAsync(args[0] === 'help' ? helpWords(program, args.slice(1)) : args, { from: 'user' });
}

/** What every help has: the group of the option that shows it, and what follows the options of a command of that name. */
interface HelpParts {
  readonly group: string;
  readonly after: (name: string) => string;
}

/** Commands that were made apart have their subcommands already: these end in the same way as they do. */
function inherit(parent: Command, path: string, help: HelpParts): void {
  for (const command of parent.commands) {
    const own = `${path} ${command.name()}`;
    command.exitOverride().copyInheritedSettings(parent);
    command.showHelpAfterError(`  Its arguments and options: ${own} --help`);
    explainHelp(command, own.slice(own.indexOf(' ') + 1), help);
    inherit(command, own, help);
  }
}

/** Every help has the same last group, examples and exit codes. */
function explainHelp(command: Command, name: string, { group, after }: HelpParts): void {
  command.addHelpOption(new Option('-h, --help', 'show this help').helpGroup(group));
  command.addHelpText('after', () => after(name));
}

/** A command for `--help` and for messages about an unknown command; it is never run. */
function listed([name, { usage, summary }]: readonly [string, Verb]): Command {
  return new Command(name).usage(usage).summary(summary);
}

function explainFailure(thrown: unknown): number {
  if (thrown instanceof CommanderError) return thrown.exitCode === 0 ? 0 : 2;
  if (thrown instanceof HarnessError) {
    notify(`error: ${thrown.message}`);
    if (thrown.hint !== undefined) notify(`  ${thrown.hint}`);
    return thrown.exit;
  }
  const shortage = shortageOf(thrown);
  if (shortage !== undefined) {
    notify(`error: ${shortage}`);
    notify(`  ${shortageHint}`);
    return 3;
  }
  notify(`error: ${messageOf(thrown)}`);
  notify('  This is a defect of pinecone-contract; PINECONE_CONTRACT_DEBUG=1 shows where.');
  if (debugging && thrown instanceof Error) notify(thrown.stack ?? '');
  return 3;
}

/** A reader that has seen enough (`| head`) changes nothing about the run; a disk that is full does. */
function outputFailed(error: NodeJS.ErrnoException): void {
  if (error.code === 'EPIPE') return;
  notify(`error: what was found cannot be written: ${error.message}`);
  process.once('exit', () => (process.exitCode = 3));
}
