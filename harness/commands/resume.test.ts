import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { request as httpRequest } from 'node:http';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { CaseRecord, RunRecord } from '../model/record.ts';
import { cli, serve } from '../testing/cli.ts';
import { folderOf } from '../testing/documents/document-folder.ts';
import { libraryDocument, libraryKey, openLibrary } from '../testing/documents/library.ts';

const env = { PINECONE_API_KEY: libraryKey };
const spec = 'library.yaml';
const alone = ['--concurrency', '1', '--seed', '7', '--quiet'];

interface Gate {
  readonly origin: string;
  /** How many requests came. */
  readonly asked: () => number;
  /** From that request on, none is answered. */
  hangFrom: number;
}

/** A library server behind one that can stop to answer. */
async function gate(): Promise<Gate> {
  const { origin: library } = await openLibrary();
  let asked = 0;
  const state = { hangFrom: Infinity };
  const origin = await serve((incoming, outgoing) => {
    asked += 1;
    if (asked >= state.hangFrom) return;
    const { method, headers, url = '' } = incoming;
    const forwarded = httpRequest(new URL(url, library), { method, headers }, (answer) => {
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers);
      answer.pipe(outgoing);
    });
    incoming.pipe(forwarded);
  });
  return Object.assign(state, { origin, asked: () => asked });
}

function runsIn(folder: string): readonly RunRecord[] {
  return readdirSync(folder)
    .filter((name) => /^run(\..*)?\.json$/.test(name))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as RunRecord);
}

const idsOf = (runs: readonly RunRecord[]): readonly string[] =>
  runs.flatMap(({ cases }) => cases.map(({ id }) => id)).sort();

/** What stays the same of a case however often it runs. */
const verdictOf = ({ id, status, findings }: CaseRecord): unknown => [id, status, findings.map(({ check }) => check)];

test.for([['add_book'], ['--all']])(
  'run %s that was interrupted goes on: each case once, none of the done ones again',
  async (what) => {
    const cwd = folderOf({ [spec]: libraryDocument });
    const server = await gate();
    const args = ['run', ...what, '--spec', spec, '--target', server.origin, ...alone];
    const whole = await cli.run([...args, '--reports', 'whole'], { cwd, env });
    const all = server.asked();
    const expected = runsIn(join(cwd, 'whole'));

    server.hangFrom = all + Math.floor(all / 2);
    const running = cli.start([...args, '--reports', 'cut'], { cwd, env });
    await expect.poll(server.asked, { timeout: 60_000 }).toBe(server.hangFrom);
    running.child.kill('SIGINT');
    expect((await running.ended).exit).toBe(130);
    const cut = runsIn(join(cwd, 'cut'));
    expect(idsOf(cut).length).toBeGreaterThan(0);
    expect(idsOf(cut).length).toBeLessThan(idsOf(expected).length);

    server.hangFrom = Infinity;
    const before = server.asked();
    const resumed = await cli.run([...args, '--reports', 'resumed', '--resume', 'cut'], { cwd, env });
    expect(server.asked() - before).toBeLessThan(all);
    const runs = runsIn(join(cwd, 'resumed'));
    expect(idsOf(runs)).toEqual(idsOf(expected));
    expect(resumed.exit).toBe(whole.exit);
    expect(runs.map((run) => run.cases.map(verdictOf))).toEqual(expected.map((run) => run.cases.map(verdictOf)));
    const done = cut.flatMap(({ cases }) => cases).filter(({ status }) => status !== 'error');
    const now = new Map(runs.flatMap(({ cases }) => cases).map((one) => [one.id, one]));
    for (const one of done) expect(now.get(one.id)).toEqual(one);
  },
);

test('a case that ended in an error runs again', async () => {
  const cwd = folderOf({ [spec]: libraryDocument });
  const server = await gate();
  const args = ['run', 'get_book', '--spec', spec, '--target', server.origin, ...alone];
  await cli.run(args, { cwd, env });
  const file = join(cwd, 'reports', 'run.json');
  const run = JSON.parse(readFileSync(file, 'utf8')) as RunRecord;
  const [first, ...others] = run.cases;
  writeFileSync(
    file,
    JSON.stringify({ ...run, cases: [{ ...first, status: 'error', error: { code: 'E_X', message: 'x' } }, ...others] }),
  );
  const { exit } = await cli.run([...args, '--resume', file, '--reports', 'again'], { cwd, env });
  const [again] = runsIn(join(cwd, 'again'));
  expect([exit, again?.cases[0]?.status, again?.counts.error]).toEqual([0, 'pass', 0]);
});

test.for([
  [['get_book', '--spec', spec, '--strict'], 'severity of advice'],
  [['get_book', '--spec', spec, '--seed', '8'], 'seed'],
  [['get_book', '--spec', spec, '--case', '404'], 'selection of cases'],
  [['get_book', '--spec', spec, '--shard', '1/2'], 'shard'],
  [['get_book', '--spec', 'other.yaml'], 'document'],
  [['list_books', '--spec', spec], 'list_books is to be run'],
  [['get_book', '--spec', spec, '--only-failed', 'reports/run.json'], '--only-failed'],
  [['--all', '--tag', 'writing', '--spec', spec], 'not among the operations'],
] as const)('another run does not go on: %j', async ([args, says]) => {
  const cwd = folderOf({ [spec]: libraryDocument, 'other.yaml': libraryDocument.replace('Refused', 'No') });
  await cli.run(['run', 'get_book', '--spec', spec, '--seed', '7'], { cwd });
  const ended = await cli.run(['run', ...args, '--resume', 'reports/run.json', '--reports', 'again'], { cwd });
  expect(ended.exit).toBe(2);
  expect(ended.stderr).toContain(says);
  expect(ended.stderr).not.toContain('defect of pinecone-contract');
});

test('a run against another target does not go on', async () => {
  const cwd = folderOf({ [spec]: libraryDocument });
  const server = await gate();
  await cli.run(['run', 'get_book', '--spec', spec], { cwd });
  const args = [
    'run',
    'get_book',
    '--spec',
    spec,
    '--target',
    server.origin,
    '--resume',
    'reports/run.json',
    '--reports',
    'again',
  ];
  const ended = await cli.run(args, { cwd, env });
  expect(ended.exit).toBe(2);
  expect(ended.stderr).toContain(`another target: it was mock, and is live ${server.origin} now`);
  expect(server.asked()).toBe(0);
});
