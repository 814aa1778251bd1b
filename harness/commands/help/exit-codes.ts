import type { ExitCode } from '../../model/record.ts';

/** What the exit code of a command means, where the command says nothing else; the README has the same table. */
export const exitCodes: Readonly<Record<ExitCode, string>> = {
  0: 'the contract held',
  1: 'it was violated; or a waiver is stale',
  2: 'usage or configuration; nothing was selected',
  3: 'the target or the harness could not do its part; something was left behind',
  4: 'nothing violated, but a selected response stayed unproved',
  130: 'interrupted, and cleaned up',
};

/** Of a command that judges nothing. */
const plain = {
  0: 'done',
  2: 'usage or configuration; a file that cannot be read or written',
  3: 'the harness could not do its part',
} as const;

type Exits = Readonly<Partial<Record<ExitCode, string>>>;

const comparison: Exits = { ...plain, 0: 'nothing differs', 1: 'something differs' };

const byCommand: Readonly<Record<string, Exits>> = {
  run: exitCodes,
  record: exitCodes,
  report: exitCodes,
  sdk: { ...exitCodes, 4: 'no release could be judged' },
  'sdk prepare': { ...plain, 0: 'the releases are ready', 3: 'a release could not be installed' },
  compare: comparison,
  'specs check': comparison,
  diff: { ...plain, 1: 'there are changes that --fail-on names' },
  lint: { ...plain, 0: 'no error was found', 1: 'an error was found; with --strict, or a warning' },
  sweep: { ...plain, 0: 'nothing is left', 3: 'something is left' },
  doctor: { ...plain, 0: 'nothing is wrong', 3: 'something is wrong' },
  mock: { ...plain, 0: 'stopped by SIGTERM', 130: 'stopped by Ctrl-C' },
};

/** The exit codes of a command such as `sdk prepare`; of the program itself, where the name is empty. */
export function exitCodesOf(command: string): Exits {
  return command === '' ? exitCodes : (byCommand[command] ?? plain);
}
