import { expect, test } from 'vitest';
import { cli } from '../testing/cli.ts';

test.for(['2025-10', '2026-01.alpha', '2026-04'])('run --api %s is green on the mock', async (api) => {
  const { exit, stdout, stderr } = await cli.run(['run', '--api', api, '--quiet']);
  expect([exit, stderr]).toEqual([0, '']);
  expect(stdout).toMatch(/(\d+) cases, \1 passed, 0 failed/);
});

test('--api and --spec exclude each other', async () => {
  const { exit, stderr } = await cli.run(['cases', '--api', '2026-04', '--spec', 'api.yaml']);
  expect(exit).toBe(2);
  expect(stderr).toMatch(/'--api <version>' cannot be used with option '--spec <file\|url>'/);
});
