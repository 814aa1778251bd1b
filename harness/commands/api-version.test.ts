import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
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
