import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { RunRecord } from '../model/record.ts';
import { cli, emptyFolder } from '../testing/cli.ts';
import { compiledCli } from '../testing/compiled.ts';

const env = { PINECONE_API_KEY: 'pcsk_unreachable_Key-0123456789' };

test('a server that is down is found out after a few cases: one error, and the rest is not tried', async () => {
  const cwd = emptyFolder();
  // Port 9 is for discarding, and nothing listens there.
  const { exit, stdout, stderr } = await cli.run(['run', '--target', 'http://127.0.0.1:9'], { cwd, env });
  expect([exit, stderr]).toEqual([3, '']);
  const { cases, counts } = JSON.parse(readFileSync(join(cwd, 'reports', 'run.json'), 'utf8')) as RunRecord;
  expect(counts).toMatchObject({ pass: 0, fail: 0 });
  expect(counts.error).toBeLessThan(16);
  const errors = cases.flatMap(({ error }) => (error === undefined ? [] : [error]));
  expect([...new Set(errors.map(({ code, message }) => `${code}: ${message}`))]).toEqual([
    'E_TARGET_UNREACHABLE: nothing listens at http://127.0.0.1:9 (ECONNREFUSED)',
  ]);
  const reasons = cases.filter(({ status }) => status === 'skip').map(({ reason = '' }) => reason);
  expect(reasons).toContain('not tried: the server could not be reached in the first 8 cases');
  expect(stdout.split('\n').length).toBeLessThan(80);
});

test.for([24, 32, 48, 64, 80, 96])('%i files at most: this machine is named, and never the server', async (limit) => {
  const cwd = emptyFolder();
  const command = `ulimit -n ${limit} && exec '${process.execPath}' '${compiledCli}' run --reports reports`;
  const child = spawn('bash', ['-c', command], { cwd, env: { PATH: process.env['PATH'] ?? '', HOME: cwd } });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (output += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (output += text));
  const [exit] = (await once(child, 'close')) as [number | null, string | null];
  expect(output).not.toMatch(/defect|node:internal|\n {4}at /);
  if (exit === 0) return;
  expect([exit, output]).toEqual([3, expect.stringMatching(/files|EMFILE|ulimit -n/)]);
  expect(output).not.toMatch(/[1-9]\d* failed|violated the contract/);
});
