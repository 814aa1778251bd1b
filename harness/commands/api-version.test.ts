import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { packageFile } from '../core/package-files.ts';
import type { RunRecord } from '../model/record.ts';
import { cli } from '../testing/cli.ts';

const declared = {
  '2025-04': ['202', '401', '404', '412', '500'],
  '2025-10': ['202', '401', '404', '412', '500'],
  '2026-01.alpha': ['202', '401', '404', '412', '500'],
  '2026-04': ['202', '401', '404', '412', '500'],
  '2026-07': ['202', '401', '403', '404', '500'],
};

test.for(['mock', 'fixtures'])(
  'run --api all on the %s proves each declared response of each version',
  async (target) => {
    const cwd = mkdtempSync(join(tmpdir(), 'versions-'));
    onTestFinished(() => rmSync(cwd, { recursive: true }));
    const { exit, stdout } = await cli.run(['run', '--api', 'all', '--target', target], { cwd });
    expect(exit).toBe(0);
    expect(stdout).toContain(`${target}, 2025-04`);
    expect(stdout).toContain(`${target}, 2026-07: exit 0, the contract held`);
    const proved = Object.keys(declared).map((version) => {
      const file = join(cwd, 'reports', `run.${target}-${version}.json`);
      const record = JSON.parse(readFileSync(file, 'utf8')) as RunRecord;
      const responses = record.coverage.filter(({ status }) => status === 'proved').map(({ response }) => response);
      return [record.document.version, responses];
    });
    expect(Object.fromEntries(proved)).toEqual(declared);
  },
);

test('--api and --spec exclude each other', async () => {
  const { exit, stderr } = await cli.run(['cases', '--api', '2026-04', '--spec', 'api.yaml']);
  expect(exit).toBe(2);
  expect(stderr).toMatch(/'--api <version>' cannot be used with option '--spec <file\|url>'/);
});

test('a run without --api names the other versions; one with --api, --spec or --quiet does not', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'versions-'));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  const line =
    'other API versions: 2025-10, 2026-01.alpha, 2026-04, 2026-07\n  --api VERSION runs one of them, --api all runs each\n';
  const plain = await cli.run(['run', '--case', '**/202/**'], { cwd });
  expect(plain.stdout.endsWith(line)).toBe(true);
  for (const option of [
    ['--api', '2025-04'],
    ['--quiet'],
    ['--spec', resolve(packageFile('specs', 'db_control_2025-04.oas.yaml'))],
  ]) {
    const { exit, stdout, stderr } = await cli.run(['run', '--case', '**/202/**', ...option], { cwd });
    expect([exit, stderr, stdout.includes('other API versions')]).toEqual([plain.exit, '', false]);
  }
});

test('a version that lacks the operation is not judged, which the summary and the exit code say', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'versions-'));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  const { exit, stdout } = await cli.run(['run', 'describe_backup', '--api', 'all'], { cwd });
  expect(stdout.replace(/\s+/g, ' ')).toContain('API 2025-04: exit 4, not judged:');
  expect(stdout).toMatch(/2025-10: exit 0/);
  expect(exit).toBe(4);
});

test('a version that the suite is not for, or that has none of the selected cases, is named and counts for nothing', async () => {
  const cwd = mkdtempSync(join(tmpdir(), 'versions-'));
  onTestFinished(() => rmSync(cwd, { recursive: true }));
  const suite = `suite: describe_backup
version: 1.0.0
operation: describe_backup
api: '>=2025-10 <2026-07'
recipes:
  '401': { state: no such backup, credential: none }
  '404': { state: no such backup }
  '200': { state: a backup, exempt: { on: [mock], reason: it has no such state } }
  '500': { state: a fault, exempt: { on: [mock], reason: it has no such state } }
`;
  mkdirSync(join(cwd, 'suite'));
  writeFileSync(join(cwd, 'suite', 'suite.yaml'), suite);
  const limited = await cli.run(['run', '--suite', 'suite', '--api', 'all'], { cwd });
  expect(limited.stdout.replace(/\s+/g, ' ')).toContain(
    'API 2025-04: not judged: suite/suite.yaml is for the API versions >=2025-10 <2026-07, and 2025-04 is none of them',
  );
  expect([limited.exit, limited.stderr]).toEqual([0, '']);
  const one = await cli.run(['run', '--suite', 'suite', '--api', '2025-04'], { cwd });
  expect(one.exit).toBe(2);
  expect(one.stderr).toContain('is for the API versions');
  const selected = await cli.run(['run', '--api', 'all', '--case', '403'], { cwd });
  expect(selected.stdout.replace(/\s+/g, ' ')).toContain('API 2026-04: not judged: no case matches');
  expect(selected.exit).toBe(0);
});
