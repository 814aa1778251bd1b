import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { matchesGlob } from '../../../harness/cases/select.ts';
import { loadContract } from '../../../harness/contract.ts';
import type { Operation } from '../../../harness/model/document.ts';
import type { CaseRecord, RunRecord } from '../../../harness/model/record.ts';
import { sdkCases } from '../../../harness/sdk/cases/cases.ts';
import { driverFaults } from '../../../harness/sdk/driver/driver-fault.ts';
import { gateRelease } from '../../../harness/sdk/gate-release.ts';
import type { Release, SdkManifest } from '../../../harness/sdk/releases/manifest.ts';
import { openNetwork } from '../../../harness/sdk/server/network.ts';
import type { Network } from '../../../harness/sdk/server/network.ts';
import type { Reply } from '../../../harness/sdk/server/script.ts';
import { sdkRules } from '../../../harness/sdk/rules/rules.ts';
import { liars } from './liars.ts';

const proxies = ['HTTP_PROXY', 'HTTPS_PROXY', 'ALL_PROXY', 'NO_PROXY'];
const once = { min: 1, max: 1 };
const twice = { min: 2, max: 2 };
const release: Release = {
  version: '1.0.0',
  api: '2025-04',
  sends: {
    'server-error': twice,
    unavailable: twice,
    throttled: twice,
    reset: once,
    'cut-short': once,
    malformed: once,
    silent: once,
    'request-timeout': once,
    'retry-at-once': twice,
  },
};
const manifest: SdkManifest = {
  name: 'stand-in',
  title: 'a driver without an SDK',
  language: 'none',
  folder: import.meta.dirname,
  file: 'liars.test.ts',
  toolchain: [],
  prepare: [],
  run: [],
  environment: {},
  ownErrors: ['StandInError'],
  releases: [release],
};

let operation: Operation;
let network: Network;
beforeAll(async () => {
  ({ operation } = await loadContract('delete_backup', {}));
  network = await openNetwork({ isolate: false });
});
afterAll(() => network.close());

const modes = ['single', 'serving'] as const;
type Mode = (typeof modes)[number];

describe.each(modes)('the honest driver, %s', (mode) => {
  test('passes every case', async () => {
    const run = await put('honest', ['**'], { graceMs: 5000, mode });
    expect(run.cases.filter(({ status }) => status !== 'pass').map(complaint)).toEqual([]);
    expect(run.cases.length).toBeGreaterThan(70);
    expect(run.coverage.map(({ response, status }) => `${response} ${status}`)).toEqual([
      '202 proved',
      '401 proved',
      '404 proved',
      '412 proved',
      '500 proved',
    ]);
    expect(run.outcome).toEqual({ exit: 0, because: 'the contract held', problems: [] });
  }, 60_000);
});

describe.concurrent.each(modes)('each lie is caught by the rule that claims it, %s', (mode) => {
  test.each(
    liars.filter(
      ({ only = mode, linux, isolated }) =>
        only === mode && isolated !== true && (linux !== true || process.platform === 'linux'),
    ),
  )('$name → $caughtBy', async ({ name, caughtBy, cases, hangs, retryAfter }) => {
    const impatient = caughtBy === 'E_DRIVER_HANG' || hangs === true;
    const run = await put(name, cases, {
      mode,
      ...(retryAfter === undefined ? {} : { retryAfter }),
      ...(impatient ? { graceMs: 200, deadlineMs: 300 } : { graceMs: 5000 }),
    });
    for (const record of run.cases) expect(caught(record)).toContain(caughtBy);
    expect([1, 3]).toContain(run.outcome.exit);
  });
});

describe.each(modes)('what a network namespace shows, %s', (mode) => {
  test.for(liars.filter(({ isolated }) => isolated))(
    '$name → $caughtBy',
    async ({ name, caughtBy, cases }, { skip }) => {
      const isolated = await openNetwork();
      onTestFinished(() => isolated.close());
      if (isolated.kind === 'open') return skip(isolated.means);
      const run = await put(name, cases, { mode, graceMs: 5000, network: isolated });
      expect(run.cases.length).toBeGreaterThan(0);
      for (const record of run.cases) expect(caught(record)).toContain(caughtBy);
      expect(JSON.stringify(run)).toMatch(/a connection to 192\.0\.2\.1:443|a lookup of telemetry\.example/);
    },
  );
});

