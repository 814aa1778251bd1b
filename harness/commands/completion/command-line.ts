import type { Argument, Command, Option } from 'commander';
import type { Verbs } from '../options/verb.ts';

/** What stands at the cursor, of which `typed` is there already. */
type Cursor =
  | { readonly kind: 'command' }
  | { readonly kind: 'option' }
  /** `before` is what stands in the same word before the value: `--api=`. */
  | { readonly kind: 'value'; readonly option: Option; readonly before: string }
  | { readonly kind: 'argument'; readonly argument?: Argument };

/** A command line as far as the cursor. */
export interface CommandLine {
  /** Such as `sdk prepare`; empty before the name of a command is complete. */
  readonly path: string;
  /** Undefined where no command is named yet. */
  readonly command?: Command;
  readonly cursor: Cursor;
  /** The value, or the part of the word, that is to be completed. */
  readonly typed: string;
  /** The values of the options before the cursor, by attribute name. */
  readonly given: ReadonlyMap<string, readonly string[]>;
  readonly args: readonly string[];
}

/** Reads the words after the name of the program, of which the last one is at the cursor. Undefined for an unknown command. */
export async function readCommandLine(words: readonly string[], verbs: Verbs): Promise<CommandLine | undefined> {
  const before = words.slice(0, -1);
  const typed = words.at(-1) ?? '';
  const asksHelp = before[0] === 'help';
  const names = asksHelp ? before.slice(1) : before;
  const [name] = names;
  if (name === undefined) {
    const kind = typed.startsWith('-') && !asksHelp ? 'option' : 'command';
    return { path: '', cursor: { kind }, typed, given: new Map(), args: [] };
  }
  const verb = Object.hasOwn(verbs, name) ? verbs[name] : undefined;
  return verb === undefined ? undefined : walk(await verb.load(), names.slice(1), typed);
}

function walk(root: Command, words: readonly string[], typed: string): CommandLine {
  let command = root;
  let path = root.name();
  let pending: Option | undefined;
  let onlyArguments = false;
  const given = new Map<string, readonly string[]>();
  const args: string[] = [];
  const note = (option: Option, value: string): void => {
    given.set(option.attributeName(), [...(given.get(option.attributeName()) ?? []), value]);
  };
  for (const word of words) {
    const below = command.commands.find((each) => args.length === 0 && each.name() === word);
    if (pending !== undefined && (pending.required || !word.startsWith('-'))) {
      note(pending, word);
      pending = undefined;
    } else if (word === '--' && !onlyArguments) {
      onlyArguments = true;
    } else if (word.startsWith('-') && !onlyArguments) {
      const [name = '', ...value] = word.split('=');
      const option = optionOf(command, name);
      pending = option !== undefined && takesValue(option) && value.length === 0 ? option : undefined;
      if (option !== undefined && pending === undefined) note(option, value.join('='));
    } else if (below !== undefined && !onlyArguments) {
      command = below;
      path = `${path} ${below.name()}`;
    } else {
      args.push(word);
    }
  }
  const line = { path, command, given, args };
  if (pending?.required === true) return { ...line, cursor: { kind: 'value', option: pending, before: '' }, typed };
  if (!typed.startsWith('-') || onlyArguments) {
    const argument = argumentAt(command, args.length);
    return { ...line, cursor: { kind: 'argument', ...(argument === undefined ? {} : { argument }) }, typed };
  }
  const [, name = '', value = ''] = /^(--[^=]+)=(.*)$/s.exec(typed) ?? [];
  const option = optionOf(command, name);
  if (option === undefined || !takesValue(option)) return { ...line, cursor: { kind: 'option' }, typed };
  return { ...line, cursor: { kind: 'value', option, before: `${name}=` }, typed: value };
}

function optionOf(command: Command, name: string): Option | undefined {
  return command.options.find(({ long, short }) => long === name || short === name);
}

function takesValue(option: Option): boolean {
  return option.required || option.optional;
}

function argumentAt(command: Command, place: number): Argument | undefined {
  const { registeredArguments } = command;
  const last = registeredArguments.at(-1);
  return registeredArguments[place] ?? (last?.variadic === true ? last : undefined);
}
