import { describe, expect, it } from 'vitest';
import { loadContract } from './contract.ts';
import { packageFile } from './core/package-files.ts';
import type { RunRecord } from './model/record.ts';
import { appKey, type AppFault } from './testing/servers/backup-rules.ts';
import { expressApp } from './testing/servers/express-app.ts';
import { honoListener } from './testing/servers/hono-app.ts';
import type { Listener } from './targets/live/listener.ts';
import { verifyContract } from './verify.ts';
import { describeContract } from './vitest.ts';

const contract = await loadContract('delete_backup', {});
const states = packageFile('suites', 'delete_backup', 'states.yaml');
const apps: readonly (readonly [name: string, app: (fault?: AppFault) => Listener])[] = [
  ['Express', expressApp],
  ['Hono', honoListener],
];

function verified(listener: Listener): Promise<RunRecord> {
  return verifyContract({ contract, target: { listener, key: appKey, states } });
}

describe.each(apps)('an app of %s as the target', (name, app) => {
  // The tests of a user: one for each case that is selected, and one for the whole.
  const target = { listener: app(), key: appKey, states };
  describeContract(contract, `the app of ${name}`, target, { only: ({ kind }) => kind === 'declared' });

  it('holds in all cases of verifyContract', async () => {
    const { outcome, cases } = await verified(app());
    expect(cases.flatMap(({ id, status, findings }) => (status === 'pass' ? [] : [{ id, status, findings }]))).toEqual(
      [],
    );
    expect(outcome.exit).toBe(0);
  });

  it('with one fault has one cause', async () => {
    const { outcome, causes = [], coverage } = await verified(app('conflict'));
    expect(outcome.exit).toBe(1);
    expect(coverage.filter(({ status }) => status === 'violated').map(({ response }) => response)).toEqual(['412']);
    expect(causes.map(({ message }) => message)).toEqual(['the status is 409, not 412']);
  });
});
