import type { Command } from 'commander';
import { HarnessError } from '../../core/errors.ts';
import { printable } from '../../core/text/printable.ts';
import { closestTo } from '../../openapi/closest.ts';

/** Refuses what no command can mean: an empty word, and a subcommand that it does not have. */
export function refuseWords(command: Command): void {
  if (command.name() === 'completion') return;
  refuseEmptyWords(command);
  const [word] = command.args;
  if (hasOnlyCommands(command) && word !== undefined) throw unknownCommand(command, word);
}

/** An empty value is nearly always a variable of the shell that is not set: it must not stand for the default. */
function refuseEmptyWords(command: Command): void {
  const option = command.options.find((each) => {
    const name = each.attributeName();
    const value: unknown = command.getOptionValue(name);
    const isEmpty = value === '' || (Array.isArray(value) && value.includes(''));
    return isEmpty && command.getOptionValueSource(name) === 'cli';
  });
  if (option === undefined && !command.args.includes('')) return;
  const what = option === undefined ? 'an argument' : `the value of ${option.long ?? option.flags}`;
  throw new HarnessError('E_USAGE', `${what} is empty`, {
    hint: 'Give one, or leave it out. Where it is a variable of the shell, set that first.',
  });
}

/** Whether nothing but the names of its commands can follow it. */
export function hasOnlyCommands(command: Command): boolean {
  return command.commands.length > 0 && command.registeredArguments.length === 0;
}

/** The words after `help`, as the command line that shows it. Throws `E_USAGE` for a command that is not there. */
export function helpWords(program: Command, words: readonly string[]): readonly string[] {
  let command = program;
  for (const word of words.filter((each) => !each.startsWith('-'))) {
    const next = command.commands.find((each) => each.name() === word);
    if (next === undefined) throw unknownCommand(command, word);
    command = next;
  }
  return [...words, '--help'];
}

function unknownCommand(command: Command, word: string): HarnessError {
  const names = command.commands.map((each) => each.name());
  const [near] = closestTo(word, names);
  const path = pathOf(command);
  const meant = near === undefined ? '' : `Did you mean ${near}? `;
  return new HarnessError('E_USAGE', `${path} has no command ${printable(word)}`, {
    hint: `${meant}It has: ${names.join(', ')}.`,
  });
}

function pathOf(command: Command): string {
  return command.parent === null ? command.name() : `${pathOf(command.parent)} ${command.name()}`;
}
