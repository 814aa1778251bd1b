import { InvalidArgumentError } from 'commander';
import { expect, it } from 'vitest';
import { casesCommand } from '../cases.ts';
import { compareCommand } from '../compare.ts';
import { explainCommand } from '../explain.ts';
import { mockCommand } from '../mock.ts';
import { collected, positive, shard, whole } from './options.ts';
import { recordCommand } from '../record.ts';
import { reportCommand } from '../report.ts';
import { runCommand } from '../run.ts';
import { sdkCommand } from '../sdk.ts';
import { sweepCommand } from '../sweep.ts';

it.for([
  ['0', 0, 0],
  ['7', 1, 7],
  ['007', 1, 7],
  ['2147483647', 0, 2147483647],
] as const)('%s is a whole number of at least %i', ([text, least, want]) => {
  expect(whole(least)(text)).toBe(want);
});

it.for(['', ' ', 'x', '-1', '+1', '1.5', '1e3', '0x10', 'Infinity', 'NaN', '2147483648', '99999999999999999999'])(
  '%j is no whole number that a timer can take',
  (text) => {
    expect(() => whole(0)(text)).toThrow(InvalidArgumentError);
    expect(() => whole(0)(text)).toThrow('It must be a whole number from 0 to 2147483647.');
  },
);

it('a number below the least is refused', () => {
  expect(() => whole(1)('0')).toThrow('It must be a whole number from 1 to 2147483647.');
});

it.for([
  ['1', 1],
  ['0.5', 0.5],
  ['.5', 0.5],
  ['20', 20],
] as const)('%s is a rate', ([text, want]) => {
  expect(positive(text)).toBe(want);
});

it.for(['', '0', '0.0', '-1', 'x', '1e9', 'Infinity', '1.2.3', '.', '99999999999'])('%j is no rate', (text) => {
  expect(() => positive(text)).toThrow('It must be a number above 0.');
});

it.for([
  ['1/1', { index: 1, of: 1 }],
  ['3/12', { index: 3, of: 12 }],
] as const)('%s is a shard', ([text, want]) => {
  expect(shard(text)).toEqual(want);
});

it.for(['', '1', '1/', '/2', '0/2', '3/2', '1/0', '-1/2', '1/2/3', 'a/b', '1.5/2'])('%j is no shard', (text) => {
  expect(() => shard(text)).toThrow('It must be I/N with 1 ≤ I ≤ N, such as 1/3.');
});

it('an option that is given again adds to the first', () => {
  expect(collected('b', collected('a', []))).toEqual(['a', 'b']);
});

const commands = [
  runCommand(),
  casesCommand(),
  explainCommand(),
  recordCommand(),
  compareCommand(),
  reportCommand(),
  sdkCommand(),
  sweepCommand(),
  mockCommand(),
];

it.for(commands.map((command) => [command.name(), command] as const))(
  '%s explains itself in 80 columns',
  ([, command]) => {
    const help = command.helpInformation();
    expect(help.split('\n').filter((line) => line.length > 80)).toEqual([]);
    expect(command.description()).toMatch(/^\S/);
    for (const option of command.options) expect(option.description, option.flags).toMatch(/^\S/);
  },
);

it('no option takes a key', () => {
  const flags = commands.flatMap((command) => command.options.map((option) => option.flags));
  expect(flags.filter((each) => /key|secret|token|password/i.test(each))).toEqual([]);
});
