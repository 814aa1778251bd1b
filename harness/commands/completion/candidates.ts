import type { Command, Option } from 'commander';
import type { Verbs } from '../options/verb.ts';
import { type CommandLine, readCommandLine } from './command-line.ts';
import { type Candidate, type Candidates, none } from './candidate.ts';
import { argumentValues } from './argument-values.ts';
import { optionValues } from './option-values.ts';

/** What may stand for the last of these words. A mistake in a file that is read for it gives nothing: it is shown where the command runs. */
export async function candidatesFor(words: readonly string[], verbs: Verbs): Promise<Candidates> {
  try {
    const line = await readCommandLine(words, verbs);
    return line === undefined ? none : await candidates(line, verbs);
  } catch {
    return none;
  }
}

async function candidates(line: CommandLine, verbs: Verbs): Promise<Candidates> {
  const { cursor, command, typed } = line;
  switch (cursor.kind) {
    case 'command':
      return offered(typed, { ...none, values: commandNames(verbs) });
    case 'option':
      return offered(typed, { ...none, values: command === undefined ? programOptions : optionNames(line, command) });
    case 'value': {
      const { values, files } = offered(typed, await optionValues(cursor.option, line));
      return { values: values.map((each) => ({ ...each, value: cursor.before + each.value })), files };
    }
    case 'argument': {
      const own = cursor.argument === undefined ? none : await argumentValues(cursor.argument, line);
      const below = line.args.length === 0 ? (command?.commands ?? []).map(named) : [];
      return offered(typed, { ...own, values: [...below, ...own.values] });
    }
    default:
      return cursor satisfies never;
  }
}

const programOptions: readonly Candidate[] = [
  { value: '--help', about: 'show the help' },
  { value: '--version', about: 'show the version' },
];

function commandNames(verbs: Verbs): readonly Candidate[] {
  const own = Object.entries(verbs).map(([value, { summary }]) => ({ value, about: summary }));
  return [...own, { value: 'help', about: 'show the help of a command' }];
}

function named(command: Command): Candidate {
  return { value: command.name(), about: command.description() };
}

/** Without those that are given already and count only once. */
function optionNames({ given }: CommandLine, command: Command): readonly Candidate[] {
  const left = command.options.filter((option) => !given.has(option.attributeName()) || isRepeatable(option));
  return [
    ...left.map(({ long, description }) => ({ value: long ?? '', about: description })),
    { value: '--help', about: 'show the help' },
  ];
}

function isRepeatable({ defaultValue }: Option): boolean {
  return Array.isArray(defaultValue as unknown);
}

/** What begins as typed, and is one plain word: nothing that a shell would take for more. */
function offered(typed: string, { values, files }: Candidates): Candidates {
  const fitting = values.filter(({ value }) => value.startsWith(typed) && /^[\p{L}\p{N}_./@:+=,{}-]+$/u.test(value));
  return { values: fitting.map(({ value, about }) => ({ value, about: oneLine(about) })), files };
}

const longest = 70;

function oneLine(text: string): string {
  const [line = ''] = text.replaceAll(/[\p{Cc}\s]+/gu, ' ').split(/[.;] /, 1);
  return line.length > longest ? `${line.slice(0, longest - 1)}…` : line;
}
