import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from './core/package-files.ts';
import { installInto } from './testing/installed.ts';
import { contractOf } from './vitest.ts';

/** A suite of somebody else's, who has installed this package, run by a vitest of its own. */
const theirs = `
import { describe, expect, it } from 'vitest';
import { contractOf, describeContract } from 'pinecone-contract/vitest';
import { mockTarget } from 'pinecone-contract';
import { appKey } from '${packageRoot}/harness/testing/servers/backup-rules.ts';
import { expressApp } from '${packageRoot}/harness/testing/servers/express-app.ts';

const contract = await contractOf('delete_backup');
const { document } = contract.operation;
const only = (one) => one.id.includes('/404/') || one.id.includes('/412/');
const open = () => mockTarget({ document });

describeContract(contract, 'good', open, { only });
describeContract(contract, 'nothing', open, { only: () => false });
describeContract(contract, 'wrong', async () => {
  const target = await open();
  return { ...target, send: (request, how) => target.send({ ...request, path: '/backups/boom-1' }, how) };
}, { only });
describeContract(contract, 'broken', async () => {
  const target = await open();
  return { ...target, arrange: () => Promise.reject(new Error('no state today')) };
}, { only });
describeContract(contract, 'poor', async () => {
  const target = await open();
  return { ...target, can: (state) => state.includes('pending') ? { reason: 'nothing is pending' } : target.can(state) };
}, { only });
describeContract(contract, 'untidy', async () => {
  const target = await open();
  return { ...target, close: async () => [...(await target.close()), 'index a'] };
}, { only });

const states = '${packageRoot}/suites/delete_backup/states.yaml';
describeContract(contract, 'an app', { listener: expressApp('conflict'), key: appKey, states }, { only });

describeContract(contract, 'waived', async () => {
  const target = await open();
  return { ...target, send: (request, how) => target.send({ ...request, path: '/backups/boom-1' }, how) };
}, {
  only: (one) => one.id.includes('/404/'),
  reports: 'REPORTS',
  waivers: ['status', 'error-code', 'body-status', 'error-message', 'message-swapped'].map((check) => ({
    case: 'delete_backup/404/**', check, reason: 'the gateway answers', issue: 'https://x.example/1',
    since: '2026-01-01', expires: '2999-01-01', place: 'here',
  })),
});
let tries = 0;
describe('flaky', { retry: 2 }, () => {
  describeContract(contract, 'retried', async () => {
    const target = await open();
    return { ...target, send: (request, how) => target.send(tries++ === 0 ? { ...request, path: '/backups/boom-1' } : request, how) };
  }, { only: (one) => one.id.includes('/404/') });
});

it('honours', async () => {
  await expect({ status: 202 }).toHonour(contract, 202);
});
it('does not honour', async () => {
  await expect({ status: 202, body: 'x' }).toHonour(contract, 202);
});
it('must not honour', async () => {
  await expect({ status: 202 }).not.toHonour(contract, 202);
});
`;

interface Report {
  readonly testResults: readonly [
    {
      readonly message: string;
      readonly assertionResults: readonly {
        readonly fullName: string;
        readonly status: string;
        readonly failureMessages: readonly string[];
      }[];
    },
  ];
}

let folder: string;
let report: Report;
let printed: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'theirs-'));
  installInto(folder);
  symlinkSync(join(packageRoot, 'node_modules', 'vitest'), join(folder, 'node_modules', 'vitest'), 'dir');
  writeFileSync(join(folder, 'theirs.test.ts'), theirs.replace('REPORTS', join(folder, 'reports')));
  ({ report, printed } = runTheirs());
});

function runTheirs(...more: readonly string[]): { readonly report: Report; readonly printed: string } {
  const vitest = join(packageRoot, 'node_modules', 'vitest', 'vitest.mjs');
  const json = join(folder, 'report.json');
  const args = ['run', '--root', folder, '--reporter=default', '--reporter=json', `--outputFile=${json}`, ...more];
  const { stdout, stderr } = spawnSync(process.execPath, [vitest, ...args], { encoding: 'utf8' });
  return { report: JSON.parse(readFileSync(json, 'utf8')) as Report, printed: stdout + stderr };
}

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function resultOf(name: string): string {
  const found = report.testResults[0].assertionResults.find(({ fullName }) => fullName === name);
  return `${found?.status ?? 'absent'} ${(found?.failureMessages[0] ?? '').split('\n    at ')[0] ?? ''}`.trim();
}

const missing = '404/application-json/backup-not-found';
const pending = '412/application-json/pending-restore';

