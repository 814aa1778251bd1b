import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { packageRoot } from '../core/package-files.ts';
import { compiledCli } from '../testing/compiled.ts';

const compiled = join(compiledCli, '..');
const cases = `
  const good = { status: 202 };
  const bad = { status: 202, body: 'x' };
`;

/** A project of somebody else's with one test file, and what its runner says. */
async function runIn(
  files: Readonly<Record<string, string>>,
  args: readonly string[],
): Promise<{ readonly exit: number | null; readonly output: string }> {
  const cwd = mkdtempSync(join(tmpdir(), 'runner-'));
  onTestFinished(() => rmSync(cwd, { recursive: true, force: true }));
  symlinkSync(join(packageRoot, 'node_modules'), join(cwd, 'node_modules'), 'dir');
  writeFileSync(join(cwd, 'package.json'), '{ "type": "module" }');
  for (const [name, text] of Object.entries(files)) writeFileSync(join(cwd, name), text);
  const env = { PATH: process.env['PATH'] ?? '', HOME: cwd, CI: '1' };
  const child = spawn(process.execPath, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let output = '';
  child.stdout.on('data', (text: Buffer) => (output += text.toString()));
  child.stderr.on('data', (text: Buffer) => (output += text.toString()));
  const exit = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { exit, output };
}

const forJest = `
import { contractOf } from '${compiled}/jest.js';
const contract = await contractOf('delete_backup');
${cases}
test('good', async () => { await expect(good).toMatchContract(contract, 202); });
test('not bad', async () => { await expect(bad).not.toMatchContract(contract, 202); });
`;

it('jest: a response that conforms, and one that does not', async () => {
  const jest = [
    '--experimental-vm-modules',
    '--no-warnings',
    join(packageRoot, 'node_modules', 'jest', 'bin', 'jest.js'),
  ];
  const files = { 'jest.config.json': '{ "transform": {}, "testEnvironment": "node" }', 'a.test.js': forJest };
  const held = await runIn(files, [...jest, '--config', 'jest.config.json', '--watchman=false']);
  expect(held.exit, held.output).toBe(0);
  const wrong = forJest.replace('.not.toMatchContract', '.toMatchContract');
  const broken = await runIn({ ...files, 'a.test.js': wrong }, [
    ...jest,
    '--config',
    'jest.config.json',
    '--watchman=false',
  ]);
  expect(broken.exit, broken.output).toBe(1);
  expect(broken.output).toContain('the response is not as delete_backup answers 202');
  expect(broken.output).toMatch(/1 failed, 1 passed/);
});

const forNode = `
import { rejects } from 'node:assert/strict';
import * as runner from 'node:test';
import { contractOf, toMatchContract } from '${compiled}/node-test.js';
const contract = await contractOf('delete_backup');
${cases}
runner.test('good', () => toMatchContract(good, contract, 202));
runner.test('not bad', () => rejects(toMatchContract(bad, contract, 202), { name: 'AssertionError' }));
runner.test('registered', { skip: runner.assert === undefined && 'this Node has no assert.register' }, (t) =>
  t.assert.toMatchContract(good, contract, 202));
`;

it('node:test: a response that conforms, and one that does not', async () => {
  const held = await runIn({ 'a.test.js': forNode }, ['--test', 'a.test.js']);
  expect(held.exit, held.output).toBe(0);
  const wrong = forNode.replace('toMatchContract(good,', 'toMatchContract(bad,');
  const broken = await runIn({ 'a.test.js': wrong }, ['--test', 'a.test.js']);
  expect(broken.exit, broken.output).toBe(1);
  expect(broken.output).toContain('the response is not as delete_backup answers 202');
});
