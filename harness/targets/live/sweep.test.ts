import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { HarnessError } from '../../core/errors.ts';
import { type Fault, openStaging, type Staging } from '../../testing/servers/staging.ts';
import { defaultLimits } from '../../wire/limits.ts';
import { openLiveClient } from './client.ts';
import { createLedger } from './ledger.ts';
import { type Swept, sweep } from './sweep.ts';

const run = 'abcd1234';
const index = `pcc-${run}-i1`;
const backup = `pcc-${run}-b1`;

function sweepUp(staging: Staging, options: { readonly target?: string; readonly cleaningMs?: number } = {}) {
  return sweep({
    folder: staging.ledgers,
    dry: false,
    target: staging.url,
    key: staging.mock.key,
    allowed: {},
    onWaiting: () => undefined,
    cleaningMs: 20_000,
    graceMs: 0,
    firstPauseMs: 1,
    ...options,
  });
}

/** A ledger of a run on another machine, with these lines. */
function handwritten(staging: Staging, lines: readonly object[], head: object = {}): string {
  const file = join(staging.ledgers, `${run}.jsonl`);
  const whole = { ledger: 1, run, target: staging.url, host: 'elsewhere', pid: 1, started: '2026-01-01T00:00:00Z' };
  writeFileSync(file, [{ ...whole, ...head }, ...lines].map((line) => `${JSON.stringify(line)}\n`).join(''));
  return file;
}

function addIndex({ mock }: Staging, name: string, dimension = 2): ReturnType<Staging['mock']['store']['addIndex']> {
  return mock.store.addIndex({
    name,
    cloud: 'aws',
    region: 'us-east-1',
    dimension,
    metric: 'cosine',
    vectorType: 'dense',
    protected: false,
  });
}

function leftOf(swept: readonly Swept[]): readonly string[] {
  return swept.flatMap((each) => (each.kind === 'swept' ? each.left : [each.kind]));
}

const at = Date.now() - 60_000;

test('deletes what the ledger has and the server confirms', async () => {
  const staging = await openStaging();
  const own = staging.mock.store.addBackup(addIndex(staging, index), { name: backup });
  const file = handwritten(staging, [
    { intend: 'index', name: index, at },
    { made: index, id: index },
    { intend: 'backup', name: backup, of: index, at },
    { made: backup, id: own.id },
  ]);
  expect(leftOf(await sweepUp(staging))).toEqual([]);
  expect(await staging.others()).toEqual([]);
  expect(await staging.hasNeighbour()).toBe(true);
  expect(existsSync(file)).toBe(false);
});

test.for<readonly [string, (staging: Staging) => readonly object[]]>([
  [
    'names a production index',
    () => [
      { intend: 'index', name: 'movies', at },
      { made: 'movies', id: 'movies' },
    ],
  ],
  [
    "gives a backup of the run a neighbour's id",
    ({ neighbour }) => [
      { intend: 'backup', name: backup, of: index, at },
      { made: backup, id: neighbour.backup },
    ],
  ],
  ["adopts a neighbour's backup", ({ neighbour }) => [{ adopted: neighbour.backup, name: backup, of: index, at }]],
  [
    'gives an id that is a path',
    () => [
      { intend: 'backup', name: backup, of: index, at },
      { made: backup, id: '../indexes/movies' },
    ],
  ],
  [
    'gives an index of the run another name as its id',
    () => [
      { intend: 'index', name: index, at },
      { made: index, id: 'movies' },
    ],
  ],
  ['says a restored index is movies', () => [{ intend: 'restored', name: 'movies', of: backup, at }]],
])('deletes nothing of others where the ledger %s', async ([, lines]) => {
  const staging = await openStaging();
  const file = handwritten(staging, lines(staging));
  const left = leftOf(await sweepUp(staging));
  expect(await staging.hasNeighbour()).toBe(true);
  expect(staging.seen.filter((line) => line.startsWith('DELETE') && !line.includes(index))).toEqual([]);
  expect(left.length).toBeGreaterThan(0);
  expect(existsSync(file)).toBe(true);
});

test('leaves a backup that was made long before the run, and an index of another size', async () => {
  const staging = await openStaging();
  const old = staging.mock.store.addBackup(addIndex(staging, index, 1536), { name: backup });
  handwritten(
    staging,
    [
      { intend: 'index', name: index, at },
      { made: index, id: index },
      { intend: 'backup', name: backup, of: index, at },
      { made: backup, id: old.id },
    ],
    { started: new Date(Date.now() + 2 * 60 * 60_000).toISOString() },
  );
  const left = leftOf(await sweepUp(staging));
  expect(left.join('\n')).toContain('was made before the run began');
  expect(left.join('\n')).toContain('1536 dimensions');
  expect(await staging.others()).toHaveLength(2);
});

