import { beforeAll, describe, expect, it } from 'vitest';
import { type Contract, loadContract } from './contract.ts';
import type { Target } from './model/target.ts';
import type { Waiver } from './results/waivers/waiver.ts';
import { mockTarget } from './targets/mock.ts';
import { collectVerdicts, verifyContract } from './verify.ts';

let contract: Contract;
beforeAll(async () => {
  contract = await loadContract('delete_backup', {});
});

const openMock = (): Promise<Target> => mockTarget({ document: contract.operation.document });
const casesOf = (status: string): Contract['cases'] =>
  contract.cases.filter(({ id }) => id.startsWith(`delete_backup/${status}/`));

/** Answers as if a server fault were asked for, whatever is. */
async function openWrong(): Promise<Target> {
  const target = await openMock();
  return { ...target, send: (request, how) => target.send({ ...request, path: '/backups/boom-1' }, how) };
}

const waiver: Waiver = {
  case: 'delete_backup/404/**',
  check: 'status',
  reason: 'the gateway answers',
  issue: 'https://x.example/1',
  since: '2026-01-01',
  expires: '2999-01-01',
  place: 'waivers.yaml:1',
};

describe('verifyContract', () => {
  it('gives the record of a run, and closes the target', async () => {
    const target = await openMock();
    let closed = 0;
    const counted = { ...target, close: () => ((closed += 1), target.close()) };
    const record = await verifyContract({ contract, target: counted, cases: casesOf('404') });
    expect(record.outcome).toMatchObject({
      exit: 0,
      because: `the contract held in 1 of ${contract.cases.length} cases`,
    });
    expect(record.selection).toEqual({ selected: 1, of: contract.cases.length });
    expect(record.coverage.map(({ response, status }) => [response, status])).toEqual([['404', 'proved']]);
    expect(closed).toBe(1);
  });

  it('finds a violation', async () => {
    const record = await verifyContract({ contract, target: openWrong, cases: casesOf('404') });
    expect(record.outcome).toMatchObject({ exit: 1, because: '1 case violated the contract' });
  });

  it('starts no further case after as many failures as --fail-fast allows; known ones do not count', async () => {
    const cases = contract.cases.filter(({ id }) => id.includes('/probe/identity/'));
    const options = { contract, target: openWrong, cases, concurrency: 1 };
    const { counts, outcome } = await verifyContract({ ...options, failFast: 2 });
    expect(counts.fail).toBeGreaterThanOrEqual(2);
    expect(counts.cases).toBeLessThan(cases.length);
    expect(outcome.because).toContain(`; ${cases.length - counts.cases} cases did not run`);
    const known = { ...waiver, case: 'delete_backup/probe/identity/**' };
    const waived = await verifyContract({ ...options, failFast: 2, waivers: [known] });
    expect(waived.counts.cases).toBe(cases.length);
    // A waiver that does not cover the failure waives it here no more than in the record.
    for (const other of [
      { ...known, check: 'cors' },
      { ...known, expires: '2020-01-01' },
    ]) {
      const stopped = await verifyContract({ ...options, failFast: 2, waivers: [other] });
      expect(stopped.counts.cases).toBeLessThan(cases.length);
    }
  });

  it('applies waivers, and tells of those that are out of date', async () => {
    const record = await verifyContract({ contract, target: openMock, cases: casesOf('404'), waivers: [waiver] });
    expect(record.outcome).toMatchObject({ exit: 1, because: '1 waiver is invalid or out of date' });
    expect(record.outcome.problems).toEqual([expect.stringMatching(/^waivers\.yaml:1: .* is no longer needed/)]);
  });

  it('settles a key that is refused everywhere as an error', async () => {
    const refused = async (): Promise<Target> => ({ ...(await openMock()), key: 'pcsk_of_nobody' });
    const record = await verifyContract({ contract, target: refused, cases: [...casesOf('202'), ...casesOf('404')] });
    expect(record.outcome.exit).toBe(3);
    expect(record.cases.map(({ error }) => error?.code)).toEqual(['E_KEY_REFUSED', 'E_KEY_REFUSED']);
  });
});

