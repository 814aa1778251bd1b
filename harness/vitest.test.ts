import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from './core/package-files.ts';
import { contractOf } from './vitest.ts';

/** A suite of somebody else's, run by a vitest of its own: what it reports of targets good and bad. */
const theirs = `
import { describe, expect, it } from 'vitest';
import { contractOf, describeContract } from '${packageRoot}/harness/vitest.ts';
import { mockTarget } from '${packageRoot}/harness/index.ts';

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
describe('retried', { retry: 1 }, () => {
  let sent = 0;
  describeContract(contract, 'hesitant', async () => {
    const target = await open();
    const wrong = (request) => ((sent += 1) === 1 ? { ...request, path: '/backups/boom-1' } : request);
    return { ...target, send: (request, how) => target.send(wrong(request), how) };
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

const vitest = join(packageRoot, 'node_modules', 'vitest', 'vitest.mjs');
let folder: string;
let report: Report;
let printed: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'theirs-'));
  symlinkSync(join(packageRoot, 'node_modules'), join(folder, 'node_modules'), 'dir');
  writeFileSync(join(folder, 'theirs.test.ts'), theirs);
  const json = join(folder, 'report.json');
  const args = ['run', '--root', folder, '--reporter=default', '--reporter=json', `--outputFile=${json}`];
  const { status, stdout, stderr } = spawnSync(process.execPath, [vitest, ...args], { encoding: 'utf8' });
  expect(status, stderr).toBe(1);
  printed = stdout + stderr;
  report = JSON.parse(readFileSync(json, 'utf8')) as Report;
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function fateOf(name: string): string {
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
    expect(names.map(fateOf)).toEqual(['passed', 'passed', 'passed']);
  });

  it('a run of nothing is red', () => {
    expect(fateOf('delete_backup on nothing proves every declared response')).toMatch(
      /no case of delete_backup is selected/,
    );
  });

  it('a violation fails with what was found', () => {
    expect(fateOf(`delete_backup on wrong ${missing}`)).toMatch(/^failed Error: .*the status is 500, not 404/);
    const all = fateOf('delete_backup on wrong proves every declared response');
    expect(all).toContain(`delete_backup/${missing}: fail`);
    expect(all).toContain(`delete_backup/${pending}: fail`);
  });

  it('what could not be told fails, and says so', () => {
    expect(fateOf(`delete_backup on broken ${missing}`)).toBe(
      'failed Error: could not tell: no state today (E_UNEXPECTED)',
    );
    expect(fateOf('delete_backup on broken proves every declared response')).toContain(`${missing}: error`);
  });

  it('a skip is a skip, and its response stays unproved', () => {
    expect(fateOf(`delete_backup on poor ${pending}`)).toMatch(/^(skipped|pending)/);
    expect(fateOf(`delete_backup on poor ${missing}`)).toBe('passed');
    expect(fateOf('delete_backup on poor proves every declared response')).toContain(`${pending}: skip`);
  });

  it('does not need its other tests to say that every response was proved', () => {
    const args = ['run', '--root', folder, '--testNamePattern', '(good|wrong) proves', '--reporter=tap-flat'];
    const { stdout } = spawnSync(process.execPath, [vitest, ...args], { encoding: 'utf8' });
    expect(stdout).toMatch(/^ok \d+ .*good > proves every declared response/m);
    expect(stdout).toMatch(/^not ok \d+ .*wrong > proves every declared response/m);
    expect(stdout).not.toContain('not run');
  });

  it('counts a case that was retried by its last verdict', () => {
    expect(fateOf(`retried delete_backup on hesitant ${missing}`)).toMatch(/^passed/);
    expect(fateOf('retried delete_backup on hesitant proves every declared response')).toBe('passed');
  });

  it('what is left behind is red', () => {
    expect(fateOf('delete_backup on untidy proves every declared response')).toBe('passed');
    expect(printed).toMatch(/left behind:\n +index a/);
  });
});

describe('toHonour', () => {
  it.for([
    ['honours', /^passed$/],
    ['does not honour', /^failed Error: the response is not as delete_backup answers 202:\n\n.*no-content/s],
    ['must not honour', /^failed Error: the response is as delete_backup answers 202/],
  ] as const)('%s', ([name, want]) => {
    expect(fateOf(name)).toMatch(want);
  });
});

it('the contract of another operation is asked for by name', async () => {
  await expect(contractOf('delete_backups')).rejects.toThrow(/no operation delete_backups/);
  expect((await contractOf()).operation.id).toBe('delete_backup');
});
