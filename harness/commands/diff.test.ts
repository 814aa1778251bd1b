import { expect, test } from 'vitest';
import { cli } from '../testing/cli.ts';

test.for([
  [['2026-04', '2026-07'], 0],
  [['2026-04', '2026-07', '--fail-on', 'breaking'], 1],
  [['2026-04', '2026-04', '--fail-on', 'any'], 0],
  [['2026-04', '2024-01'], 2],
  [['2026-04', '2026-07', '--operation', 'delete_backups'], 2],
] as const)('diff %j exits %i', async ([args, exit]) => {
  const ended = await cli.run(['diff', ...args]);
  expect([ended.exit, ended.stderr === '']).toEqual([exit, exit !== 2]);
});

test('diff --json is JSON, with rule, reason and both lines', async () => {
  const { stdout } = await cli.run(['diff', '2025-04', '2025-10', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({
    before: { version: '2025-04' },
    after: { version: '2025-10' },
    operations: [
      { operation: 'delete_backup', changes: [{ rule: 'version-header-added', after: { text: '- in: header' } }] },
    ],
  });
});
