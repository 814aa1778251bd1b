import type { Command } from 'commander';
import { verbs } from '../verbs.ts';

/** Every command with its subcommands, by what is typed: `sdk prepare`. */
export async function commandTree(): Promise<ReadonlyMap<string, Command>> {
  const found = new Map<string, Command>();
  const add = (name: string, command: Command): void => {
    found.set(name, command);
    for (const each of command.commands) add(`${name} ${each.name()}`, each);
  };
  for (const [name, verb] of Object.entries(verbs)) add(name, await verb.load());
  return found;
}
