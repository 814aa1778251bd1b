import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openStaging, type Staging } from '../testing/servers/staging.ts';
import { compiledCli } from '../testing/compiled.ts';

/** How often a run is killed; `PINECONE_CONTRACT_KILLS=20` for the long version. */
const kills = Number(process.env['PINECONE_CONTRACT_KILLS'] ?? 5);
const canary = 'pcsk_canary_of_the_targets_tests';

interface Ended {
  readonly exit: number | null;
  readonly out: string;
  readonly err: string;
}

/** A command in a process of its own, in a folder of its own. */
function start(
  folder: string,
  args: readonly string[],
): { readonly ended: Promise<Ended>; readonly err: () => string; kill(signal?: NodeJS.Signals): void } {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [compiledCli, ...args], {
    cwd: folder,
    env: { PATH, PINECONE_API_KEY: canary },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let out = '';
  let err = '';
  child.stdout.on('data', (part: Buffer) => (out += part.toString()));
  child.stderr.on('data', (part: Buffer) => (err += part.toString()));
  return {
    ended: once(child, 'close').then(([exit]) => ({ exit: exit as number | null, out, err })),
    err: () => err,
    kill: (signal = 'SIGKILL') => void child.kill(signal),
  };
}

function runCases(folder: string, staging: Staging): ReturnType<typeof start> {
  const cases = ['202', '404', '412'].flatMap((status) => ['--case', `delete_backup/${status}/**`]);
  return start(folder, ['run', '--target', staging.url, '--states', 'pinecone', '--reports', 'reports', ...cases]);
}

function sweep(folder: string, { url }: Staging, ...args: readonly string[]): Promise<Ended> {
  return start(folder, ['sweep', '--target', url, '--grace', '400', ...args]).ended;
}

function folderOfItsOwn(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pcc-sweep-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Numbers from 0 to 1 that are the same in every run. */
function draws(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return state / 2147483648;
  };
}

test(
  `a run that is killed at ${kills} moments is swept up each time, and nothing else is`,
  { timeout: kills * 120_000 },
  async () => {
    const staging = await openStaging({ latencyMs: 15, asyncDeleteMs: 60, provisionMs: 150, flakyPercent: 5 });
    const folder = folderOfItsOwn();
    const first = await runCases(folder, staging).ended;
    expect(first.exit, first.out + first.err).toBe(0);
    const requests = staging.seen.length;
    const draw = draws(20260401);
    const left: number[] = [];
    for (let time = 0; time < kills; time += 1) {
      const before = staging.seen.length;
      const run = runCases(folder, staging);
      // At a request and not at a time, so that each kill falls into the same part of a run on any machine.
      await Promise.race([staging.served(before + Math.ceil(requests * (0.15 + 0.7 * draw()))), run.ended]);
      run.kill();
      await run.ended;
      left.push((await staging.others()).length);
      expect(ledgersIn(folder).length).toBeLessThanOrEqual(1);
      const swept = await sweep(folder, staging);
      expect(swept.exit, swept.out + swept.err).toBe(0);
      expect(await staging.others()).toEqual([]);
      expect(await staging.hasNeighbour()).toBe(true);
      expect(ledgersIn(folder)).toEqual([]);
    }
    // Had no kill left anything behind, nothing would have been shown.
    expect(Math.max(...left)).toBeGreaterThan(0);
    expect(filesWith(folder, canary)).toEqual([]);
  },
);

test('says what it would delete, deletes it, and then finds nothing', { timeout: 240_000 }, async () => {
  const staging = await openStaging({ provisionMs: 60_000 });
  const folder = folderOfItsOwn();
  const run = runCases(folder, staging);
  await expect.poll(() => staging.seen.includes('POST /indexes 201'), { timeout: 100_000 }).toBe(true);
  run.kill();
  await run.ended;
  const dry = await sweep(folder, staging, '--dry-run');
  expect(dry.exit).toBe(3);
  expect(dry.out).toMatch(
    /^Run (\w{8}) at http:\/\/127\.0\.0\.1:\d+ left 1 resource; nothing was deleted:\n {2}index pcc-\1-i1\n$/,
  );
  const withoutTarget = await start(folder, ['sweep']).ended;
  expect([withoutTarget.exit, withoutTarget.err]).toEqual([2, expect.stringContaining('no target was named')]);
  expect(await staging.others()).toHaveLength(1);
  const nobody = await sweep(folder, staging, '--run', 'nobody');
  expect([nobody.exit, nobody.err]).toEqual([2, expect.stringContaining('no ledger of a run nobody')]);
  const swept = await sweep(folder, staging);
  expect([swept.exit, swept.out]).toEqual([0, expect.stringMatching(/: 1 resource deleted, nothing is left\.\n$/)]);
  expect(await staging.others()).toEqual([]);
  expect(await staging.hasNeighbour()).toBe(true);
  expect((await sweep(folder, staging)).out).toMatch(/^Nothing to sweep/);
});

test('leaves a run alone that is going on, and lists what it could not delete', { timeout: 240_000 }, async () => {
  let locked = false;
  const staging = await openStaging(
    { provisionMs: 60_000 },
    { before: (method) => (locked && method === 'DELETE' ? { status: 403 } : undefined) },
  );
  const folder = folderOfItsOwn();
  const run = runCases(folder, staging);
  await expect.poll(() => staging.seen.includes('POST /indexes 201'), { timeout: 100_000 }).toBe(true);
  const early = await sweep(folder, staging);
  expect([early.exit, early.out]).toEqual([3, expect.stringContaining('seems to be going on')]);
  expect(await staging.others()).toHaveLength(1);
  run.kill();
  await run.ended;
  locked = true;
  const vain = await sweep(folder, staging, '--patience', '8000');
  expect([vain.exit, vain.out]).toEqual([3, expect.stringContaining('answers 403')]);
  locked = false;
  expect(await sweep(folder, staging)).toMatchObject({ exit: 0 });
  expect(await staging.others()).toEqual([]);
});

test.for(['SIGINT', 'SIGTERM'] as const)(
  'a run that gets %s cleans up by itself',
  { timeout: 240_000 },
  async (signal) => {
    const staging = await openStaging({ provisionMs: 60_000, asyncDeleteMs: 100 });
    const folder = folderOfItsOwn();
    const run = runCases(folder, staging);
    await expect.poll(() => staging.seen.includes('POST /indexes 201'), { timeout: 100_000 }).toBe(true);
    run.kill(signal);
    const ended = await run.ended;
    expect(ended.exit, ended.err).toBe(130);
    expect(await staging.others()).toEqual([]);
    expect(await staging.hasNeighbour()).toBe(true);
    expect(ledgersIn(folder)).toEqual([]);
  },
);

test(
  'a second signal stops a run whose cleaning up hangs, and leaves the ledger for sweep',
  { timeout: 60_000 },
  async () => {
    let hangs = false;
    const staging = await openStaging(
      { provisionMs: 60_000 },
      {
        before: (method) =>
          hangs && method === 'DELETE' ? { status: 503, headers: { 'retry-after': '20' } } : undefined,
      },
    );
    const folder = folderOfItsOwn();
    const run = runCases(folder, staging);
    await expect.poll(() => staging.seen.includes('POST /indexes 201'), { timeout: 15_000 }).toBe(true);
    hangs = true;
    run.kill('SIGINT');
    await expect.poll(() => run.err(), { timeout: 100_000 }).toContain('stopping: what was begun is cleaned up');
    run.kill('SIGINT');
    const ended = await run.ended;
    // No exit code: it was the signal that ended it, which a shell shows as 130.
    expect([ended.exit, ended.err]).toEqual([null, expect.stringContaining('stopped at once')]);
    expect(ledgersIn(folder)).toHaveLength(1);
    hangs = false;
    expect(await sweep(folder, staging)).toMatchObject({ exit: 0 });
    expect(await staging.others()).toEqual([]);
  },
);

function ledgersIn(folder: string): readonly string[] {
  return readdirSync(join(folder, '.pinecone-contract', 'ledger'));
}

function filesWith(folder: string, text: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => readFileSync(file).includes(text));
}