describe('describeContract', () => {
  it('is a test for each case, and one for them all', () => {
    const names = report.testResults[0].assertionResults
      .map(({ fullName }) => fullName)
      .filter((name) => name.startsWith('delete_backup on good'));
    expect(names).toEqual(
      [missing, pending, 'proves every declared response'].map((name) => `delete_backup on good ${name}`),
    );
    expect(names.map(resultOf)).toEqual(['passed', 'passed', 'passed']);
  });

  it('a run of nothing is red', () => {
    expect(resultOf('delete_backup on nothing proves every declared response')).toMatch(
      /no case of delete_backup is selected/,
    );
  });

  it('a violation fails with what was found', () => {
    expect(resultOf(`delete_backup on wrong ${missing}`)).toMatch(/^failed Error: .*the status is 500, not 404/);
    const all = resultOf('delete_backup on wrong proves every declared response');
    expect(all).toContain(`delete_backup/${missing}: fail`);
    expect(all).toContain(`delete_backup/${pending}: fail`);
  });

  it('a request listener is a target: what its app does wrong fails, and the rest passes', () => {
    expect(resultOf(`delete_backup on an app ${missing}`)).toBe('passed');
    expect(resultOf(`delete_backup on an app ${pending}`)).toMatch(/^failed Error: .*the status is 409, not 412/);
    expect(resultOf('delete_backup on an app proves every declared response')).toContain(
      `delete_backup/${pending}: fail`,
    );
  });

  it('a case that ends in an error fails, and says so', () => {
    expect(resultOf(`delete_backup on broken ${missing}`)).toBe(
      'failed Error: the result is unknown: no state today (E_UNEXPECTED)',
    );
    expect(resultOf('delete_backup on broken proves every declared response')).toContain(`${missing}: error`);
  });

  it('a skip is a skip, and its response stays unproved', () => {
    expect(resultOf(`delete_backup on poor ${pending}`)).toMatch(/^(skipped|pending)/);
    expect(resultOf(`delete_backup on poor ${missing}`)).toBe('passed');
    expect(resultOf('delete_backup on poor proves every declared response')).toContain(`${pending}: skip`);
  });

  it('what is left behind is red', () => {
    expect(resultOf('delete_backup on untidy proves every declared response')).toBe('passed');
    expect(printed).toMatch(/left behind:\n +index a/);
  });

  it('a waived failure is skipped with its reason, and the contract holds', () => {
    expect(resultOf(`delete_backup on waived ${missing}`)).toMatch(/^(skipped|pending)/);
    const all = resultOf('delete_backup on waived proves every declared response');
    expect(all).toMatch(/^(passed|failed Error: \d waivers? (is|are) invalid or out of date)/);
    expect(readFileSync(join(folder, 'reports', 'run.json'), 'utf8')).toContain('"the gateway answers');
  });

  it('a test that is tried again counts by its last verdict', () => {
    expect(resultOf(`flaky delete_backup on retried ${missing}`)).toMatch(/^passed/);
    expect(resultOf('flaky delete_backup on retried proves every declared response')).toBe('passed');
  });

  it('tells the same in any order', () => {
    const before = report.testResults[0].assertionResults.map(({ fullName, status }) => `${fullName}: ${status}`);
    const shuffled = ['7', '19'].map((seed) => runTheirs('--sequence.shuffle.tests', `--sequence.seed=${seed}`).report);
    for (const { testResults } of shuffled) {
      const after = testResults[0].assertionResults.map(({ fullName, status }) => `${fullName}: ${status}`);
      expect(after.sort()).toEqual(before.toSorted());
    }
  });

  // That of a target whose first answer is wrong is retried, and so are the cases that did not hold.
  it.for(['delete_backup on good', 'flaky delete_backup on retried'])(
    'one test alone runs what it needs: %s',
    (name) => {
      const all = `${name} proves every declared response`;
      const { report: alone } = runTheirs('-t', all);
      const ran = alone.testResults[0].assertionResults.filter(({ status }) => status === 'passed');
      expect(ran.map(({ fullName }) => fullName)).toEqual([all]);
    },
  );
});

describe('toHonour', () => {
  it.for([
    ['honours', /^passed$/],
    ['does not honour', /^failed Error: the response is not as delete_backup answers 202:\n\n.*no-content/s],
    ['must not honour', /^failed Error: the response is as delete_backup answers 202/],
  ] as const)('%s', ([name, want]) => {
    expect(resultOf(name)).toMatch(want);
  });
});

it('the contract of another operation is asked for by name', async () => {
  await expect(contractOf('delete_backups')).rejects.toThrow(/no operation delete_backups/);
  expect((await contractOf()).operation.id).toBe('delete_backup');
});
