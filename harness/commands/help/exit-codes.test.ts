import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { packageFile } from '../../core/package-files.ts';
import { cli } from '../../testing/cli.ts';
import { commandTree } from './command-tree.ts';
import { exitCodes, exitCodesOf } from './exit-codes.ts';

test('the README says the same of each exit code', () => {
  const readme = readFileSync(packageFile('README.md'), 'utf8');
  const section = readme.split('## ').find((each) => each.startsWith('Exit codes\n')) ?? '';
  const rows = [...section.matchAll(/^\| (\d+) +\| (.*?) +\|$/gm)];
  expect(Object.fromEntries(rows.map(([, code, means]) => [code, means]))).toEqual(exitCodes);
});

test.each([...(await commandTree())])('the help of %s: groups, examples, exit codes', async (name, command) => {
  const { exit, stdout } = await cli.run([...name.split(' '), '--help']);
  expect(exit).toBe(0);
  const headings = [...stdout.matchAll(/^([A-Z][^:]*:)$/gm)].map(([, heading]) => heading);
  const ofOptions = command.options.map(({ helpGroupHeading }) => helpGroupHeading);
  expect(ofOptions).not.toContain(undefined);
  expect(headings).toEqual(expect.arrayContaining([...new Set(ofOptions), 'Help:', 'Examples:', 'Exit codes:']));
  expect(headings).not.toContain('Options:');
  const [, codes = ''] = stdout.split('\nExit codes:\n');
  expect(
    codes
      .trimEnd()
      .split('\n')
      .map((line) => Number(line.slice(0, 5))),
  ).toEqual(Object.keys(exitCodesOf(name)).map(Number));
});