test('a driver that dies in a case costs only that case, and one that ends after each case costs none', async () => {
  const died = await put('dies-in-202', ['sdk/delete_backup/{202,401,404,412}/**'], { graceMs: 5000, concurrency: 1 });
  expect(died.cases.map(({ status }) => status)).toEqual(['error', ...died.cases.slice(1).map(() => 'pass')]);
  expect(died.cases.length).toBeGreaterThan(3);
  const ended = await put('ends-after-each-case', ['sdk/delete_backup/{202,401,404,412}/**'], { graceMs: 5000 });
  expect(ended.cases.filter(({ status }) => status !== 'pass').map(complaint)).toEqual([]);
});

test('a driver that does not know what a case needs is not given it: a skip with the reason, never green', async () => {
  const run = await put('knows-no-option', ['sdk/delete_backup/client/{base-url-*,reuse-*,cancel,two-clients}'], {
    graceMs: 5000,
  });
  expect(new Set(run.cases.map(({ status }) => status))).toEqual(new Set(['skip']));
  expect(run.cases[0]?.reason).toBe('the driver does not know the option base_url_forms of the protocol');
  expect(run.outcome.exit).toBe(4);
  const ids = await put('knows-no-option', ['sdk/delete_backup/id/{number,null}'], { graceMs: 5000 });
  expect(ids.cases.map(({ reason }) => reason)).toEqual([
    'the driver does not know the option input_null of the protocol',
    'the driver cannot do input_json: an id is a text in this language',
  ]);
});

test('a release of which sdk.yaml does not say how often it sends is not put through the case', async () => {
  const others = Object.fromEntries(
    Object.entries(release.sends).filter(([situation]) => situation !== 'request-timeout'),
  ) as unknown as Release['sends'];
  const run = await put('honest', ['sdk/delete_backup/retry/408-*'], { graceMs: 5000, sends: others });
  expect(new Set(run.cases.map(({ status }) => status))).toEqual(new Set(['skip']));
  expect(run.cases[0]?.reason).toContain('write it as sends.request-timeout');
});

test('a driver is given the environment that it needs, and nothing of ours', async () => {
  const run = await put('tells-its-environment', ['sdk/delete_backup/202/no-content'], { graceMs: 5000 });
  const names = JSON.stringify(run.cases.map(({ driver }) => driver?.output));
  expect(names).toContain('HTTPS_PROXY');
  const known = [
    'HOME',
    'TMPDIR',
    'PATH',
    'PINECONE_CONTRACT_DRIVER',
    ...proxies,
    ...proxies.map((name) => name.toLowerCase()),
  ];
  const output = run.cases[0]?.driver?.output;
  const given = (output as { returned?: { json?: readonly string[] } } | undefined)?.returned?.json ?? [];
  expect(given.filter((name) => !known.includes(name))).toEqual([]);
});

test('every rule and every fault is claimed by a lie', () => {
  const claimed = new Set(liars.map(({ caughtBy }) => caughtBy));
  const all = [...sdkRules.map(({ name }) => name), ...Object.keys(driverFaults)];
  // A program that does not exist cannot be a lie of this file: it has a test of its own below.
  expect(all.filter((name) => !claimed.has(name))).toEqual(['E_DRIVER_START']);
});

test('every lie that is told has a rule that claims it', () => {
  const told = spawnSync(process.execPath, [join(import.meta.dirname, 'lies.mjs'), '--names'], { encoding: 'utf8' });
  expect(told.stdout.trim().split('\n').sort()).toEqual(
    [
      'ends-after-each-case',
      'honest',
      'knows-no-option',
      'reads-the-environment-of-others',
      'tells-its-environment',
      ...liars.map(({ name }) => name),
    ].sort(),
  );
});

