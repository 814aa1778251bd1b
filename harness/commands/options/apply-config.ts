import type { Command } from 'commander';
import { findConfig, readConfig } from '../../config/read-config.ts';
import { hasTarget, settingsOf } from '../../config/settings.ts';

/** Options that commander gives no value itself, or only its default: a configuration may set them. */
const settable = new Set([undefined, 'default']);

/**
 * Gives a command what the configuration file sets and the command line does not. `run staging` and `--target staging`
 * name a target of the configuration; its name is taken out of the arguments then.
 */
export async function applyConfig(command: Command): Promise<void> {
  const asked = command.getOptionValue('config') as string | undefined;
  const names = new Set(command.options.map((option) => option.attributeName()));
  if (!names.has('config') && !names.has('sdk')) return;
  const file = asked ?? findConfig('.');
  if (file === undefined) return;
  const source = await readConfig(file);
  const target = names.has('target') ? targetNamed(command, (name) => hasTarget(source, name)) : undefined;
  // What the command line says of the document holds alone: a version and a document exclude each other.
  const named = ['spec', 'api'].some((name) => command.getOptionValueSource(name) === 'cli');
  for (const [name, { value }] of Object.entries(settingsOf(source, target))) {
    const isName = name === 'target' && command.getOptionValue('target') === target;
    if (named && (name === 'spec' || name === 'api')) continue;
    if (names.has(name) && (isName || settable.has(command.getOptionValueSource(name)))) {
      command.setOptionValueWithSource(name, value, 'config');
    }
  }
  if (command.processedArgs[0] === undefined && source.config.operation !== undefined && hasOperation(command)) {
    command.processedArgs[0] = source.config.operation;
  }
}

function targetNamed(command: Command, isTarget: (name: string) => boolean): string | undefined {
  const option = command.getOptionValue('target') as string | undefined;
  if (option !== undefined && isTarget(option)) return option;
  const [argument] = command.args;
  if (!hasOperation(command) || argument === undefined || !isTarget(argument)) return undefined;
  command.processedArgs[0] = undefined;
  return argument;
}

function hasOperation(command: Command): boolean {
  return command.registeredArguments[0]?.name() === 'operation';
}