describe('the deadline of a run', () => {
  const hanging = async (signal: AbortSignal): Promise<Target> => {
    const target = await openMock();
    return {
      ...target,
      arrange: (state, options) => {
        if (!state.includes('can be deleted')) return target.arrange(state, options);
        return new Promise((_, reject) => signal.addEventListener('abort', () => reject(new Error('ended'))));
      },
    };
  };

  it('ends what waits, and nothing that it kept from running is green', async () => {
    const cases = [...casesOf('202'), ...casesOf('404')];
    const record = await verifyContract({ contract, target: hanging, cases, deadlineMs: 1500 });
    const codes = record.cases.map(({ id, status, error }) => [id.split('/')[1], status, error?.code]);
    expect(codes).toContainEqual(['404', 'pass', undefined]);
    expect(codes.find(([status]) => status === '202')?.[1]).toBe('error');
    expect(record.outcome.exit).toBe(3);
  });

  it('names each case that did not start', async () => {
    const { verdicts } = await collectVerdicts({
      contract,
      target: hanging,
      cases: [...casesOf('202'), ...casesOf('404'), ...casesOf('401')],
      concurrency: 1,
      deadlineMs: 300,
    });
    const late = verdicts.flatMap((verdict) => (verdict.status === 'error' ? [verdict.error] : []));
    expect(late).toContainEqual(
      expect.objectContaining({ code: 'E_DEADLINE', message: expect.stringContaining('0.3 s') as string }),
    );
    expect(verdicts).toHaveLength(3);
  });
});

it('an interrupted run says so, and cleans up', async () => {
  const interrupt = new AbortController();
  const target = await openMock();
  const record = await verifyContract({
    contract,
    target,
    cases: casesOf('404'),
    signal: interrupt.signal,
    onVerdict: () => interrupt.abort(),
  });
  expect(record.outcome.exit).toBe(130);
});

describe('an observer that worked and stops working for a while', () => {
  /** After a deletion, so many requests that look at other backups are answered 404, once the observer has shown one. */
  async function openForgetful(count: number): Promise<Target> {
    const target = await openMock();
    let hidden = 0;
    return {
      ...target,
      send: async (request, how) => {
        const looks = request.method === 'GET' && !request.path.includes('?');
        if (looks && hidden > 0) {
          hidden -= 1;
          return target.send({ ...request, path: '/backups/nobody' }, how);
        }
        const exchange = await target.send(request, how);
        if (request.method === 'DELETE' && exchange.response?.status === 202) hidden = count;
        return exchange;
      },
    };
  }

  it.for([2, 4])('%i times is a finding, and not only a reason to skip', async (count) => {
    const cases = contract.cases.filter(({ id }) => id.startsWith('delete_backup/probe/effect/'));
    const record = await verifyContract({ contract, target: () => openForgetful(count), cases, concurrency: 1 });
    expect(record.outcome.exit).toBe(1);
    expect(record.cases.flatMap(({ findings }) => findings.map(({ check }) => check))).toContain('effect-untouched');
  });
});

it('without a second key the declared 403 is exempt, its probes are skipped, and the rest is proved', async () => {
  const newest = await loadContract('delete_backup', { api: '2026-07' });
  const { forbiddenKey, ...target } = await mockTarget({ document: newest.operation.document });
  expect(forbiddenKey).toMatch(/^pcsk_/);
  const cases = newest.cases.filter(({ id, kind }) => kind === 'declared' || id.includes('/auth/forbidden-'));
  const { coverage, outcome, cases: records } = await verifyContract({ contract: newest, target, cases });
  expect(Object.fromEntries(coverage.map(({ response, status }) => [response, status]))).toEqual({
    ...{ '202': 'proved', '401': 'proved', '403': 'exempt', '404': 'proved', '500': 'proved' },
  });
  expect(coverage.find(({ response }) => response === '403')?.how).toContain('PINECONE_API_KEY_FORBIDDEN is not set');
  expect(records.filter(({ id }) => id.includes('/auth/forbidden-')).map(({ status }) => status)).toEqual(
    Array.from({ length: 6 }, () => 'skip'),
  );
  expect(outcome.exit).toBe(0);
});