test('a driver that does not exist is E_DRIVER_START in every case', async () => {
  const run = await put('honest', ['sdk/delete_backup/202/**'], { graceMs: 1000, command: ['/no/such/program'] });
  expect(run.cases.map(caught)).toEqual([['E_DRIVER_START']]);
  expect(run.outcome.exit).toBe(3);
});

test.each(['leaks-key-in-error', 'leaks-key-beside-its-line', 'leaks-key-in-base64', 'leaks-key-as-bytes'])(
  'the key is in no record, not even in that of %s',
  async (name) => {
    const globs = liars.find((liar) => liar.name === name)?.cases ?? [];
    const text = JSON.stringify(await put(name, globs, { graceMs: 5000 }));
    expect(text).toContain(name === 'leaks-key-in-base64' ? 'sdk/key-not-shown' : '<api-key>');
    expect(text).not.toMatch(/pckey-canary-[0-9a-f]{24}/);
    expect(text).not.toContain(Buffer.from('=pckey-canary-').toString('base64').slice(1, 16));
    expect(text).not.toContain([...Buffer.from('canary')].join());
  },
);

test('a driver that misbehaved is named beside what its requests showed', async () => {
  const run = await put('prints-twice-and-sends-twice', ['sdk/delete_backup/202/no-content'], { graceMs: 5000 });
  expect(run.cases.map(caught)).toEqual([['sdk/sends', 'E_DRIVER_LINES']]);
  expect(run.outcome.exit).toBe(1);
});

test('an SDK is not blamed for requests that a driver never came to send', async () => {
  const run = await put('hangs', ['sdk/delete_backup/202/no-content'], { graceMs: 200, deadlineMs: 300 });
  expect(run.cases.map(caught)).toEqual([['E_DRIVER_HANG']]);
});

function put(
  lie: string,
  globs: readonly string[],
  options: {
    readonly graceMs: number;
    readonly deadlineMs?: number;
    readonly command?: readonly string[];
    readonly mode?: Mode;
    readonly concurrency?: number;
    readonly sends?: Release['sends'];
    readonly retryAfter?: number;
    readonly network?: Network;
  },
): Promise<RunRecord> {
  const { graceMs, deadlineMs, command, mode, concurrency = 4, sends = release.sends, retryAfter } = options;
  const cases = sdkCases(operation, sends)
    .filter(({ id }) => globs.some((glob) => matchesGlob(id, glob)))
    // Five seconds are enough where no OkHttp waits for ten.
    .map((one) => ({ ...one, deadlineMs: deadlineMs ?? Math.min(one.deadlineMs, 5000) }))
    .map((one) => (retryAfter === undefined ? one : { ...one, replies: askingToWait(one.replies, retryAfter) }));
  const single = mode === 'single' ? ['--single'] : [];
  return gateRelease({
    manifest,
    release,
    version: '1.0.0',
    known: cases.map(({ id }) => id),
    command: command ?? [process.execPath, join(import.meta.dirname, 'lies.mjs'), lie, ...single],
    environment: { PATH: process.env['PATH'] ?? '' },
    operation,
    cases,
    waivers: [],
    network: options.network ?? network,
    concurrency,
    graceMs,
    started: new Date(0),
  });
}

function askingToWait(replies: readonly Reply[], seconds: number): readonly Reply[] {
  return replies.map((reply) => {
    if (reply.kind !== 'answer') return reply;
    const headers = reply.headers.map(
      ([name, value]) => [name, name === 'Retry-After' ? `${seconds}` : value] as const,
    );
    return { ...reply, headers };
  });
}

function caught(record: CaseRecord): readonly string[] {
  const rules = [...record.findings, ...record.advice].map(({ check }) => check);
  return record.error === undefined ? rules : [...rules, record.error.code];
}

function complaint(record: CaseRecord): string {
  return `${record.id}: ${record.error?.message ?? record.findings.map(({ check, actual }) => `${check} ${actual}`).join('; ')}`;
}
