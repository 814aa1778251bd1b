import { beforeAll, describe, expect, it } from 'vitest';
import { loadContract } from '../contract.ts';
import { HarnessError } from '../core/errors.ts';
import type { Operation } from '../model/document.ts';
import { finding } from '../testing/sample-run.ts';
import { sdkCases } from './cases/cases.ts';
import type { SdkCase } from './cases/sdk-case.ts';
import { promiseOf, recordOf, unrunRecord } from './records.ts';
import type { CaseEnd } from './run-case.ts';
import type { ReceivedRequest, Reply } from './server/script.ts';

const key = 'pcsk_Records-0123456789';
const sent = { headers: [['Api-Key', key]], body: '', atMs: 1, connection: 1, delivered: true } as const;
const once = { min: 1, max: 1 };
const driver = { command: ['node', 'driver.mjs'] } as unknown as Parameters<typeof recordOf>[0]['driver'];

let operation: Operation;
let cases: readonly SdkCase[];
beforeAll(async () => {
  ({ operation } = await loadContract('delete_backup', {}));
  cases = sdkCases(operation, {
    ...{ 'server-error': once, unavailable: once, throttled: once, reset: once },
    ...{ 'cut-short': once, malformed: once, silent: once },
  });
});

function caseOf(id: string): SdkCase {
  const found = cases.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no case ${id}`);
  return found;
}

function endOf(requests: readonly ReceivedRequest[], over: Partial<CaseEnd> = {}): CaseEnd {
  return {
    request: { key },
    origin: 'http://127.0.0.1:1',
    requests,
    beside: [],
    elsewhere: [],
    outside: [],
    process: { stdout: `{"key":"${key}"}`, stderr: `used ${key}`, exit: 0, ms: 12 },
    result: { ok: true },
    ...over,
  } as unknown as CaseEnd;
}

/** The request as it came; it got the first reply of the script, unless another is said. */
function requestTo(target: string, over: Partial<ReceivedRequest> = { reply: 0 }): ReceivedRequest {
  return { method: 'DELETE', target, ...sent, ...over };
}

describe('the record of a case that ran', () => {
  const recorded = (end: CaseEnd, over: Partial<Parameters<typeof recordOf>[0]> = {}) =>
    recordOf({ one: caseOf('sdk/delete_backup/202/no-content'), end, driver, key, findings: [], advice: [], ...over });

  it('has what the SDK sent and what it was answered, each step by its name', () => {
    const record = recorded(
      endOf([requestTo('/backups/a')], { beside: [requestTo('/backups/b')], elsewhere: [requestTo('/c')] }),
    );
    expect(record).toMatchObject({ kind: 'sdk', status: 'pass', ms: 12, driver: { command: driver.command, exit: 0 } });
    expect(record.exchanges.map(({ step, request }) => [step, request.url])).toEqual([
      ['send 1', 'http://127.0.0.1:1/backups/a'],
      ['second client 1', 'http://127.0.0.1:1/backups/b'],
      ['elsewhere 1', 'http://other.origin/c'],
    ]);
    expect(record.exchanges[0]?.response).toMatchObject({ status: 202, body: { text: '' }, bodyBytes: 0 });
  });

  it('fails by its findings, and ends in an error where the driver gave none and nothing is wrong', () => {
    const fault = new HarnessError('E_DRIVER', 'it said nothing', { kind: 'target' });
    expect(recorded(endOf([], { result: fault }))).toMatchObject({ status: 'error', error: { code: 'E_DRIVER' } });
    expect(recorded(endOf([], { result: fault }), { findings: [finding()] }).status).toBe('fail');
  });

  it('holds the key nowhere', () => {
    const text = JSON.stringify(recorded(endOf([requestTo(`/backups/${key}`)])));
    expect(text).not.toContain(key);
    expect(text).toContain('<api-key>');
  });

  it.each([
    ['what matches nothing of the script', {}, 418],
    ['bytes that are no HTTP', { unreadable: 'no request line' }, 400],
  ] as const)('says what %s got', (_, over, status) => {
    expect(recorded(endOf([requestTo('/', over)])).exchanges[0]?.response?.status).toBe(status);
  });

  it.each([
    [{ kind: 'raw', bytes: 'x' }, 'malformed'],
    [{ kind: 'reset' }, 'reset'],
    [{ kind: 'silence' }, 'no-answer'],
  ] as const)('a reply %j is a fault', (reply, kind) => {
    const one: SdkCase = {
      ...caseOf('sdk/delete_backup/202/no-content'),
      replies: [{ ...reply, means: { kind: 'fault' } }],
    };
    const [exchange] = recorded(endOf([requestTo('/')]), { one }).exchanges;
    expect(exchange).toMatchObject({ fault: { kind } });
    expect(exchange).not.toHaveProperty('response');
  });
});

it('a case that was not run is a skip or an error, without exchanges', () => {
  const one = caseOf('sdk/delete_backup/202/no-content');
  expect(unrunRecord(one, { reason: 'no toolchain', byDesign: true })).toMatchObject({
    ...{ status: 'skip', reason: 'no toolchain', byDesign: true, exchanges: [], ms: 0 },
  });
  expect(unrunRecord(one, { error: { code: 'E_X', message: 'x' } })).toMatchObject({
    ...{ status: 'error', error: { code: 'E_X' }, exchanges: [] },
  });
});

it('the promise of a case is its replies in words', () => {
  const one = caseOf('sdk/delete_backup/202/no-content');
  const reply = (status: number): Reply => ({
    ...{ kind: 'answer', status, headers: [], body: '', means: { kind: 'success' } },
  });
  const promise = (...replies: readonly Reply[]): string => promiseOf({ ...one, replies });
  expect(promise()).toBe('nothing is to be sent');
  expect(promise(reply(202))).toBe('202');
  expect(promise(reply(500), reply(500), reply(500))).toBe('500 ×3');
  expect(promise(reply(500), reply(202))).toBe('500, then 202');
});