test('sends nothing to the host of a ledger, only to the target that was named', async () => {
  const [trap, staging] = [await openStaging(), await openStaging()];
  handwritten(staging, [{ intend: 'index', name: index, at }], { target: trap.url });
  expect(await sweepUp(staging)).toEqual([{ kind: 'elsewhere', run, target: trap.url }]);
  const unnamed = { folder: staging.ledgers, key: 'pcsk_x', dry: false, allowed: {}, onWaiting: () => undefined };
  await expect(sweep(unnamed)).rejects.toThrow(expect.objectContaining({ code: 'E_SWEEP_TARGET' }));
  expect(trap.seen).toEqual([]);
});

test('a key in the path of the target is written masked, and the ledger is found again', async () => {
  const staging = await openStaging();
  const { key } = staging.mock;
  const url = { origin: staging.url, prefix: `/${key}`, loopback: true };
  const client = openLiveClient({ url, key, limits: defaultLimits });
  onTestFinished(() => client.close());
  expect(client.shownBase).toBe(`${staging.url}/<api-key>`);
  handwritten(staging, [], { target: client.shownBase });
  expect(leftOf(await sweepUp(staging, { target: client.base }))).toEqual([]);
  handwritten(staging, [], { target: `${staging.url}/other` });
  expect(leftOf(await sweepUp(staging, { target: client.base }))).toEqual(['elsewhere']);
});

test('goes on after ledgers that cannot be read, and names them', async () => {
  const staging = await openStaging();
  addIndex(staging, index);
  handwritten(staging, [{ intend: 'index', name: index, at }]);
  writeFileSync(join(staging.ledgers, 'aaaa.jsonl'), '');
  mkdirSync(join(staging.ledgers, 'bbbb.jsonl'));
  writeFileSync(join(staging.ledgers, 'zzzz.jsonl'), 'not \u001b[2J a ledger');
  const swept = await sweepUp(staging);
  expect(swept.map(({ kind }) => kind)).toEqual(['swept', 'unreadable', 'unreadable', 'unreadable']);
  expect(leftOf(swept.slice(0, 1))).toEqual([]);
  expect(await staging.others()).toEqual([]);
});

test('prints what a server says without the key and without what acts on a terminal', async () => {
  const key = 'pcsk_canary_of_the_targets_tests';
  const hostile: Fault = {
    before: (_, path) =>
      path.startsWith('/backups')
        ? {
            status: 400,
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ error: { message: `bad ${key} \u001b]0;x\u0007\n::set-output name=a::b` } }),
          }
        : undefined,
  };
  const staging = await openStaging({}, hostile);
  handwritten(staging, [{ intend: 'backup', name: backup, of: index, at }]);
  const text = leftOf(await sweepUp(staging, { cleaningMs: 500 })).join('\n');
  expect(text).toContain('bad ');
  expect(text).not.toContain(key);
  expect(text).not.toMatch(/[\u001b\u0007]/);
  expect(text).not.toMatch(/^::/m);
});

test('a list without end is given up', { timeout: 60_000 }, async () => {
  let page = 0;
  const endless: Fault = {
    before: (method, path) =>
      method === 'GET' && path.startsWith('/backups?')
        ? {
            status: 200,
            headers: { 'content-type': 'application/json' },
            body: JSON.stringify({ data: [], pagination: { next: `page-${(page += 1)}` } }),
          }
        : undefined,
  };
  const staging = await openStaging({}, endless);
  handwritten(staging, [{ intend: 'backup', name: backup, of: index, at }]);
  const left = leftOf(await sweepUp(staging, { cleaningMs: 60_000 }));
  expect(left.join('\n')).toContain('has no end');
  // Once for the backup itself; not again and again until the time is up.
  expect(page).toBeLessThanOrEqual(1000);
});

test('a run of this machine that goes on is left alone', async () => {
  const staging = await openStaging();
  const ledger = createLedger(staging.ledgers, { run, target: staging.url });
  ledger.intend('index', index);
  expect(leftOf(await sweepUp(staging)).join()).toContain('seems to be going on');
  ledger.close();
  expect(readdirSync(staging.ledgers)).toHaveLength(1);
  expect(staging.seen).toEqual([]);
});

test('an unknown run is an error that names the known ones', async () => {
  const staging = await openStaging();
  handwritten(staging, []);
  const asked = sweep({
    folder: staging.ledgers,
    run: 'nobody\u001b',
    dry: true,
    key: '',
    allowed: {},
    onWaiting: () => undefined,
  });
  await expect(asked).rejects.toThrow(HarnessError);
  await expect(asked).rejects.not.toThrow('\u001b');
});
